"""The stress list: short phrases with every numeral's typed value, and what a reading makes of them.

A case holds all numerals of its phrase in order: words, class and, where something is counted, value, upper end, unit and
qualifier. Cases of periods tell what the first mention of time means on a page of 3 September 2025 whose text speaks of 2024.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transforms.clauses import STATED
from transforms.document import read
from transforms.numbers import find_quantities
from transforms.periods import find_periods, resolve
from transforms.records import RawPage
from transforms.repair import fold_width
from transforms.traced import Traced

CASES = json.loads((Path(__file__).parents[1] / "cases" / "stress.json").read_text(encoding="utf-8"))
PERIODS = [c for c in CASES if any(e["class"] == "period" for e in c["expect"])]
NUMBERS = [c for c in CASES if c not in PERIODS]
ANCHOR, YEAR = date(2025, 9, 3), 2024


def told(text):
    rows = []
    for q in find_quantities(text):
        row = {"words": q.words, "class": q.klass}
        if q.klass in STATED:
            row["value"] = str(q.value)
            if q.high is not None:
                row["high"] = str(q.high)
            row |= {"unit": q.unit, "qualifier": q.qualifier}
        rows.append(row)
    return rows


@pytest.mark.parametrize("case", NUMBERS, ids=lambda c: c["text"])
def test_every_numeral_is_typed(case):
    whole = Traced.whole(case["text"])
    assert told(whole.edit(fold_width(whole.text)).text) == case["expect"]


@pytest.mark.parametrize("case", PERIODS, ids=lambda c: c["text"])
def test_every_period_is_dated(case):
    (wanted,) = case["expect"]
    mention = find_periods(case["text"])[0]
    if "period" in wanted:
        assert resolve(mention, ANCHOR, YEAR) == wanted["period"]
    if "role" in wanted:
        assert mention.role == wanted["role"]


def test_the_list_is_long_and_says_nothing_twice():
    texts = [c["text"] for c in CASES]
    assert len(texts) == len(set(texts)) >= 300


@pytest.mark.parametrize("case", NUMBERS, ids=lambda c: c["text"])
def test_a_reading_makes_no_value_of_a_trap(case):
    """In the middle of a report each phrase gives values of its own counted numerals only, and no digit gets lost."""
    text = f"2024年，福建省专利授权量为321件。\n{case['text']}，发明专利授权量同步提升。"
    reading = read(RawPage("case.txt", text.encode()))
    counted = {Decimal(e[k]) for e in case["expect"] for k in ("value", "high") if k in e}
    allowed = {Decimal(321)} | counted | {-v for v in counted} | {v * 100 for v in counted}
    assert {o.value for o in reading.observations} <= allowed
    assert any(o.value == 321 and o.indicator == "patent_grants" for o in reading.observations)
    covered = [(o.start, o.end) for o in reading.observations] + [(u.start, u.end) for u in reading.unread]
    lost = [c for i, c in enumerate(reading.text) if c.isdecimal() and not any(s <= i < e for s, e in covered)]
    assert lost == []


@pytest.mark.parametrize(
    "trap",
    [
        "泛珠三角区域合作", "沿海城市", "第十一届", "“十二五”", "电话0591-87095403", "闽B2-20100029", "证号:1310572", "“9+2”合作", "每万人", "进一步统一",
        "12345热线", "国发〔2021〕20号", "第二十五次会议", "五水共治", "“1234”体系", "2024世界制造业大会", "ZL201510123456.7", "ISO9001",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "place", ["{}专利申请量", "专利授权量{}", "专利申请{}", "{}，专利授权量", "商标注册{}居全国前列", "有效发明专利拥有量（{}）"]
)
def test_a_trap_beside_a_measure_is_no_value(trap, place):
    """No trap becomes an observation, wherever the name of a measure stands."""
    reading = read(RawPage("case.txt", f"福建省2024年工作总结\n2024年，福建省{place.format(trap)}稳步提升。".encode()))
    assert reading.observations == ()
