"""Whether a number is a level, a change, a share, a ratio or a rank, and against which base."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.clauses import Layout
    from transforms.numbers import Quantity
    from transforms.periods import PeriodMention
    from transforms.phrases import Phrase

_BASE_ONLY = frozenset({"高", "低", "多", "少"})  # directions only beside 比 or 较
_OF_ALL = re.compile(r"(?:全[省市国县区球]|总[量数额])的$")
OWN_LEVEL = frozenset({"rate!", "satisfaction!", "accuracy!", "commrate!"})


@dataclass(frozen=True, slots=True)
class Change:
    """How a number relates to its measure: `value` and `unit` as they are stored, `base` as said."""

    transformation: str
    value: Decimal
    unit: str
    base: str  # "yoy", "mom", "named", ""
    base_period: PeriodMention | None = None
    new: bool = False


def change_of(layout: Layout, phrase: Phrase, q: Quantity, carried_base: str, *, long_period: bool) -> Change | None:
    """Read the cues before a number; `carried_base` is the base that an earlier clause of the sentence named.

    Returns None where no reading fits (a percentage that nothing explains).
    """
    direction = phrase.cue("up", "down", "to", "new", "same")
    base, base_period = _base(layout, phrase)
    if direction and direction.text in _BASE_ONLY and not base:
        direction = None
    kind = direction.kind if direction else ""
    share = phrase.cue("share")
    swallowed = "占" in layout.text[q.start : q.number_start]  # 约占四成
    if share and direction and direction.start > share.end and kind in ("up", "down"):
        share = None  # 占比提高2.4个百分点
    annual = phrase.cue("annual")
    sign = Decimal(-1) if kind == "down" else Decimal(1)
    known = base or carried_base
    match q.klass:
        case "ordinal":
            return Change("rank", q.value, "位", "")
        case "top":
            return None
        case "points":
            return Change("change_pp", sign * q.value, "个百分点", known, base_period)
        case "percent" | "fraction" | "doubling" | "multiple":
            return _relative(
                layout, phrase, q, kind, sign, known, base_period, swallowed or share is not None, annual is not None, long_period
            )
        case _:
            pass
    if q.unit == "位" and phrase.cue("rank") and kind not in ("up", "down"):
        return Change("rank", q.value, "位", "")
    if kind in ("up", "down"):
        return Change("change_abs", sign * q.value, q.unit, known, base_period)
    new = kind == "new" or (kind == "to" and phrase.cue("new") is not None)  # 新增专利就达1036项
    return Change("level", q.value, q.unit, "", None, new=new)


def _relative(
    layout: Layout,
    phrase: Phrase,
    q: Quantity,
    kind: str,
    sign: Decimal,
    base: str,
    base_period: PeriodMention | None,
    share: bool,
    annual: bool,
    long_period: bool,
) -> Change | None:
    growing = kind in ("up", "down") or q.klass == "doubling"
    if q.klass == "multiple" and not growing:
        return Change("ratio", q.value, "倍", base, base_period)
    value = q.value * 100 if q.klass == "multiple" else q.value
    if share and not growing:
        return Change("share_pct", value, "%", "")
    if not growing and q.klass in ("fraction", "percent") and _OF_ALL.search(layout.text[phrase.start : q.start]):
        return Change("share_pct", value, "%", "")  # 超过全市总量的四分之一
    if annual:
        return Change("cagr_pct", sign * value, "%", base, base_period)
    part = q.klass == "fraction" and phrase.cue("among") is not None and not kind  # 其中近九成 is a part, not a change
    if growing or (base and kind != "to" and not part and not phrase.tags & OWN_LEVEL):
        if not base:
            base = "" if long_period or q.klass == "doubling" else "yoy"
        return Change("yoy_pct" if base == "yoy" else "change_pct", sign * value, "%", base, base_period)
    return Change("level", value, "%", "")


def _base(layout: Layout, phrase: Phrase) -> tuple[str, PeriodMention | None]:
    if phrase.cue("mom"):
        return "mom", None
    named = [p for p in layout.periods if p.role == "base" and phrase.start <= p.start and p.end <= phrase.end]
    if named:
        last = named[-1]
        year_before = (last.kind == "yoy") or (last.offset == -1 and not any(c in last.text for c in "末底初"))
        spans_years = last.kind in ("plan", "window")
        return ("yoy" if year_before else "span" if spans_years else "named"), last
    if phrase.cue("yoy"):
        return "yoy", None
    return "", None
