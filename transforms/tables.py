"""Tables, from HTML (cells kept apart by tabs) or flattened into lines (cells kept apart by spaces).

A header line names what its columns hold: periods, measures, changes, units. Each row names a measure or a place. A cell is
read where column and row together give a measure; all others stay unread numbers.

    指标                      2020年  2025年  属性
    发明专利授权量(件)            486     900    预期性
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from transforms.frames import indicator, inherit, terms, topical, unit_of
from transforms.numbers import find_quantities
from transforms.periods import find_periods, resolve
from transforms.places import choose, find_places
from transforms.thread import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.context import Setting
    from transforms.records import Line

_CELL_GAP = re.compile(r"\t+|\s{2,}| ")
_NUMBER = re.compile(r"[-+−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?")
_UNIT = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,8})\s*[)）]\s*$")
_CAPTION_UNIT = re.compile(r"单位\s*[:：]\s*([^\s，。；（）()]{1,6})")
_CHANGE = re.compile(r"同比|增长|增速|增幅|比上年|较上年")
_NEAR = 3  # lines above a header in which its title stands
_TITLE = 60  # characters of a table's title
_ZONE = re.compile(r"[\u4e00-\u9fff]{2,10}(?:新区|开发区|高新区|经开区|园区|度假区|示范区)")
_PARTS = ("#", "＃", "其中", "–", "—", "(其中)", "（其中）")
_SERIAL = re.compile(r"序号|编号|项次|No\.?")
_TARGET = re.compile(r"目标|计划|规划|预期")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str  # period | measure | change | unit | other
    period: str | None = None
    tags: frozenset[str] = frozenset()
    unit: str = ""
    target: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Caption:
    """What the line above a table says: its measure, unit and period."""

    words: str = ""
    tags: frozenset[str] = frozenset()
    unit: str = ""
    period: str | None = None


def read_tables(text: str, lines: Sequence[Line], setting: Setting) -> tuple[list[Draft], set[int]]:
    """Statements of all tables among the lines, and the indexes of the lines that belong to one."""
    drafts: list[Draft] = []
    used: set[int] = set()
    columns: list[_Column] = []
    caption, unit, above = _Caption(), "", frozenset[str]()
    for i, line in enumerate(lines):
        cells = _cells(text, line)
        if m := _CAPTION_UNIT.search(text, line.start, line.end):
            unit = m.group(1)
        header = _header(cells, setting)
        if header:
            columns = header
            caption = _caption(text, lines[max(0, i - _NEAR) : i], unit, setting)
            used.add(i)
            continue
        if not columns:
            continue
        if len(cells) < 2 or not any(_NUMBER.fullmatch(c.text.rstrip("%％")) for c in cells[1:]):
            if line.end > line.start and line.role not in ("empty", "heading"):
                columns = []
            continue
        made = _row(cells, columns, caption, above, setting)
        above = above if cells[0].text.startswith(_PARTS) else frozenset().union(*(v for _, _, v in terms().find(cells[0].text)))
        if made:
            drafts += made
            used.add(i)
    return drafts, used


def _caption(text: str, above: Sequence[Line], unit: str, setting: Setting) -> _Caption:
    """The title of a table: the nearest short line above that names a measure, and the nearest that names a period."""
    words, tags, period = "", frozenset[str](), None
    for line in reversed(above):
        s = text[line.start : line.end]
        if len(s) > _TITLE:
            continue
        named = frozenset().union(*(v for _, _, v in terms().find(s)))
        if not tags and indicator(named, ""):
            words, tags = _UNIT.sub("", s), named
        for p in find_periods(s):
            found = resolve(p, setting.anchor, setting.anchor.year if setting.anchor else None)
            if period is None and found and p.kind in ("year", "part", "window", "relative_year"):
                period = found
    return _Caption(words, tags, unit, period)


def _cells(text: str, line: Line) -> list[_Cell]:
    cells, at = [], line.start
    for m in _CELL_GAP.finditer(text, line.start, line.end):
        if m.start() > at:
            cells.append(_Cell(at, m.start(), text[at : m.start()]))
        at = m.end()
    if line.end > at:
        cells.append(_Cell(at, line.end, text[at : line.end]))
    return cells


def _header(cells: Sequence[_Cell], setting: Setting) -> list[_Column]:
    """The columns, if this is a header: two cells or more, none of them a bare number, one at least a period or a measure."""
    if (
        len(cells) < 2
        or any(_NUMBER.fullmatch(c.text.rstrip("%％")) for c in cells)
        or any(c.text.endswith(("。", "；")) for c in cells)
    ):
        return []
    if any(len(c.text) > 24 for c in cells):
        return []
    columns = [_column(c, setting) for c in cells]
    told = [c for c in columns[1:] if c.kind in ("period", "measure")]
    return columns if told else []


def _column(cell: _Cell, setting: Setting) -> _Column:
    body = _UNIT.sub("", cell.text)
    unit = m.group(1) if (m := _UNIT.search(cell.text)) else ""
    periods = find_periods(body)
    if periods and periods[0].start == 0 and len(body) - periods[0].end <= 4:
        year = setting.anchor.year if setting.anchor else None
        return _Column(
            "period", resolve(periods[0], setting.anchor, year), unit=unit, target=bool(_TARGET.search(body)), text=body
        )
    if _CHANGE.search(body):
        return _Column("change", unit=unit)
    tags = frozenset().union(*(v for _, _, v in terms().find(body)))
    if tags and topical(tags):
        return _Column("measure", tags=tags, unit=unit)
    return _Column("unit" if body in ("单位", "计量单位") else "other", text=body)


def _row(
    cells: Sequence[_Cell], columns: Sequence[_Column], caption: _Caption, above: frozenset[str], setting: Setting
) -> list[Draft]:
    first = 1 if _SERIAL.fullmatch(columns[0].text) else 0
    label = cells[first]
    tags = frozenset().union(*(v for _, _, v in terms().find(label.text)))
    if label.text.startswith(_PARTS) and indicator(tags, "") is None:
        tags = inherit(tags, above)  # #发明专利 below 专利授权量
    row_unit = m.group(1) if (m := _UNIT.search(label.text)) else ""
    places = [p for p in find_places(label.text) if p.kind == "named"]
    code_of_place = choose(places[-1], setting.authority) if places and places[-1].end >= len(label.text) - 1 else None
    unit_cell = next((c.text for c, col in zip(cells, columns, strict=False) if col.kind == "unit"), "")
    drafts: list[Draft] = []
    for cell, column in zip(cells[first + 1 :], columns[first + 1 :], strict=False):
        number = cell.text.rstrip("%％")
        if not _NUMBER.fullmatch(number):
            continue
        unit_text = row_unit or column.unit or unit_cell or caption.unit
        value, unit = _value(number, unit_text)
        if column.kind == "change" and drafts:
            drafts.append(
                _draft(
                    setting,
                    drafts[-1].indicator,
                    drafts[-1].words,
                    "yoy_pct",
                    Decimal(number),
                    "%",
                    label,
                    cell,
                    drafts[-1].time_period,
                    code_of_place,
                    target=False,
                )
            )
        elif column.kind == "period" and tags:
            drafts += _level(setting, tags, label, cell, value, unit, column.period, code_of_place, target=column.target)
        elif column.kind == "period" and code_of_place and caption.tags:
            named = _Cell(label.start, label.end, caption.words)  # places in rows, years across: the title tells the measure
            drafts += _level(setting, caption.tags, named, cell, value, unit, column.period, code_of_place, target=column.target)
        elif column.kind == "measure" and (code_of_place or _ZONE.fullmatch(label.text) or topical(column.tags)):
            drafts += _level(setting, column.tags, label, cell, value, unit, caption.period, code_of_place, target=False)
    return drafts


def _value(number: str, unit_text: str) -> tuple[Decimal, str]:
    """Number and unit words together, read as if they stood in a sentence (4.62 and 万件 are 46200 件)."""
    unit_text = re.sub(r"[/／每](?:年|季|月)$", "", unit_text)
    plain = number.replace(",", "").replace("，", "").replace("−", "-").lstrip("+")
    found = find_quantities(f"{plain.lstrip('-')}{unit_text}") if unit_text else []
    if found and found[0].klass in ("quantity", "percent"):
        sign = -1 if plain.startswith("-") else 1
        return sign * found[0].value, found[0].unit
    return Decimal(plain), ""


def _level(
    setting: Setting, tags: frozenset[str], label: _Cell, cell: _Cell, value: Decimal, unit: str, period: str | None,
    place: str | None, *, target: bool,
) -> list[Draft]:  # fmt: skip
    code = indicator(tags, unit)
    words = _UNIT.sub("", label.text)
    if code is None:
        if not topical(tags) or not unit:
            return []
        code = f"open:{words}"
    return [_draft(setting, code, words, "level", value, unit_of(code) or unit, label, cell, period, place, target=target)]


def _draft(
    setting: Setting, code: str, words: str, transformation: str, value: Decimal, unit: str, label: _Cell, cell: _Cell,
    period: str | None, place: str | None, *, target: bool,
) -> Draft:  # fmt: skip
    reason = "the column's header"
    if period is None:
        period, reason = setting.period_of(code, transformation)
    area, area_reason = (place, "the row's header") if place else (setting.authority, setting.authority_reason)
    ahead = bool(setting.anchor and period and period[:4].isdigit() and int(period.split("/")[-1][:4]) > setting.anchor.year)
    return Draft(
        ref_area=area, ref_area_reason=area_reason, time_period=period, time_period_reason=reason, indicator=code, words=words,
        scope=label.text if place is None and _ZONE.fullmatch(label.text) else setting.scope, transformation=transformation, value=value, unit=unit, status="target" if target or ahead else "actual",
        qualifier="eq", base="", start=label.start, end=cell.end, rule="table",
    )  # fmt: skip
