"""The two-byte characters of GBK by what is known of their bytes: the first, the second, or what the first cannot be.

>>> completed(0xD4, 0xDA, traditional=False)[0][0]
'在'
"""

from __future__ import annotations

from functools import cache

from transforms import fluency

_MOST = 16  # characters tried behind a byte that pairs with nothing


@cache
def pairs() -> dict[str, bytes]:
    """All two-byte characters of GBK that text is written with."""
    made = {}
    for first in range(0x81, 0xFF):
        for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                c = bytes((first, second)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if not "\u3040" <= c <= "\u33ff" and not "\u0370" <= c <= "\u04ff":
                made[c] = bytes((first, second))
    return made


@cache
def impossible(first: int) -> frozenset[int]:
    """Second bytes that make no character behind this one."""
    known = {b[1] for b in pairs().values() if b[0] == first}
    return frozenset(range(0x81, 0xFF)) - known


@cache
def figure(c: str, traditional: bool) -> float:
    """The figure of a character, less where it is not of the script of the page."""
    made = fluency.of_character(c)
    if traditional:
        return made
    return made if c.encode("gb2312", "ignore") or not "\u3400" <= c <= "\u9fff" else made - 5.0


@cache
def completed(first: int, second: int, traditional: bool, keep: int = 24) -> tuple[tuple[str, int, float], ...]:
    """Characters `(c, second byte, figure)` with the bytes that are known (-1: not known), the most frequent ones."""
    found = [
        (c, b[1], figure(c, traditional))
        for c, b in pairs().items()
        if (first < 0 or b[0] == first) and (second < 0 or b[1] == second)
    ]
    return tuple(sorted(found, key=lambda x: -x[2])[:keep])


@cache
def behind(before: int, second: int, traditional: bool) -> tuple[tuple[str, int, float], ...]:
    """Characters whose second byte is known and whose first makes no character with the byte before it."""
    bad = impossible(before)
    found = [(c, b[1], figure(c, traditional)) for c, b in pairs().items() if b[1] == second and b[0] in bad]
    return tuple(sorted(found, key=lambda x: -x[2])[:_MOST])
