"""Units and counting words behind a number, told from words that only begin like one (件 in 套件, 分 in 分别).

>>> unit_at("3个月", 1), unit_at("5家庭", 1), unit_at("18.9件/万人", 4)
(('月', Decimal('1'), 3), None, ('件/万人', Decimal('1'), 8))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import seeds
from seeds.tables import units

_ONE = Decimal(1)
# A unit's name that begins with a scale (万元) is for tables; in a sentence the scale is part of the numeral.
_SCALED = re.compile(r"[百千万亿]")
_PER = re.compile(r"[/／](?:百|千|万|亿|百亿)?[\u4e00-\u9fff]{1,3}")


@dataclass(frozen=True, slots=True)
class UnitTrap:
    """Words that begin like a counting word; `longer` holds patterns of what stands behind the unit in them."""

    unit: str
    longer: tuple[str, ...]


@cache
def known_units() -> dict[str, tuple[str, Decimal]]:
    """Each written unit with its code and the factor to it (万元 is 10000 of 元)."""
    made: dict[str, tuple[str, Decimal]] = {}
    for u in units():
        for word in (u.code, *u.aliases):
            made[word] = (u.base or u.code, u.factor)
    return made


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    """Units by their first character, longest first."""
    made: dict[str, list[str]] = {}
    for word in known_units():
        if not _SCALED.match(word) or word.startswith(("千瓦", "千克", "千米", "百分点")):
            made.setdefault(word[0], []).append(word)
    return {c: tuple(sorted(words, key=len, reverse=True)) for c, words in made.items()}


@cache
def _traps() -> dict[str, re.Pattern[str]]:
    rows = seeds.load("unit_traps", UnitTrap, key=("unit",))
    return {r.unit: re.compile("|".join(r.longer)) for r in rows}


def unit_at(text: str, at: int) -> tuple[str, Decimal, int] | None:
    """Code, factor and end of the unit that stands at `at`; None where there is none or it belongs to a longer word."""
    for word in _by_first().get(text[at : at + 1], ()):
        if not text.startswith(word, at):
            continue
        end = at + len(word)
        trap = _traps().get(word)
        if trap and trap.match(text, end):
            continue
        if m := _PER.match(text, end):
            for stop in range(m.end(), m.start() + 1, -1):
                if found := known_units().get(text[at:stop]):
                    return *found, stop
        return *known_units()[word], end
    return None
