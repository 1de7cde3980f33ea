"""Round trips, width, spun text; and offsets through every chain of edits that mending makes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import common, repair
from transforms.html import read_html, read_text
from transforms.repair import mend
from transforms.spun import is_spun, unspin
from transforms.traced import Traced

needs_shared = pytest.mark.skipif(not common.NEWS.exists(), reason="../shared is absent")
FLOORS = {("gb18030", "big5hkscs"): 0.3, ("utf-8", "gb18030"): 0.0, ("utf-8", "big5hkscs"): 0.0}  # bytes are lost on these ways


@needs_shared
@pytest.mark.parametrize(("right", "wrong"), [p for p in repair.PAIRS if p[0] != p[1]])
def test_round_trips(right, wrong):
    assert repair.trips(right, wrong, 60, repair.untrip) >= FLOORS.get((right, wrong), 0.99)


def test_a_figure_keeps_its_place_in_a_misread_line():
    shown = "全省專利授權量達到78723件，同比增長43.96%".encode("big5").decode("gb18030")
    made = mend(Traced.whole(shown)).text
    assert made.text == "全省专利授权量达到78723件，同比增长43.96%"
    at = made.text.index("78723")
    low, high = made.origin(at, at + 5)
    assert shown[low:high] == "78723"


def test_spun_names_come_back_and_figures_stay():
    text = "宇宙学问产权局通报，全市发觉专利具有量达到5120件，有用发觉增加9.3%，代庖机构增至18家，地舆标记招牌12件"
    assert is_spun(text)
    assert (
        Traced.whole(text).edit(unspin(text)).text
        == "全国知识产权局通报，全市发明专利拥有量达到5120件，有效发明增长9.3%，代理机构增至18家，地理标志商标12件"
    )


@needs_shared
@pytest.mark.slow
def test_no_clean_paragraph_is_spun():
    assert not [x for x in common.news() if is_spun(x)]


BITS = st.sampled_from(
    ["全省", "專利", "(lì)", "授權(quán)", "?cè)趪?guó)", "們", "5120", "件，", "。", "?", "\ufffd", "１２％", "\u3000", "\u200b", "È«Ê¡×¨Àû", "發展",
     "学问产权", "发觉专利", "具有量", "\n", "2015?2020年", "??来源", "著", "鍏ㄧ渷", "a", " "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)  # the first page with damage loads the dictionary
@given(st.lists(BITS, max_size=24).map("".join))
def test_offsets_through_mending(published):
    made = mend(read_text(published).text).text
    spans = list(zip(made.starts, made.ends, strict=True))
    assert len(spans) == len(made.text)
    assert all(0 <= low <= high <= len(published) for low, high in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    for at, c in enumerate(made.text):
        if c.isdigit():  # no mend makes up a figure: the page has it where it is said to be
            low, high = made.origin(at, at + 1)
            assert c in published[low:high].translate({0xFF10 + i: str(i) for i in range(10)})


@settings(max_examples=60, deadline=None)  # the first page with damage loads the dictionary
@given(
    st.lists(BITS, max_size=16).map("".join), st.sampled_from(["<p>{}</p>", "<td>{}</td><td>x</td>", "<b>&nbsp;</b>{}<br>&amp;"])
)
def test_offsets_through_markup_and_mending(published, frame):
    source = frame.format(published)
    made = mend(read_html(source).text).text
    assert all(0 <= low <= high <= len(source) for low, high in zip(made.starts, made.ends, strict=True))
    for at, c in enumerate(made.text):
        if c.isdigit():
            low, high = made.origin(at, at + 1)
            assert c in source[low:high].translate({0xFF10 + i: str(i) for i in range(10)})
