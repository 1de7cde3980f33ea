"""Numerals and numbers, there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.numerals import parse, parse_pair, write

CASES = {
    "三万四": 34000, "3万4000": 34000, "一万五千亿": 1_500_000_000_000, "两万三": 23000, "一百二": 120, "三百零五": 305,
    "十万零五百": 100500, "二〇二〇": 2020, "9千亿": 900_000_000_000, "1.2万亿": 1_200_000_000_000, "2亿3000万": 230_000_000,
    "三点五万": 35000, "十": 10, "万": 10000, "1,100万": 11_000_000, "12，345": 12345, "3 326": 3326, "俩": 2, "1千2百": 1200,
}  # fmt: skip


@pytest.mark.parametrize(("text", "number"), CASES.items())
def test_parse(text: str, number: int) -> None:
    assert parse(text) == number


@pytest.mark.parametrize("text", ["", "十五五", "十三五", "五十三百", "亿万", "三角", "1 2三", "点五", "几", "九" * 200])
def test_no_number(text: str) -> None:
    assert parse(text) is None


def test_decimals_are_exact() -> None:
    assert parse("四十三点九六") == Decimal("43.96")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("三四十", (30, 40)),
        ("两三", (2, 3)),
        ("十五六", (15, 16)),
        ("三五百", (300, 500)),
        ("五六万", (50000, 60000)),
        ("三七", None),
        ("一二三", None),
    ],
)
def test_pairs_of_neighbours(text: str, ends: tuple[int, int] | None) -> None:
    assert parse_pair(text) == ends


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_what_is_written_is_read(number: int) -> None:
    assert parse(write(number)) == number


@given(st.text(alphabet="零〇一二三四五六七八九十百千万亿两点0123456789,. ", max_size=60))
def test_any_numerals_are_survived(text: str) -> None:
    value = parse(text)
    assert value is None or value >= 0
