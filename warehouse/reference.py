"""The rows that the seed tables give: places, plan periods, catalogue, units, the official series, and the unknown members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import seeds
from seeds.tables import groups, indicators, official_series, plan_periods, regions, units
from transforms.places import Country
from warehouse.dimensions import DimIndicator, DimPeriod, DimRegion, DimSource, DimUnit, Flow, Grain, RegionKind
from warehouse.facts import FactOfficial
from warehouse.keys import UNKNOWN, indicator_key, period_key, region_key, unit_key
from warehouse.periods import period

if TYPE_CHECKING:
    from seeds.tables import Region

_NATION = "100000"
_KINDS = (RegionKind.COUNTRY, RegionKind.PROVINCE, RegionKind.PREFECTURE, RegionKind.COUNTY)
# Amounts in these may be added up; times, scores, ranks, ratios and what is per head may not.
_ADDITIVE = frozenset({"count", "money", "multiple_of", "length", "area", "mass"})


@dataclass(frozen=True, slots=True)
class RegionLabel:
    """English name and ISO code of a place."""

    code: str
    name_en: str
    iso_code: str


@cache
def reference_rows() -> dict[str, list[Any]]:
    """Rows by table, unknown members first."""
    return {
        "dim_region": [_region(UNKNOWN, "unknown", "未知", RegionKind.UNKNOWN, name_en="Unknown"), *known_regions().values()],
        "dim_period": [_unknown_period(), *(period(code) for code in _periods())],
        "dim_indicator": [_unknown_indicator(), *known_indicators().values()],
        "dim_unit": [DimUnit(UNKNOWN, "unknown", "未知", "Unknown", "unknown", additive=False), *known_units().values()],
        "dim_source": [DimSource(UNKNOWN, "unknown")],
        "fact_official": _official(),
    }


@cache
def known_regions() -> dict[str, DimRegion]:
    """Every place of the seeds by its code: divisions present and past, groups, countries, the world."""
    by_code = {r.code: r for r in regions()}
    made = {r.code: _division(r, by_code) for r in regions()}
    made["WLD"] = _region(region_key("WLD"), "WLD", "世界", RegionKind.WORLD)
    for g in groups():
        made[g.name] = _region(region_key(g.name), g.name, g.name, RegionKind.GROUP, members="|".join(g.members))
    for c in seeds.load("countries", Country, key=("name",)):
        made[c.name] = _region(region_key(c.name), c.name, c.name, RegionKind.FOREIGN, iso_code=c.code)
    return made


def other_region(name: str) -> DimRegion:
    """A place that the seeds do not have: a group of places, as the document names it."""
    return _region(region_key(name), name, name, RegionKind.GROUP)


def _division(r: Region, by_code: dict[str, Region]) -> DimRegion:
    chain = {r.level: r}
    at = r
    while at.parent:
        at = by_code[at.parent]
        chain.setdefault(at.level, at)
    province, prefecture = chain.get(1), chain.get(2)
    return _region(
        region_key(r.code), r.code, r.name_zh, _KINDS[r.level], short_name=r.short_name, level=r.level, status=r.status,
        successors="|".join(r.successors), parent_code=r.parent or None, province_code=province.code if province else None,
        province_zh=province.name_zh if province else None, prefecture_code=prefecture.code if prefecture else None,
        prefecture_zh=prefecture.name_zh if prefecture else None,
    )  # fmt: skip


def _region(
    key: int, code: str, name_zh: str, kind: RegionKind, *, name_en: str | None = None, short_name: str = "",
    level: int | None = None, status: str = "current", successors: str = "", parent_code: str | None = None,
    province_code: str | None = None, province_zh: str | None = None, prefecture_code: str | None = None,
    prefecture_zh: str | None = None, members: str = "", iso_code: str | None = None,
) -> DimRegion:  # fmt: skip
    label = _labels().get(code)
    return DimRegion(
        region_key=key, code=code, name_zh=name_zh, name_en=label.name_en if label else name_en, short_name=short_name or name_zh,
        kind=kind, level=level, status=status, successors=successors, parent_code=parent_code, province_code=province_code,
        province_zh=province_zh, prefecture_code=prefecture_code, prefecture_zh=prefecture_zh, members=members,
        iso_code=(label.iso_code or None) if label else iso_code,
    )  # fmt: skip


@cache
def _labels() -> dict[str, RegionLabel]:
    return {r.code: r for r in seeds.load("region_labels", RegionLabel)}


@cache
def known_indicators() -> dict[str, DimIndicator]:
    """The catalogue by code."""
    return {
        i.code: DimIndicator(
            indicator_key=indicator_key(i.code), code=i.code, category=i.category, name_zh=i.name_zh, name_en=i.name_en,
            unit=i.unit, kind=Flow(i.kind), parent_code=i.parent or None, is_open=False,
        )
        for i in indicators()
    }  # fmt: skip


def open_indicator(code: str) -> DimIndicator:
    """The row of a measure that the catalogue lacks: its words are its name, nothing else is known of it."""
    return DimIndicator(
        indicator_key=indicator_key(code), code=code, category="open", name_zh=code.removeprefix("open:"), name_en=None, unit="",
        kind=Flow.UNKNOWN, parent_code=None, is_open=True,
    )  # fmt: skip


def _unknown_indicator() -> DimIndicator:
    return DimIndicator(UNKNOWN, "unknown", "unknown", "未知", "Unknown", "", Flow.UNKNOWN, None, is_open=True)


@cache
def known_units() -> dict[str, DimUnit]:
    """The units of the seeds by code."""
    return {
        u.code: DimUnit(unit_key(u.code), u.code, u.name_zh, u.name_en, u.dimension, u.dimension in _ADDITIVE) for u in units()
    }


def other_unit(code: str) -> DimUnit:
    """A unit that the seeds do not have; it is not taken for additive."""
    return DimUnit(unit_key(code), code, code, None, "unknown", additive=False)


def _unknown_period() -> DimPeriod:
    return DimPeriod(UNKNOWN, "unknown", Grain.UNKNOWN, None, None, None, "", "未知", "Unknown")


def _periods() -> list[str]:
    return sorted({f"{p.start}/{p.end}" for p in plan_periods()} | {f.time_period for f in official_series()})


def _official() -> list[FactOfficial]:
    return [
        FactOfficial(
            region_key=region_key(_NATION if f.ref_area == "000000" else f.ref_area),  # the collection's code of the nation
            period_key=period_key(f.time_period), indicator_key=indicator_key(f.indicator), unit_key=unit_key(f.unit),
            value=f.value, source=f.source,
        )
        for f in official_series()
    ]  # fmt: skip
