"""Every mention of time in a text, and the SDMX-like period that it means once the page's date is known.

>>> from datetime import date
>>> [(m.text, resolve(m, date(2025, 9, 3), 2025)) for m in find_periods("截至今年6月底，比上年增长，前三季度")]
[('截至今年6月底', '2025-06'), ('上年', '2024'), ('前三季度', '2025-01/2025-09')]
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.tables import plan_periods
from transforms.numerals import DIGITS, parse

if TYPE_CHECKING:
    from datetime import date

_CN = "零〇○一二三四五六七八九十两"
_Y = rf"(?:(?:19|20)\d{{2}}|[一二][{_CN}]{{3}})"
_REL = "今年|本年度?|去年|上一?年度?|(?<!提)前一?年|明年|当年|同年|年内|全年|年"
_RANGE = r"[-—–－~～至到]{1,2}|\?(?=\d)"

# What a mention begins with; looking for it first spares the pattern at four characters in five.
_FIRST = re.compile(rf"[\d{_CN}今本去上下前后明次翌当同年全半第头Q元截到至目迄现如日近月期过这最多长“\"‘]")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A mention of time. `year` is named, `offset` counts from the page's year, `part` is a slice of the year (S1, Q3, 06, 01/09)."""

    start: int
    end: int
    text: str
    kind: str  # year, relative_year, part, day, now, plan, window, since, vague
    year: int | None = None
    offset: int | None = None
    part: str = ""
    end_year: int | None = None
    role: str = ""  # as_of, by, base, from, title, end

    def with_role(self, role: str) -> PeriodMention:
        """The same mention in another role."""
        return PeriodMention(self.start, self.end, self.text, self.kind, self.year, self.offset, self.part, self.end_year, role)


@cache
def _plans() -> dict[str, tuple[int, int]]:
    return {n: (p.start, p.end) for p in plan_periods() for n in (p.name, *p.aliases)}


@cache
def _pattern() -> re.Pattern[str]:
    plans = "|".join(sorted(map(re.escape, _plans()), key=len, reverse=True))
    part = (
        rf"(?P<half>上半年|下半年|半年)|第?(?P<q>[一二三四1-4])季度|[前头](?P<ms>\d{{1,2}}|[{_CN}]{{1,3}})个?月|Q(?P<qn>[1-4])"
        rf"|(?:前|第?[一1](?:季度)?(?:{_RANGE}))(?P<qs>[一二两三四1-4])个?季度"
        rf"|(?P<m1>\d{{1,2}}|元)(?:月份?)?\s*(?:{_RANGE})\s*(?P<m2>\d{{1,2}})月份?|(?P<mr1>[{_CN}]{{1,2}})月?(?:至|到)(?P<mr2>[{_CN}]{{1,2}})月份?"
        rf"|(?P<m>\d{{1,2}}|[{_CN}]{{1,3}}|元)月份?(?:(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})[日号])?"
    )
    return re.compile(
        rf"(?P<asof>截至|截止到?|截止至|到|至)?(?P<by>(?<=[到至]))?\s*(?:"
        rf"[“\"‘]?(?P<plan>{plans})[”\"’]?(?P<plan_tail>末|期末|收官|期间|时期|以来|规划)?"
        rf"|(?P<r1>{_Y})\s*年?(?:(?P<rm1>\d{{1,2}})月份?)?\s*(?:{_RANGE}|/)\s*(?P<r2>{_Y})\s*年?(?:(?P<rm2>\d{{1,2}})月份?(?!\d)[末底]?)?"
        rf"|(?:(?P<y>{_Y})(?:\s*年(?:度)?(?:全年)?|(?=[上下]半年|[前第]?[一二三四1-4]个?季度|Q[1-4]))|(?P<rel>{_REL}))(?P<same>同期)?\s*(?:的(?=上半年|下半年|前))?(?:{part})?(?P<since>以来|至今|起)?(?P<tail>末|底|年末|年底|初|前)?"
        rf"|(?P<fy>{_Y})[-./．](?P<fm>1[0-2]|0?[1-9])[-./．](?P<fd>3[01]|[12]\d|0?[1-9])(?!\d)"
        rf"|(?P<py>{_Y})[.．](?P<pm>1[0-2]|0?[1-9])(?![\d.．])"
        rf"|(?:{part.replace('?P<', '?P<x_')})(?P<x_tail>末|底|初)?"
        rf"|(?P<now>截至目前|截止目前|目前|当前|迄今|至今|现有|现已|现在|如今|日前|近日|今日|截至发稿)"
        rf"|(?P<md>本月|当月|上个?月|月末|月底|期末)"
        rf"|(?P<ago>\d{{1,2}}|[{_CN}]{{1,2}})年(?:之)?前"
        rf"|(?P<window>(?:近|过去|这|最近|前)(?P<wn>\d{{1,2}}|[{_CN}]{{1,2}})年(?:来|间|里)?|(?P<wn2>\d{{1,2}}|[{_CN}]{{1,2}})年(?:来|间|累计|(?=增长|增加|净增|新增|翻|提高|下降|扩大)))"
        rf"|(?P<vague>近年来|近几年来?|多年来|长期以来)"
        rf"|(?P<ends>年末|年底|年初)"
        rf")"
    )


_BASE = re.compile(r"(?:比|较|同|与|和|是|为|相当于|约为|达到?|分别是|分别为|均是|占)\s*$")
_BASE_BEHIND = re.compile(r"(?:的同期)?(?:水平|末|底|同期)?(?:的\s*\d|相比|的近|的约|的[一二两三四五六七八九十])")
_FROM = re.compile(r"[从由自]\s*$")
_SLICES = {"01/06": "S1", "07/12": "S2", "01/03": "Q1", "04/06": "Q2", "07/09": "Q3", "10/12": "Q4"}
_FULL_DATE = re.compile(r"(?P<y>(?:19|20)\d{2})[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?")


def find_periods(text: str) -> list[PeriodMention]:
    """All mentions of time, left to right; each with its role (base of a comparison, as of, by, from, in a title)."""
    found: list[PeriodMention] = []
    titles = [(m.start(), m.end()) for m in re.finditer(r"《[^《》]{1,60}》|[〔\[]\d{4}[〕\]]", text)]
    at = 0
    pattern = _pattern()
    while first := _FIRST.search(text, at):
        m = pattern.match(text, first.start())
        if m is None or m.start() == m.end():
            at = first.end()
            continue
        at = m.end()
        mention = _mention(text, m)
        if mention is None or (found and found[-1].end == mention.start and _counts_years(found[-1], mention)):
            at = m.start() + (len(m["asof"]) if m["asof"] else 1)
            continue
        if any(s <= mention.start and mention.end <= e for s, e in titles):
            mention = mention.with_role("title")
        found.append(mention)
        at = mention.end
    return found


def _counts_years(before: PeriodMention, mention: PeriodMention) -> bool:
    """Whether a stretch of years only says how long the one before it is: 2016至2020五年间, “十三五”5年来."""
    return mention.kind == "window" and mention.year is None and before.kind in ("window", "plan")


# 2020年是“十三五”收官之年, “十四五”规划: a name, no period
_NAMED_AFTER_PLAN = re.compile(r"规划|发展规划|目标|任务|《|(?:收官|开局)?之年|收官|开局")


def _mention(text: str, m: re.Match[str]) -> PeriodMention | None:
    g = m.groupdict()
    words = m.group().strip()
    start = m.start() + len(m.group()) - len(m.group().lstrip())
    end = start + len(words)
    if start and text[start - 1].isdigit() and text[start : start + 1].isdigit():
        return None

    def made(kind: str, **slots: object) -> PeriodMention:
        role = str(slots.pop("role", ""))
        return PeriodMention(start, end, words, kind, **slots, role=_role(text, start, end, g, role))  # type: ignore[arg-type]

    if g["plan"]:
        if g["plan"] == "十五" and not (g["plan_tail"] or (text[start : start + 1] in '“"‘' and text[end - 1] in '”"’')):
            return None  # 十五家 is a number
        first, last = _plans()[g["plan"]]
        if _NAMED_AFTER_PLAN.match(text, end) or g["plan_tail"] in ("规划", "收官"):
            return made("plan", year=first, end_year=last, role="title")
        if g["plan_tail"] in ("末", "期末"):
            return made("year", year=last)
        return made("plan", year=first, end_year=last)
    if g["r1"]:
        months = f"{_small(g['rm1'] or '1'):02d}/{_small(g['rm2'] or '12'):02d}" if g["rm1"] or g["rm2"] else ""
        return made("window", year=_year(g["r1"]), end_year=_year(g["r2"]), part=months)
    if g["fy"]:
        return made("day", year=int(g["fy"]), part=f"{int(g['fm']):02d}-{int(g['fd'] or 0):02d}")
    if g["py"]:
        return made("part", year=int(g["py"]), part=f"{int(g['pm'] or 0):02d}")
    if g["now"]:
        return None if g["now"] in ("日前", "近日", "今日") else made("now", offset=0)
    if g["md"]:
        return made("now", offset=-1 if g["md"][0] == "上" else 0)
    if g["window"]:
        count = _small(g["wn"] or g["wn2"])
        return made("window", offset=-count) if count else None
    if g["ago"]:
        return made("relative_year", offset=-_small(g["ago"]))
    if g["vague"]:
        return made("vague")
    if g["ends"]:
        return made("relative_year", offset=None, part="start" if g["ends"] == "年初" else "")
    if g["y"] or g["rel"]:
        return _dated(text, g, made, start)
    return _undated(text, g, made, start)


def _dated(text: str, g: dict[str, str | None], made: object, start: int) -> PeriodMention | None:
    year = _year(g["y"]) if g["y"] else None
    offset = None
    if g["rel"]:
        if g["rel"] == "年" and not (g["half"] or g["q"] or g["m"] or g["m1"] or g["ms"] or g["qs"] or g["tail"]):
            return None
        if g["rel"] == "年" and start and text[start - 1] in "0123456789一二三四五六七八九十几多每半余来全当同往历今去明前后近两":
            return None
        offset = {"今年": 0, "本年": 0, "本年度": 0, "年内": 0, "去年": -1, "上年": -1, "上一年": -1, "上年度": -1, "上一年度": -1,
                  "前年": -2, "前一年": -1, "明年": 1}.get(g["rel"])  # fmt: skip
    part, day = _part(g, "")
    slots: dict[str, object] = {"year": year, "offset": offset, "part": part}
    if day:
        return made("day", **slots)  # type: ignore[operator,no-any-return]
    if g["since"] in ("以来", "至今") and not part:
        if g["rel"] in ("今年", "本年"):
            return made("relative_year", **slots)  # type: ignore[operator,no-any-return]
        return made("since", **slots)  # type: ignore[operator,no-any-return]
    return made("part" if part else ("year" if year else "relative_year"), **slots)  # type: ignore[operator,no-any-return]


def _undated(text: str, g: dict[str, str | None], made: object, start: int) -> PeriodMention | None:
    part, day = _part(g, "x_")
    if not part or (start and text[start - 1] in "0123456789〇零"):
        return None
    if day:
        return made("day", part=part)  # type: ignore[operator,no-any-return]
    return made("part", part=part)  # type: ignore[operator,no-any-return]


def _part(g: dict[str, str | None], x: str) -> tuple[str, bool]:
    """The slice of a year, and whether a day is named."""
    if g[x + "half"]:
        return {"上半年": "S1", "下半年": "S2", "半年": "S1"}[g[x + "half"] or ""], False
    if quarter := g[x + "q"] or g[x + "qn"]:
        return f"Q{_small(quarter)}", False
    if g[x + "qs"]:
        return f"01/{_small(g[x + 'qs'] or '') * 3:02d}", False
    if g[x + "ms"]:
        return f"01/{_small(g[x + 'ms'] or ''):02d}", False
    for a, b in (("m1", "m2"), ("mr1", "mr2")):
        if g[x + a]:
            low, high = _small(g[x + a] or ""), _small(g[x + b] or "")
            return (f"{low:02d}/{high:02d}" if 1 <= low < high <= 12 else ""), False
    if g[x + "m"]:
        month = _small(g[x + "m"] or "")
        if not 1 <= month <= 12:
            return "", False
        if g[x + "d"]:
            return f"{month:02d}-{_small(g[x + 'd'] or ''):02d}", True
        return f"{month:02d}", False
    return "", False


def _role(text: str, start: int, end: int, g: dict[str, str | None], role: str) -> str:
    if role:
        return role
    before = text[max(0, start - 4) : start]
    if _FROM.search(before):
        return "from"
    if _BASE.search(before) and (before.rstrip()[-1:] in "比较同与" or _BASE_BEHIND.match(text, end)):
        return "base"
    if g.get("same"):
        return "base"
    if g.get("asof") in ("截至", "截止", "截止到", "截止至"):
        return "as_of"
    if g.get("asof") in ("到", "至"):
        return "by"
    return ""


def _year(text: str | None) -> int:
    text = text or ""
    return int(text) if text.isdigit() else int("".join(str(DIGITS.get(c, 0)) for c in text))


def _small(text: str) -> int:
    return int(text) if text.isdigit() else int(parse(text.replace("元", "一")) or 0)


def _month(anchor: date, offset: int) -> str:
    months = anchor.year * 12 + anchor.month - 1 + offset
    return f"{months // 12}-{months % 12 + 1:02d}"


def _span(first: int, last: int, months: str) -> str | None:
    """A stretch of whole years, or from a month of the first to a month of the last; None where it runs backwards."""
    if not months:
        return f"{first}/{last}" if first < last else (str(first) if first == last else None)
    begin, end = months.split("/")
    ordered = "01" <= begin <= "12" and "01" <= end <= "12" and (first, begin) < (last, end)
    return f"{first}-{begin}/{last}-{end}" if ordered else None


def _day(year: int, part: str) -> str | None:
    month, day = map(int, part.split("-"))
    return f"{year}-{part}" if 1 <= day <= monthrange(year, month)[1] else None


def resolve(m: PeriodMention, anchor: date | None, year: int | None) -> str | None:
    """The period in the notation of the warehouse, None where it cannot be known.

    `anchor` is the page's date, `year` the year that the context has established; 今年 counts from the anchor alone.
    """
    named = m.year
    if named is None and m.offset is not None and m.kind in ("relative_year", "part", "day", "since"):
        named = anchor.year + m.offset if anchor else None
        if named is None:
            return None
    match m.kind:
        case "now":
            return _month(anchor, m.offset or 0) if anchor else None
        case "plan":
            return f"{m.year}/{m.end_year}"
        case "window":
            if m.year is not None and m.end_year is not None:
                return _span(m.year, m.end_year, m.part)
            last = year or (anchor.year if anchor else None)
            if last and m.offset == -1:
                return str(last)
            return f"{last + (m.offset or 0) + 1}/{last}" if last and m.offset else None
        case "vague":
            return None
        case "since":
            return f"{named}/{anchor.year}" if named and anchor and named < anchor.year else (str(named) if named else None)
        case "year" | "relative_year":
            if named is None and m.part == "":
                named = year
            return str(named) if named else None
        case _:
            pass
    named = named or year
    if named is None:
        return None
    if m.kind == "day":
        return str(named) if m.part == "12-31" else _day(named, m.part)
    if m.part in _SLICES:
        return f"{named}-{_SLICES[m.part]}"
    if "/" in m.part:
        low, high = m.part.split("/")
        return str(named) if m.part == "01/12" else f"{named}-{low}/{named}-{high}"
    if m.part == "12" and m.text.endswith(("底", "末")):
        return str(named)
    return f"{named}-{m.part}"
