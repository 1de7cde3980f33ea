"""Rebuild text whose bytes were read out of step, because one of them was lost.

In GBK a character is two bytes. Where the first of them is lost, or a mirror glued "(pinyin)" between the two, everything behind
it is paired wrongly until a byte below 0x80 brings the reader back in step: "。《綱要》" is shown as "?！毒V要》", and 們在 as
"們?cè)趪". What the reader could not pair it shows as "?", or not at all.

The bytes that are shown are known; those that are not are searched for: every possible reading is carried on side by side, the
least fluent ones are dropped, and the winner is taken only when it is much more likely as Chinese than what is shown.

>>> from transforms.traced import Traced
>>> shown = "出台《意見》。各地抓好落實?！毒V要》提出目標"
>>> Traced.whole(shown).edit(restore_shifted(shown)).text
'出台《意見》。各地抓好落實。《綱要》提出目標'
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import NamedTuple

from transforms import fluency
from transforms.gbkpairs import behind, completed, figure, impossible
from transforms.pinyin import GLUED, LETTERS, missing_byte, readings
from transforms.quality import quality
from transforms.records import Edit

_BROKEN = re.compile(rf"[?？\ufffd]\(?([{LETTERS}]{{1,6}})[)）]")
_GLUED_END = re.compile(GLUED.pattern + r"\Z")
_MARK = re.compile("[?？\ufffd]")
_ANY = -1  # a first byte of which nothing is known
_NONE = 0  # in step: no byte waits for its second
_WINDOW = 90  # shown characters that are read on at most
_WIDTH = 40  # readings carried on side by side
_GAIN = 9.0  # how much more likely the winner must be than what is shown
_ODDS = 2.0  # a reading of seven times less likelihood is no rival
_LOST_PAIR = -2.0  # what is not shown at all is seldom; a silent reader is rarer still
_SILENT = -3.5
_HIDING = 12  # readings of the beam that may go on silently
_CANDIDATES = 12  # characters tried where a pair is not shown
_MOST = 60  # searches on one page: what is damaged everywhere is another encoding, or written to keep us busy
_BLANK = "\ufffd"  # an ASCII character that is lost for good


class _Reading(NamedTuple):
    """One way to read the bytes so far: its figures (the last is the whole), its text, the byte that waits for its second."""

    scores: tuple[float, ...]
    text: str
    plain: str
    waits: int  # _NONE, a byte, _ANY, or minus a byte: unknown, but with that byte before it no character is made


def _add(r: _Reading, c: str, figure: float, waits: int = _NONE, extra: float = 0.0) -> _Reading:
    plain = r.plain + fluency.simple(c)
    score = fluency.grow(r.scores, plain, figure) + extra
    return _Reading((*r.scores[-fluency.LONGEST :], score), r.text + c, plain, waits)


def _feed(r: _Reading, byte: int, traditional: bool) -> list[_Reading]:
    """Read one more byte."""
    if r.waits == _NONE:
        return [_add(r, chr(byte), fluency.of_character(chr(byte)))] if byte < 0x80 else [r._replace(waits=byte)]
    if byte < 0x40:
        return []
    if r.waits == _ANY:
        return [_add(r, c, f) for c, _, f in completed(-1, byte, traditional)]
    if r.waits < 0:
        return [_add(r, c, f) for c, _, f in behind(-r.waits, byte, traditional)]
    try:
        c = bytes((r.waits, byte)).decode("gbk")
    except UnicodeDecodeError:
        return []
    return [_add(r, c, figure(c, traditional))]


def _lost_pair(r: _Reading, traditional: bool, cost: float) -> list[_Reading]:
    """A second byte and the next first byte are not shown, because they make no character together."""
    if r.waits <= 0:
        return []
    found = [(c, b, f) for c, b, f in completed(r.waits, -1, traditional, 190) if len(impossible(b)) > 20]
    return [_add(r, c, f, waits=-b, extra=cost) for c, b, f in found[:_CANDIDATES]]


def _mark(r: _Reading, traditional: bool) -> list[_Reading]:
    """All that a lone "?" may stand for."""
    if r.waits == _NONE:
        return [_add(r, "?", -9.0), r._replace(waits=_ANY)]
    if r.waits < 0:
        return []
    ends = completed(r.waits, -1, traditional, 16)
    made = [_add(r, c, f) for c, _, f in ends]
    made += [_add(_add(r, c, f), _BLANK, -12.0) for c, _, f in ends[:4]]
    return made + _lost_pair(r, traditional, _LOST_PAIR)


def _last_byte(r: _Reading, before: str) -> int:
    if r.waits != _NONE:
        return r.waits
    raw = (r.text or before)[-1:].encode("gbk", "ignore")
    return raw[-1] if raw else 0


def _tokens(line: str, at: int) -> list[tuple[int, str, str]]:
    """What is shown from `at` on, as `(end, kind, text)`; kinds: broken (with its reading), glued, mark, character."""
    made: list[tuple[int, str, str]] = []
    while at < len(line) and len(made) < _WINDOW:
        if m := _BROKEN.match(line, at):
            made.append((m.end(), "broken", unicodedata.normalize("NFC", m.group(1))))
        elif (m := GLUED.match(line, at)) and unicodedata.normalize("NFC", m.group(1)) in readings(line[at - 1]):
            made.append((m.end(), "glued", ""))
        elif line[at] in "?？\ufffd":
            made.append((at + 1, "mark", line[at]))
        else:
            made.append((at + 1, "character", line[at]))
        at = made[-1][0]
    return made


def _read_on(r: _Reading, kind: str, shown: str, before: str, traditional: bool) -> list[_Reading]:
    """All continuations of a reading by what is shown next."""
    if kind == "glued":
        return [r]
    if kind == "broken":
        last = _last_byte(r, before)
        if last <= 0:
            return []
        return [made for x in missing_byte(last, shown) for made in _feed(r, x, traditional)]
    made: list[_Reading] = []
    if kind == "mark":
        made = _mark(r, traditional)
        if shown == "\ufffd":
            return made
        shown = "?"
    if shown < "\x80":
        options = [shown.encode()] if kind == "character" else []
        if r.waits != _NONE and shown >= "!":
            options.append(bytes((0xA3, ord(shown) + 0x80)))  # its full-width form, narrowed after the damage was done
    else:
        options = [shown.encode("gb18030", "ignore")]  # with the pairs of its private area, which a wrong pairing hits
    for raw in options:
        grown = [r] if raw else []
        for byte in raw:
            grown = [g for x in grown for g in _feed(x, byte, traditional)]
        made += grown
    return made


def _shown_figures(tokens: list[tuple[int, str, str]], traditional: bool) -> list[float]:
    """For each place the figure of all that is shown from there on, read as it stands."""
    figures = [0.0] * (len(tokens) + 1)
    plain = [fluency.simple(t) if kind == "character" else "\x00" for _, kind, t in tokens]
    for i in range(len(tokens) - 1, -1, -1):
        _, kind, shown = tokens[i]
        if kind != "character":
            figures[i] = figures[i + 1] + {"glued": 0.0, "broken": -25.0, "mark": -9.0}[kind]
            continue
        figures[i] = figures[i + 1] + figure(shown, traditional)
        for length in range(2, min(fluency.LONGEST, len(tokens) - i) + 1):
            made = fluency.of_word("".join(plain[i : i + length]))
            if made is not None:
                figures[i] = max(figures[i], made + figures[i + length])
    return figures


def _unbalanced(text: str) -> int:
    return sum(abs(text.count(a) - text.count(b)) for a, b in ("《》", "“”", "（）"))


def _standing(line: str, at: int) -> int:
    """Where the character before the mark ends: a reading that is glued behind it was not there when the mirror broke the next one."""
    m = _GLUED_END.search(line, max(0, at - 10), at)
    return m.start() if m and unicodedata.normalize("NFC", m.group(1)) in readings(line[m.start() - 1]) else at


def _certain(readings: list[tuple[float, str]]) -> str:
    """The best reading; what readings nearly as good say differently is lost, not guessed, and nothing beside it."""
    best, text = max(readings)
    disputed: set[int] = set()
    for rival in (t for total, t in readings if total > best - _ODDS):
        for kind, start, end, _, _ in SequenceMatcher(None, text, rival, autojunk=False).get_opcodes():
            if kind != "equal":
                disputed.update(range(start, end))
    return "".join(_BLANK if i in disputed else c for i, c in enumerate(text))


def _solve(line: str, at: int, traditional: bool, silent: bool) -> tuple[float, int, str] | None:
    """The best reading of the line from the mark at `at`: how much is gained, where it is in step again, its text."""
    tokens = _tokens(line, at)
    rest = _shown_figures(tokens, traditional)
    stands = _standing(line, at)
    before = line[max(0, stands - 4) : stands]
    start = _Reading((0.0,), "", "", _NONE)
    for c in before:
        start = _add(start, c, figure(c, traditional))
    origin = start.scores[-1]
    beam = [start]
    best: tuple[float, int, list[tuple[float, str]]] | None = None
    for i, (end, kind, shown) in enumerate(tokens):
        grown = [g for r in beam for g in _read_on(r, kind, shown, before, traditional)]
        if silent and i:
            hidden = [g for r in sorted(beam, key=lambda r: -r.scores[-1])[:_HIDING] for g in _lost_pair(r, traditional, _SILENT)]
            grown += [g for r in hidden for g in _read_on(r, kind, shown, before, traditional)]
        unique: dict[tuple[str, int], _Reading] = {}
        for g in sorted(grown, key=lambda r: -r.scores[-1]):
            unique.setdefault((g.text, g.waits), g)
        beam = list(unique.values())[:_WIDTH]
        ended: list[tuple[float, str]] = []
        for r in beam:
            if r.waits == _NONE:
                made = r.text[len(before) :]
                total = (
                    r.scores[-1]
                    - origin
                    + rest[i + 1]
                    - 4.0 * _unbalanced(line[max(0, at - _WINDOW) : at] + made + line[end : end + _WINDOW])
                )
                ended.append((total, made))
        if ended and (best is None or max(ended)[0] > best[0]):
            best = (max(ended)[0], end, ended)
        open_now = [r.scores[-1] for r in beam if r.waits != _NONE]
        if not open_now or (best and max(open_now) - origin + rest[i + 1] < best[0] - 40.0):
            break
    if best is None:
        return None
    return best[0] - rest[0] + 4.0 * _unbalanced(line[max(0, at - _WINDOW) : best[1] + _WINDOW]), best[1], _certain(best[2])


def _suspicious(line: str, m: re.Match[str]) -> bool:
    """Whether what follows a "?" looks like bytes out of step: seldom characters, or the second half of "。《"."""
    following = [c for c in line[m.end() : m.end() + 8] if c > "\x7f" and c not in "，。、；：“”（）？！"][:4]
    if line[m.end() : m.end() + 1] in ("!", "！"):
        return bool(following) or line[m.end() + 1 : m.end() + 2] in ("?", "？")
    return bool(following) and quality("".join(following)) < 0.62


def _trimmed(line: str, start: int, end: int, after: str) -> Edit:
    """The edit without what stays the same at both ends."""
    while start < end and after and line[start] == after[0]:
        start, after = start + 1, after[1:]
    while start < end and after and line[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    return Edit(start, end, after, "byte_shift")


def _mended(line: str, traditional: bool, searches: int) -> tuple[list[Edit], int]:
    """The edits of a line, and how many searches are left for the page."""
    edits: list[Edit] = []
    done = 0
    for m in _MARK.finditer(line):
        broken = _BROKEN.match(line, m.start())
        if m.start() < done or not (broken or _suspicious(line, m)):
            continue
        if not searches:
            break
        searches -= 1
        found = [s for silent in (False, True) if (s := _solve(line, m.start(), traditional, silent))]
        gain, end, after = max(found, default=(0.0, 0, ""))
        if gain > _GAIN and after != line[m.start() : end]:
            if line[end - 1] in "?？\ufffd" and line[end : end + 1].isdigit() and not after.endswith(_BLANK):
                after += _BLANK  # the mark may have swallowed the first digit of the number
            edits.append(_trimmed(line, m.start(), end, after))
            done = end
    return edits, searches


def restore_shifted(text: str) -> list[Edit]:
    """The edits that put text back in step; line by line, only behind a mark that looks like damage."""
    if not _MARK.search(text):
        return []
    edits: list[Edit] = []
    traditional: bool | None = None
    searches = _MOST
    at = 0
    for line in text.split("\n"):
        if searches and any(_BROKEN.match(line, m.start()) or _suspicious(line, m) for m in _MARK.finditer(line)):
            if traditional is None:
                han = [c for c in text if "\u3400" <= c <= "\u9fff"]
                traditional = sum(not c.encode("gb2312", "ignore") for c in han) > 0.08 * len(han)
            mended, searches = _mended(line, traditional, searches)
            edits += [Edit(at + e.start, at + e.end, e.after, e.kind) for e in mended]
        at += len(line) + 1
    return edits
