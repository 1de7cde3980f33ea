"""Numbers that no one wrote for a reader: overflowing, endless, nested, of mixed scripts. No crash, and time in proportion."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.document import read
from transforms.numbers import find_quantities
from transforms.periods import find_periods, resolve
from transforms.records import RawPage
from warehouse.periods import period
from warehouse.tables import PRECISION, SCALE

PIECES = [
    "2024年", "1—6月", "“十四五”", "截至", "第", "前", "每", "同比", "增长", "下降", "专利授权量", "商标注册量", "福建省", "全市", "其中", "分别为", "百分之", "分之", "翻", "番", "成",
    "倍", "一", "二", "十", "百", "千", "万", "亿", "点", "余", "多", "以上", "约", "件", "家", "亿元", "%", "个百分点", "位", "名", "(", "（", ")", "）", "“", "”", "《", "》",
    "〔2022〕5号", "0591-", "12345", "9", "99999999999999999", "0.1", ",", "，", "。", "、", "；", "-", "—", "～", "至", "到", "/", ":", "\n", "\t", " ", "９９", "٣", "१२", "Ⅳ", "㈠",
    "②", "½", "١٢件", "abc", "PCT", "é", "한국", "😀", "\u200b", "著",
]  # fmt: skip
HOSTILE = {
    "digits": "9", "digits and a unit": "99件", "thousands": "999,", "Chinese digits": "九", "scales": "万亿", "parts": "一分之", "half a part": "9分之",
    "ordinals": "第", "tops": "前9", "opening brackets": "（", "nested brackets": "（9(", "quotes": "“9", "titles": "《2020", "dashes": "9-", "ranges": "9—8件",
    "decimals": "9.", "plus": "1+", "slashes": "1/", "colons": "9:", "years": "2020年", "year ranges": "2020—", "months": "9月", "per": "每9", "qualifiers": "超过",
    "spaced": "9 999 ", "labels": "证", "letters": "A1", "code joints": "A-", "at signs": "9@", "links": "http://", "points": "点", "durations": "三年", "measures": "专利授权量9件",
    "changes": "专利授权量9件，同比增长9%，", "enumerations": "专利、商标、", "places": "福建省福州市", "plans": "“十四五”", "relative": "今年上", "spaces": " ", "dots": "·9",
    "other digits": "٣", "circled": "①",
}  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_is_survived(text):
    at = 0
    for q in find_quantities(text):
        assert at <= q.start <= q.number_start <= q.number_end <= q.end <= len(text)
        assert q.words == text[q.start : q.end]
        assert "\n" not in q.words
        assert q.value.is_finite()
        assert q.value.adjusted() < PRECISION - SCALE
        at = q.end
    for m in find_periods(text):
        for year in (None, 2019):
            code = resolve(m, date(2020, 3, 31), year)
            assert code is None or period(code).start_on <= period(code).end_on


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_is_a_page(text):
    reading = read(RawPage("page.txt", text.encode()))
    for o in reading.observations:
        assert reading.text[o.start : o.end] == o.quote
        assert o.value.is_finite()
        if o.time_period:
            assert period(o.time_period)


@given(st.integers(min_value=1, max_value=400), st.sampled_from(["件", "亿元", "%", "倍", "", "分之一", "年", "月", "位"]))
def test_what_overflows_is_a_code(length, unit):
    (q, *_) = find_quantities("共" + "9" * length + unit)
    assert q.klass == "code" or (length <= 16 and q.value < Decimal(10) ** 25)


def spent(text):
    start = time.process_time()
    read(RawPage("page.txt", ("福建省专利\n2024年，福建省" + text).encode(), media="text"))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page(piece):
    """Six times the text takes some six times as long; what is quadratic takes 36 times as long."""
    spent("9件")
    small, large = (piece * (size // len(piece.encode())) for size in (10_000, 60_000))
    few = min(spent(small) for _ in range(2))
    many = min(spent(large) for _ in range(2))  # the least of both: a pause of the collector is no growth
    assert many < 18 * max(few, 0.02)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["7", "九", "（", "促进创新，推动发展", "完善制度3456"])
def test_a_sentence_of_a_megabyte_is_read(piece):
    text = piece * (1_000_000 // len(piece.encode()))
    assert spent(text) < 60
