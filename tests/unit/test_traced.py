"""Offsets survive any chain of edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.records import Edit
from transforms.traced import Traced


@st.composite
def edited(draw):
    text = draw(st.text(min_size=1, max_size=40))
    traced = Traced.whole(text)
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(set(draw(st.lists(st.integers(0, len(traced.text)), max_size=6))))
        edits = [Edit(a, b, draw(st.text(max_size=4)), "test") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        traced = traced.edit(edits)
    return text, traced


@given(edited())
def test_origins_lie_in_the_page_and_never_run_backwards(case):
    text, traced = case
    assert len(traced.starts) == len(traced.ends) == len(traced.text)
    assert all(0 <= s <= e <= len(text) for s, e in zip(traced.starts, traced.ends, strict=True))
    assert list(traced.starts) == sorted(traced.starts)
    assert list(traced.ends) == sorted(traced.ends)


@given(st.text(min_size=2, max_size=30), st.text(max_size=5), st.data())
def test_what_no_edit_touched_is_found_as_published(text, after, data):
    a = data.draw(st.integers(0, len(text) - 2))
    b = data.draw(st.integers(a + 1, len(text) - 1))
    traced = Traced.whole(text).edit([Edit(a, b, after, "test")])
    low, high = traced.origin(len(traced.text) - len(text[b:]), len(traced.text))
    assert text[low:high] == text[b:]


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        Traced.whole("全省专利").edit([Edit(0, 2, "", "x"), Edit(1, 3, "", "x")])


def test_repairs_tell_what_stood_on_the_page():
    traced = Traced.whole("專利(lì)授权")
    edits = [Edit(2, 6, "", "pinyin")]
    assert [(r.before, r.after, r.raw_start, r.raw_end) for r in traced.repairs(edits)] == [("(lì)", "", 2, 6)]
