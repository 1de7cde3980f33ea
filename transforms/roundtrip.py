"""Text that went through a wrong codec is read again with the right one: UTF-8, GBK or Big5 shown as Latin letters, or as each other.

Taken only where the gain in quality is great; what was lost on the way stays lost (utf-8 read as GBK drops every other ending).
"""

from __future__ import annotations

import re

from transforms.quality import quality
from transforms.records import Edit

_BYTES = {chr(b): b for b in range(0x80, 0x100)} | {
    c: b for b in range(0x80, 0xA0) if (c := bytes((b,)).decode("cp1252", "ignore"))
}  # windows-1252 as browsers read it: its five undefined bytes are control characters
_LEAST = 4
_HIGH = re.compile("[" + re.escape("".join(_BYTES)) + "]+")
_WESTERN = re.compile(rf"{_HIGH.pattern}(?:[ -~]+{_HIGH.pattern})*")
_RUNS = re.compile("[\x00-\x7f]+|[^\x00-\x7f]+")
_HAN = re.compile("[\u3400-\u9fff]")
_CHINESE = ("utf-8", "gb18030", "big5hkscs")
_STRETCH = re.compile("[^\x00-\x3f\n\ufffd]+")  # no second byte of a character lies below 0x40
_DOUBTFUL = 0.55  # genuine lines lie above, misread ones below 0.5
_HEAD = 60  # characters of a line that tell whether it makes sense
_MANY = 6  # characters beyond ASCII without which a line proves nothing


def round_trip(text: str) -> list[Edit]:
    """Passages that are UTF-8, GBK or Big5 read as windows-1252, as browsers do it, are read again; figures inside are ASCII and stay.

    >>> [e.after for e in round_trip("È«Ê¡×¨ÀûÊÚÈ¨Á¿153475¼þ")]
    ['全省专利授权量', '件']
    """
    edits: list[Edit] = _between_chinese_codecs(text)
    if edits:
        return edits
    for m in _WESTERN.finditer(text):
        tail = text[m.end() : m.end() + 1]
        whole = _read_again(m.group()) or ("@" <= tail <= "~" and _read_again(m.group() + tail))  # a last byte may be a letter
        runs = (
            [(m.start(), whole)]
            if whole
            else [(m.start() + r.start(), _read_again(r.group())) for r in _HIGH.finditer(m.group())]
        )
        for start, made in runs:
            at = start
            for piece, size in made:
                if piece > "\x7f":
                    edits.append(Edit(at, at + size, piece, "round_trip"))
                at += size
    return edits


def _read_again(shown: str) -> list[tuple[str, int]]:
    """The right reading as runs of Chinese and of ASCII, each with the number of characters it is shown as; empty if there is none."""
    if sum(c > "\x7f" for c in shown) < _LEAST:
        return []
    raw, before = bytes(_BYTES.get(c, ord(c)) for c in shown), quality(shown)
    found: list[tuple[float, str, str]] = []
    for codec in ("utf-8", "gb18030", "big5hkscs"):
        try:
            made = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        good = quality(made)
        if good > max(before + 0.5, 0.6) and made.encode(codec) == raw:
            found.append((good, codec, made))
    if not found:
        return []
    _, codec, made = max(found)
    return [(piece, len(piece.encode(codec))) for piece in _RUNS.findall(made)]


def _between_chinese_codecs(text: str) -> list[Edit]:
    """Lines that are one Chinese encoding shown as another, each stretch between digits and marks by itself."""
    edits: list[Edit] = []
    at = 0
    for line in text.split("\n") if _HAN.search(text) else ():
        if _is_doubtful(line) and (pair := _codecs_of(line)):
            for m in _STRETCH.finditer(line):
                made = _again(m.group(), *pair)
                if made and made != m.group():
                    edits.append(Edit(at + m.start(), at + m.end(), made, "round_trip"))
        at += len(line) + 1
    return edits


def _is_doubtful(line: str) -> bool:
    head = line[:_HEAD]
    return quality(head) < _DOUBTFUL and sum(c > "\x7f" for c in head) >= _MANY


def _codecs_of(line: str) -> tuple[str, str] | None:
    """The wrong codec and the right one, where nearly all of a line makes sense by them."""
    best: tuple[float, str, str] | None = None
    before = quality(line)
    for wrong in _CHINESE[1:]:
        for right in _CHINESE:
            made = "".join(_again(x, wrong, right) or "\ufffd" for x in _STRETCH.findall(line)) if right != wrong else ""
            good = quality(made)
            if good > max(before + 0.4, 0.6) and (best is None or good > best[0]):
                best = (good, wrong, right)
    return (best[1], best[2]) if best else None


def _again(shown: str, wrong: str, right: str) -> str:
    try:
        made = shown.encode(wrong).decode(right, "replace")
    except UnicodeError:
        return ""
    return made if 4 * made.count("\ufffd") <= len(made) else ""
