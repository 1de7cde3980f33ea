"""Undo a mirror that glues "(pinyin)" behind traditional characters: 專利(lì)授權(quán) is 專利授權.

Such a mirror looks its table's two-byte codes up in GBK text without respecting where characters begin, so the reading may also
stand behind a Latin letter that is the second byte of its character: 皖I(lǐng)CP. (Where it broke a character in two, see
`transforms.byteshift`.)

>>> from transforms.traced import Traced
>>> t = "全省專利授權(quán)量(件)達(dá)到七萬件，皖I(lǐng)CP備"
>>> Traced.whole(t).edit(strip_readings(t)).text
'全省專利授權量(件)達到七萬件，皖ICP備'
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from transforms.records import Edit

LETTERS = "a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ\u0300-\u030c"
GLUED = re.compile(rf"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（]([{LETTERS}]{{1,7}})[)）]")
_SPLIT = re.compile(rf"(?<=[^\x00-\x7f])[@-~][(（]([{LETTERS}]{{1,7}})[)）]")
_MANY = 12  # glued readings on a page beyond which it is no author who explains a character


@cache
def readings(c: str) -> frozenset[str]:
    """All readings of a character, with tone marks."""
    from pypinyin import Style, pinyin  # most pages never need it

    return frozenset(unicodedata.normalize("NFC", p) for p in pinyin(c, style=Style.TONE, heteronym=True)[0])


@cache
def missing_byte(before: int, reading: str) -> tuple[int, ...]:
    """All bytes that make, behind `before`, a character of GBK with this reading."""
    found = []
    for x in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        try:
            c = bytes((before, x)).decode("gbk")
        except UnicodeDecodeError:
            continue
        if len(c) == 1 and reading in readings(c):
            found.append(x)
    return tuple(found)


def traditional_only(c: str) -> bool:
    """Whether simplified text (GB2312) does not have the character."""
    return not c.encode("gb2312", "ignore")


def strip_readings(text: str) -> list[Edit]:
    """Delete "(fā)" behind a character that is read so and that simplified text does not have; on a page full of them, any."""
    found = []
    for m in GLUED.finditer(text):
        c = text[m.start() - 1]
        if unicodedata.normalize("NFC", m.group(1)) in readings(c):
            found.append((m, traditional_only(c)))
    if not found:
        return []
    everywhere = len(found) > _MANY
    edits = [Edit(m.start(), m.end(), "", "pinyin") for m, sure in found if sure or everywhere]
    for m in _SPLIT.finditer(text):
        trail = text[m.start() - 1].encode("gbk", "ignore")[-1:]
        if trail and ord(text[m.start()]) in missing_byte(trail[0], unicodedata.normalize("NFC", m.group(1))):
            edits.append(Edit(m.start() + 1, m.end(), "", "pinyin"))
    return sorted(edits, key=lambda e: e.start)
