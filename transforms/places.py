"""Every mention of a place: names of GB/T 2260 (present and past), relative words, countries, groups.

>>> [(m.text, m.kind) for m in find_places("盐城市大丰区与全省、全国相比")]
[('盐城市', 'named'), ('大丰区', 'named'), ('全省', 'relative'), ('全国', 'country')]
>>> choose(find_places("大丰区")[0], "320900")
'320904'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import seeds
from seeds.tables import Region, false_places, groups, regions
from transforms.matcher import Matcher

_RELATIVE: dict[str, int | None] = {
    "全省": 1, "我省": 1, "本省": 1, "该省": 1, "省内": 1, "全市": 2, "我市": 2, "本市": 2, "该市": 2, "全区": None, "我区": None, "本区": None,
    "该区": None, "全县": 3, "我县": 3, "本县": 3, "该县": 3, "全州": 2, "我州": 2, "该州": 2, "全盟": 2, "我盟": 2, "全旗": 3, "我旗": 3, "全自治区": 1,
    "新区": None,
}  # fmt: skip
_COUNTRY = ("我国", "中国", "全国", "国内", "国家知识产权局")
_WORLD = ("全球", "世界", "全世界")
# Names of counties that are ordinary words as well: their short forms count only with 县, 市 or 区 behind them.
_MIN_COUNTY = 2


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its ISO code."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A mention of a place. `codes` are all that bear the name; `weak` marks a county's name without its class."""

    start: int
    end: int
    text: str
    kind: str  # named, country, world, relative, group, foreign
    codes: tuple[str, ...]
    level: int | None
    weak: bool = False


@cache
def _by_code() -> dict[str, Region]:
    return {r.code: r for r in regions()}


@cache
def _names() -> Matcher[tuple[str, tuple[str, ...], int | None, bool]]:
    strong: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    for r in regions():
        if r.level == 0 or r.name_zh in ("市区", "郊区", "城区", "矿区"):
            continue
        names = [r.name_zh, *r.aliases]
        if r.level <= 2 and r.status == "current":
            names.append(r.short_name)
        for n in dict.fromkeys(names):
            strong.setdefault(n, []).append(r.code)
        if r.level == 3 and r.status == "current" and len(r.short_name) >= _MIN_COUNTY and r.short_name != r.name_zh:
            weak.setdefault(r.short_name, []).append(r.code)
    table: dict[str, tuple[str, tuple[str, ...], int | None, bool]] = {}
    for name, codes in weak.items():
        table[name] = ("named", tuple(codes), 3, True)
    for name, codes in strong.items():
        current = [c for c in codes if _by_code()[c].status == "current"]
        kept = tuple(current or codes)
        table[name] = ("named", kept, min(level(c) or 3 for c in kept), False)
    table.update({w: ("relative", (), n, False) for w, n in _RELATIVE.items()})
    table.update(dict.fromkeys(_COUNTRY, ("country", ("100000",), 0, False)))
    table.update(dict.fromkeys(_WORLD, ("world", ("WLD",), None, False)))
    for c in seeds.load("countries", Country, key=("name",)):
        table[c.name] = ("foreign", (c.name,), None, False)
    for g in groups():
        table.update(dict.fromkeys((g.name, *g.aliases), ("group", (g.name,), None, False)))
    table.update({f.word: ("", (), None, False) for f in false_places()})
    return Matcher(table)


def find_places(text: str) -> list[PlaceMention]:
    """All mentions, left to right, longest first; words that only look like places are passed over."""
    return [
        PlaceMention(start, end, text[start:end], kind, codes, at, weak)
        for start, end, (kind, codes, at, weak) in _names().find(text)
        if kind
    ]


def choose(mention: PlaceMention, within: str | None) -> str | None:
    """One code for a name: the only one, else the one inside `within` or nearest to it, else the highest if it is alone there."""
    codes = mention.codes
    if mention.weak:
        codes = tuple(
            c
            for c in codes
            if within and within != "100000" and c[:2] == within[:2] and (within.endswith("0000") or c[:4] == within[:4])
        )
    if len(codes) <= 1:
        return codes[0] if codes else None
    if within and within.isdigit():
        for digits in (6, 4, 2):
            near = [c for c in codes if c[:digits] == within[:digits]]
            if len(near) == 1:
                return near[0]
            if near and digits < 6:
                return _highest(near)
    return _highest(list(codes))


def _highest(codes: list[str]) -> str | None:
    top = min(level(c) or 9 for c in codes)
    best = [c for c in codes if level(c) == top]
    return best[0] if len(best) == 1 and top < 3 else None


def level(code: str) -> int | None:
    """0 country, 1 province, 2 prefecture, 3 county; None for what has no code."""
    known = _by_code().get(code)
    return known.level if known else None


def name(code: str) -> str:
    """The full name of a code, the code itself where it has none."""
    known = _by_code().get(code)
    return known.name_zh if known else code


@cache
def ancestors(code: str) -> tuple[str, ...]:
    """The divisions above, nearest first."""
    known = _by_code().get(code)
    return (known.parent, *ancestors(known.parent)) if known and known.parent else ()


def is_inside(code: str, above: str) -> bool:
    """Whether a division lies in another (not in itself)."""
    return above in ancestors(code)
