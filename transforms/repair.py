"""All mends in their order; each step takes a text and gives edits, and the edits carry every offset back to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.byteshift import restore_shifted
from transforms.pinyin import strip_readings
from transforms.records import Edit, Repair
from transforms.roundtrip import round_trip
from transforms.script import simplify
from transforms.spun import is_spun, score, unspin

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.traced import Traced

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]+")
_WIDE = {
    chr(c): chr(c - 0xFEE0)
    for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0F, 0xFF0B, 0xFF0D)
}
_WIDE_RUN = re.compile("[" + "".join(map(re.escape, _WIDE)) + r"]+|(?<=[\d０-９])．(?=[\d０-９])")
_SPACE = re.compile("[\u00a0\u2002-\u200a\u202f\u3000]")
_DASH = re.compile(r"(?<=\d{4})[?？](?=(?:\d{4})?年)")
_LOST_SPACE = re.compile(r"[?？]{2}(?=[\u4e00-\u9fff])")
_LOST_TEXT = re.compile(
    r"[，,]{2,}|(?<![\d一二三四五六七八九十〇零今去前本全每当明同往历后半多几余来近两上该次百千万])年(?:，|,|全[市省县区])"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """The repaired text, what was done to it and what cannot be undone."""

    text: Traced
    repairs: tuple[Repair, ...]
    script: str
    spun_score: float
    spun: bool
    flags: tuple[str, ...]


def fold_width(text: str) -> list[Edit]:
    """Full-width digits, letters and signs become ASCII, odd spaces a space, zero-width characters nothing."""
    edits = [Edit(m.start(), m.end(), "", "zero_width") for m in _ZERO_WIDTH.finditer(text)]
    edits += [Edit(m.start(), m.end(), "".join(_WIDE.get(c, ".") for c in m.group()), "width") for m in _WIDE_RUN.finditer(text)]
    edits += [Edit(m.start(), m.end(), " ", "space") for m in _SPACE.finditer(text)]
    return sorted(edits, key=lambda e: e.start)


def restore_lost(text: str) -> list[Edit]:
    """A dash between years and wide spaces that a mirror turned into question marks.

    >>> [e.after for e in restore_lost("行动计划(2015?2020年)  2018-02-02??来源")]
    ['—', '  ']
    """
    edits = [Edit(m.start(), m.end(), "—", "lost_dash") for m in _DASH.finditer(text)]
    edits += [Edit(m.start(), m.end(), "  ", "lost_space") for m in _LOST_SPACE.finditer(text)]
    return sorted(edits, key=lambda e: e.start)


_STEPS: tuple[Callable[[str], list[Edit]], ...] = (round_trip, restore_shifted, fold_width, strip_readings, restore_lost)


def mend(traced: Traced) -> Mended:
    """Run every step over the text; a clean text comes back as it is."""
    repairs: list[Repair] = []
    for step in _STEPS:
        edits = step(traced.text)
        if edits:
            repairs += traced.repairs(edits)
            traced = traced.edit(edits)
    edits, script = simplify(traced.text)
    if edits:
        repairs += traced.repairs(edits)
        traced = traced.edit(edits)
    spun_score, spun = score(traced.text), is_spun(traced.text)
    if spun:
        edits = unspin(traced.text)
        repairs += traced.repairs(edits)
        traced = traced.edit(edits)
    flags = ["lost_text"] if _LOST_TEXT.search(traced.text) else []
    if "锟斤拷" in traced.text or "\ufffd" in traced.text:
        flags.append("lost_characters")
    return Mended(traced, tuple(repairs), script, spun_score, spun, tuple(flags))
