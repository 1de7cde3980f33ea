"""Undo a mirror that glues "(pinyin)" behind traditional characters, byte by byte and across their borders.

Such a mirror looks its table's two-byte codes up in GBK text without respecting where characters begin. Where it hits a
character, the reading stands in brackets behind it: 發(fā). Where it hits the second byte of one and the first of the next,
the text breaks into "?fàn)I". Both can be undone exactly: the byte that was lost is the one that, with the byte before it,
makes a character of that reading.

>>> from transforms.traced import Traced
>>> t = "專利(lì)授權(quán)量"
>>> Traced.whole(t).edit(strip_readings(t)).text
'專利(lì)授權量'
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from transforms.quality import quality
from transforms.records import Edit

_LETTERS = "a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ"
_GLUED = re.compile(rf"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（]([{_LETTERS}]{{1,6}})[)）]")
_BROKEN = re.compile(rf"[?？\ufffd]\(?([{_LETTERS}]{{1,6}})[)）]")
_LOST_LEAD = re.compile(
    r"[?？\ufffd](?=[!,:;()?.\-！，：；（）。？]{0,2}[^\x00-\x7f]{1,14}(?:[@-~]|[。，、；：！？,;:!?.\s\d]|$))"
)
_NARROW = {c: bytes((0xA3, ord(c) + 0x80)) for c in "!,:;()?.-"}
_NARROW_DIGITS = {c: bytes((0xA3, ord(c) + 0x80)) for c in "!,:;?.-0123456789"}
_RESCUED = frozenset("。、“”《》；：…")
_BEAM = 16


@cache
def _readings(c: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # half a second to import, and most pages never need it

    return frozenset(unicodedata.normalize("NFC", p) for p in pinyin(c, style=Style.TONE, heteronym=True)[0])


@cache
def _missing_byte(before: int, reading: str) -> tuple[int, ...]:
    """All bytes that make, behind `before`, a GBK character with this reading."""
    found = []
    for x in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        try:
            c = bytes((before, x)).decode("gbk")
        except UnicodeDecodeError:
            continue
        if len(c) == 1 and reading in _readings(c):
            found.append(x)
    return tuple(found)


def strip_readings(text: str) -> list[Edit]:
    """Delete "(fā)" behind a character that is read so and that simplified text does not have."""
    edits = []
    for m in _GLUED.finditer(text):
        c = text[m.start() - 1]
        if _traditional_only(c) and unicodedata.normalize("NFC", m.group(1)) in _readings(c):
            edits.append(Edit(m.start(), m.end(), "", "pinyin"))
    return edits


def _traditional_only(c: str) -> bool:
    return not c.encode("gb2312", "ignore")


def unshift(text: str) -> list[Edit]:
    """Rebuild the lines in which a reading was glued across the border of two characters."""
    edits: list[Edit] = []
    at = 0
    for line in text.split("\n"):
        if _BROKEN.search(line):
            for start, end, after in _rebuilt(line):
                edits.append(Edit(at + start, at + end, after, "byte_shift"))
        at += len(line) + 1
    return edits


def _rebuilt(line: str) -> list[tuple[int, int, str]]:
    """Windows of the line that decode better once the lost bytes are put back."""
    made: list[tuple[int, int, str]] = []
    done = 0
    for m in _BROKEN.finditer(line):
        if m.start() <= done or m.start() == 0:
            continue
        best = _solve(line, m)
        if best:
            made.append(best)
            done = best[1]
    return made


def _solve(line: str, m: re.Match[str]) -> tuple[int, int, str] | None:
    """Put the byte back and read on until the old reading is in step again; the best of all continuations."""
    before = line[m.start() - 1]
    head = before.encode("gb18030")
    if len(head) != 2:
        return None
    start = m.start() - 1
    beams: list[bytes] = [head + bytes((x,)) for x in _missing_byte(head[-1], unicodedata.normalize("NFC", m.group(1)))]
    best: tuple[float, int, str] | None = None
    at = m.end()
    limit = min(len(line), at + 24)
    while beams and at <= limit:
        old = "\ufffd" + line[start:at]
        for raw in beams:
            try:
                text = raw.decode("gb18030")
            except UnicodeDecodeError:
                continue
            gain = quality(text) - quality(old)
            rest = line[at : at + 1]
            # in step again: what follows is ASCII, a new line, or was never shifted
            score = gain + (0.2 if not rest or rest < "\x80" else 0.0) - 0.002 * (at - start)
            if quality(text) > 0.55 and gain > 0.2 and (best is None or score > best[0] + 0.01):
                best = (score, at, text)
        if at >= len(line):
            break
        beams, at = _advance(line, at, beams)
    return (start, best[1], best[2]) if best else None


def _advance(line: str, at: int, beams: list[bytes]) -> tuple[list[bytes], int]:
    """Take the next character (or glued or broken reading) into every continuation."""
    if (m := _BROKEN.match(line, at)) and beams:
        grown = [b + bytes((x,)) for b in beams for x in _missing_byte(b[-1], unicodedata.normalize("NFC", m.group(1)))]
        return _best(grown), m.end()
    if (m := _GLUED.match(line, at)) and unicodedata.normalize("NFC", m.group(1)) in _readings(line[at - 1]):
        return beams, m.end()
    c = line[at]
    raw = c.encode("gb18030", "ignore")
    choices = [raw, _NARROW_DIGITS[c]] if c in _NARROW_DIGITS else [raw]
    return _best([b + r for b in beams for r in choices]), at + 1


def _best(beams: list[bytes]) -> list[bytes]:
    if len(beams) <= _BEAM:
        return beams
    return sorted(beams, key=lambda b: -quality(b.decode("gb18030", "replace")))[:_BEAM]


def restore_lead(text: str) -> list[Edit]:
    """Put back the lost lead byte A1 of a punctuation mark: "?！毒V要》" was "。《綱要》"."""
    edits: list[Edit] = []
    done = 0
    for m in _LOST_LEAD.finditer(text):
        if m.start() < done:
            continue
        best: tuple[float, str, int] | None = None
        for raw, used in _runs(text, m.end()):
            try:
                made = (b"\xa1" + raw).decode("gb18030")
            except UnicodeDecodeError:
                continue
            gain = quality(made) + 0.3 * (made[0] in "。、“”《》；") - quality("\ufffd" + text[m.end() : m.end() + used])
            if (
                made[0] in _RESCUED
                and quality(made) > 0.72
                and gain > 0.6
                and (best is None or gain > best[0])
                and any("\u4e00" <= c <= "\u9fff" or c in "《“" for c in made)
            ):
                best = (gain, made, used)
        if best:
            done = m.end() + best[2]
            edits.append(Edit(m.start(), done, best[1], "lost_lead"))
    return edits


def _runs(text: str, at: int) -> list[tuple[bytes, int]]:
    """Byte sequences that may follow the lost byte, each up to where the reading is in step again."""
    runs = []
    raw = b""
    for n in range(16):
        if at + n >= len(text):
            break
        c = text[at + n]
        if c == "\n":
            break
        if c >= "\x80":
            raw += c.encode("gb18030", "ignore")
        elif c in _NARROW and n < 2:
            raw += _NARROW[c]
        else:
            if n and "@" <= c <= "~":
                runs.append((raw + c.encode(), n + 1))
            break
    return runs
