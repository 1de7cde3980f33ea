"""A period code as a row of dim_period: real dates, grain and labels.

>>> p = period("2022-01/2022-09")
>>> p.start_on.isoformat(), p.end_on.isoformat(), p.grain.value, p.label_zh, p.label_en
('2022-01-01', '2022-09-30', 'months', '2022年1—9月', 'Jan–Sep 2022')
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache

from seeds.tables import plan_periods
from warehouse.dimensions import DimPeriod, Grain
from warehouse.keys import period_key

_SINGLE = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:-(?:S(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class PeriodError(ValueError):
    """A text that is no period code."""


@cache
def period(code: str) -> DimPeriod:
    """The row of a period code: 2020, 2020-S1, 2020-Q3, 2020-06, 2022-09-30, or two of them with a slash between.

    Raises:
        PeriodError: it is none of these, names a day that does not exist, or ends before it begins.
    """
    first, slash, last = code.partition("/")
    start, _, grain, label_zh, label_en = _single(first)
    end = _single(first)[1]
    if slash:
        end_start, end, end_grain, end_zh, end_en = _single(last)
        if end_grain is not grain or grain is Grain.DAY or end_start < start:
            raise PeriodError(f"{code!r} is no range of periods: both sides should be of one grain, the earlier one first")
        grain, label_zh, label_en = _range(start, end, grain, (label_zh, end_zh), (label_en, end_en))
    plan = next((p for p in plan_periods() if (p.start, p.end) == (start.year, end.year)), None) if grain is Grain.YEARS else None
    if plan is not None:
        label_zh, label_en = f"“{plan.name}”时期（{label_zh}）", f"{_ordinal(plan.ordinal)} Five-Year Plan ({label_en})"
    return DimPeriod(
        period_key=period_key(code), code=code, grain=grain, start_on=start, end_on=end, year=end.year,
        plan=plan.name if plan else "", label_zh=label_zh, label_en=label_en,
    )  # fmt: skip


def _single(code: str) -> tuple[date, date, Grain, str, str]:
    m = _SINGLE.fullmatch(code)
    if m is None:
        raise PeriodError(
            f"{code!r} is no period code; expected are 2020, 2020-S1, 2020-Q3, 2020-06, 2022-09-30 or a range such as 2016/2020"
        )
    year = int(m["year"])
    if m["half"]:
        half = int(m["half"])
        return *_months(year, 6 * half - 5, 6 * half), Grain.HALF_YEAR, f"{year}年{'上下'[half - 1]}半年", f"H{half} {year}"
    if m["quarter"]:
        q = int(m["quarter"])
        return *_months(year, 3 * q - 2, 3 * q), Grain.QUARTER, f"{year}年第{'一二三四'[q - 1]}季度", f"Q{q} {year}"
    if m["month"]:
        month = int(m["month"])
        if not 1 <= month <= 12:
            raise PeriodError(f"{code!r} names month {month}")
        if m["day"] is None:
            return *_months(year, month, month), Grain.MONTH, f"{year}年{month}月", f"{_MONTHS_EN[month - 1]} {year}"
        try:
            day = date(year, month, int(m["day"]))
        except ValueError:
            raise PeriodError(f"{code!r} is a day that does not exist") from None
        return day, day, Grain.DAY, f"{year}年{month}月{day.day}日", f"{day.day} {_MONTHS_EN[month - 1]} {year}"
    return *_months(year, 1, 12), Grain.YEAR, f"{year}年", str(year)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _range(start: date, end: date, grain: Grain, zh: tuple[str, str], en: tuple[str, str]) -> tuple[Grain, str, str]:
    if grain is Grain.YEAR:
        return Grain.YEARS, f"{start.year}—{end.year}年", f"{start.year}–{end.year}"
    if grain is Grain.MONTH and start.year == end.year:
        months = f"{_MONTHS_EN[start.month - 1]}–{_MONTHS_EN[end.month - 1]} {end.year}"
        return Grain.MONTHS, f"{start.year}年{start.month}—{end.month}月", months
    return Grain.MONTHS, "—".join(zh), "–".join(en)


def _ordinal(n: int) -> str:
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
