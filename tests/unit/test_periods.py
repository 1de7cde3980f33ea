"""Periods by cases: what a mention means on a page of 3 September 2025 in a text that speaks of 2024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.periods import find_periods, resolve

MEANINGS = [
    ("2020年", "2020"),
    ("二〇二〇年", "2020"),
    ("今年", "2025"),
    ("去年", "2024"),
    ("上半年", "2024-S1"),
    ("今年上半年", "2025-S1"),
    ("2024年第一季度", "2024-Q1"),
    ("前三季度", "2024-01/2024-09"),
    ("今年1至6月", "2025-S1"),
    ("前5个月", "2024-01/2024-05"),
    ("3月份", "2024-03"),
    ("截至2022年底", "2022"),
    ("截至今年6月底", "2025-06"),
    ("截至2023年12月31日", "2023"),
    ("到2025年", "2025"),
    ("目前", "2025-09"),
    ("“十三五”期间", "2016/2020"),
    ("“十四五”末", "2025"),
    ("2016—2019年", "2016/2019"),
    ("2017年到2021年", "2017/2021"),
    ("近五年", "2020/2024"),
    ("近年来", None),
]


@pytest.mark.parametrize(("text", "period"), MEANINGS, ids=[m[0] for m in MEANINGS])
def test_meaning(text, period):
    (m,) = find_periods(text + "，全市专利")
    assert resolve(m, date(2025, 9, 3), 2024) == period


ROLES = [
    ("比2015年增长", "base"), ("较上年末增加", "base"), ("是2015年的3.4倍", "base"), ("由2015年的4家", "from"), ("截至2022年底", "as_of"),
    ("《2022年任务分解表》", "title"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[r[0] for r in ROLES])
def test_role(text, role):
    assert find_periods(text)[0].role == role


def test_without_a_date_relative_words_mean_nothing():
    assert [resolve(m, None, None) for m in find_periods("今年上半年，目前，去年")] == [None, None, None]


def test_ten_and_five_are_no_plan():
    assert find_periods("培育十五家企业") == []


@given(st.text(alphabet="年月日季度上下半前近截至到底末今去明本“”十一二三四五0123456789-—至 ", max_size=50))
def test_any_text_gives_ordered_spans_and_no_error(text):
    at = 0
    for m in find_periods(text):
        assert at <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        resolve(m, date(2020, 1, 1), 2019)
        at = m.end
