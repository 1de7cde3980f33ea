"""The rows of the seed tables and their cached readers; one class per table, its fields are the columns."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from seeds import SeedError, load, refuse_clashes


@dataclass(frozen=True, slots=True)
class Indicator:
    """What can be measured; `unit` is the catalogue's unit, `kind` tells flows from stocks."""

    code: str
    category: str
    name_zh: str
    name_en: str
    unit: str
    kind: str
    parent: str
    aliases_zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A counting word or unit; `factor` turns it into `base` (万元 is 10000 元)."""

    code: str
    name_zh: str
    name_en: str
    dimension: str
    base: str
    factor: Decimal
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division of GB/T 2260, present or past."""

    code: str
    name_zh: str
    short_name: str
    level: int
    parent: str
    status: str
    successors: tuple[str, ...]
    abbreviation: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """A five-year plan."""

    name: str
    ordinal: int
    start: int
    end: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpunTerm:
    """A word that synonym spinning puts in, and what stood there."""

    spun: str
    original: str
    klass: str
    context: str


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """A figure of the yearbooks, to hold ours against."""

    ref_area: str
    time_period: str
    indicator: str
    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of places."""

    name: str
    members: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FalsePlace:
    """A word in which a place's name is no place."""

    word: str
    note: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """The catalogue; parents must exist, aliases belong to one indicator."""
    rows = load("indicators", Indicator)
    codes = {r.code for r in rows}
    for r in rows:
        if r.parent and r.parent not in codes:
            raise SeedError(f"seeds/indicators.csv: {r.code} names the parent {r.parent}, which is not in the table")
    refuse_clashes("indicators", ((a, r.code) for r in rows for a in (r.name_zh, *r.aliases_zh)))
    return rows


@cache
def units() -> tuple[Unit, ...]:
    """Units with dimension and base; aliases belong to one unit."""
    rows = load("units", Unit)
    refuse_clashes("units", ((a, r.code) for r in rows for a in (r.code, *r.aliases)))
    return rows


@cache
def regions() -> tuple[Region, ...]:
    """Administrative divisions; parents must exist."""
    rows = load("regions", Region)
    codes = {r.code for r in rows}
    for r in rows:
        if r.parent and r.parent not in codes:
            raise SeedError(f"seeds/regions.csv: {r.code} {r.name_zh} names the parent {r.parent}, which is not in the table")
    return rows


@cache
def plan_periods() -> tuple[PlanPeriod, ...]:
    """The five-year plans."""
    return load("plan_periods", PlanPeriod, key=("name",))


@cache
def spun_terms() -> tuple[SpunTerm, ...]:
    """Synonym-spinning pairs."""
    return load("spun_terms", SpunTerm, key=("spun", "context"))


@cache
def official_series() -> tuple[OfficialFigure, ...]:
    """The official patent series by province and year."""
    return load("official_series", OfficialFigure, key=("ref_area", "time_period", "indicator"))


@cache
def groups() -> tuple[Group, ...]:
    """Groups of places."""
    return load("groups", Group, key=("name",))


@cache
def false_places() -> tuple[FalsePlace, ...]:
    """Words that only look like places."""
    return load("false_places", FalsePlace, key=("word",))
