"""The grammar by cases: small documents of our own with every statement that an analyst would write down."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.document import read
from transforms.records import RawPage

CASES = json.loads((Path(__file__).parents[1] / "cases" / "statements.json").read_text(encoding="utf-8"))
SLOTS = ("ref_area", "time_period", "indicator", "scope", "transformation", "value", "unit", "status", "qualifier")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_statements_of_a_document(case):
    reading = read(RawPage("case.txt", case["text"].encode()))
    got = [[getattr(o, s) for s in SLOTS] for o in reading.observations]
    expected = [[Decimal(v) if s == "value" else v for s, v in zip(SLOTS, row, strict=True)] for row in case["expected"]]
    assert got == expected


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_every_quote_stands_where_it_is_said_to(case):
    reading = read(RawPage("case.txt", case["text"].encode()))
    for o in reading.observations:
        assert reading.text[o.start : o.end] == o.quote
        assert reading.decoded.text[o.raw_start : o.raw_end] == o.raw_quote


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_no_digit_vanishes(case):
    """Each numeral is inside an observation's quote or in the list of numbers that are none."""
    reading = read(RawPage("case.txt", case["text"].encode()))
    covered = [(o.start, o.end) for o in reading.observations] + [(u.start, u.end) for u in reading.unread]
    for i, c in enumerate(reading.text):
        if c.isdigit():
            assert any(s <= i < e for s, e in covered), reading.text[max(0, i - 10) : i + 10]


_PIECES = st.sampled_from(
    [
        "全市",
        "我省",
        "专利",
        "授权",
        "量",
        "发明",
        "商标",
        "2020年",
        "到2025年",
        "12件",
        "3.5亿元",
        "同比",
        "增长",
        "下降",
        "5%",
        "第3位",
        "，",
        "。",
        "、",
        "和",
        "分别",
        "其中",
        "占",
        "（",
        "）",
        "\n",
        "湖南",
        "长沙市",
        "万",
        "《",
        "》",
        "“",
        "截至",
        "底",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_jumble_is_read_without_an_error(text):
    reading = read(RawPage("jumble.txt", text.encode()))
    for o in reading.observations:
        assert reading.text[o.start : o.end] == o.quote
