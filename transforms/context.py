"""What a part of a document has established when a number is reached: whose place, which period, plan or report.

A `Setting` is the only mutable thing of the grammar: it hears the words in their order and answers for place, period and
status, each with the reason for its answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.frames import CARRIED, SLOTS, kind_of
from transforms.places import PlaceMention, ancestors, choose, is_inside, level, name

if TYPE_CHECKING:
    from datetime import date

    from transforms.clauses import Layout

FROM_PAGE = "the date of the page; the text names no period"
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’|《[^《》]*》")
_SPAN = re.compile(r"\d{4}/\d{4}")
_PRONOUNS = frozenset({"该院", "该公司", "该校", "该企业", "该所", "该集团", "公司", "集团"})
_TARGET_HEADING = re.compile(r"目标|打算|计划|任务|安排|部署|下一步|今后|展望|要点|举措|措施|保障")
_REPORT_HEADING = re.compile(r"回顾|总结|基础|成效|成绩|情况|形势|现状|完成|规模|机构|分析|进展")
_PLAN_TITLE = re.compile(r"要点|计划|规划|方案|安排|打算")
_REPORT_TITLE = re.compile(r"发布会|总结|回顾|情况|报告|白皮书|公报|通报|统计|数据")


@dataclass(slots=True)
class Setting:
    """Place, period and status as they stand at the place that is being read."""

    authority: str | None  # code of the place that the part speaks for
    authority_reason: str
    anchor: date | None  # publication date of the document
    default_period: str | None  # a period of the title or heading
    scope: str = ""  # a slice that the whole part is about
    ip_document: bool = False
    plan_title: bool = False
    report: bool = False  # a government's own report: what it names without more is its whole territory
    topic: frozenset[str] = frozenset()  # what the title (or else the last sentence) is about
    title_topic: bool = False
    as_of: bool = False  # the period is a closing date (截至年底)
    flow: tuple[str | None, str] = (None, "")  # the last period that is no closing date
    main: tuple[str | None, str] = (None, "")  # the first period of the section
    period: str | None = None
    period_reason: str = ""
    here: str | None = None
    here_reason: str = ""
    carry: str | None = None  # place of the paragraph, in documents that speak for no local place
    target: bool = False
    once_target: bool = False  # a task that is set: the next number alone
    firm_target: bool = False  # 力争 and the like mean a plan even on a page that is dated later
    weak_target: bool = False
    section_target: bool = False
    from_period: str | None = None
    unknown_start: bool = False  # 从28件提高到: the first level belongs to a time that is not named
    span: tuple[str | None, str] = (None, "")  # the last stretch of several years of the paragraph
    since: str | None = None  # the year that the sentence starts from
    outer: tuple[str | None, str] | None = None  # the period that a window of years stands in for, until the sentence ends
    actor: str = ""  # the firm, fair or court that is spoken of: in mixed news for the paragraph, else for the sentence
    actor_place: tuple[str | None, str] = (None, "")
    actors: dict[str, tuple[str, tuple[str | None, str]]] = field(default_factory=dict)  # the last of each kind
    protagonist: str = ""  # the firm that a whole story is about
    firms: int = 0  # how many firms the text has brought up
    heard_here: bool = False  # an actor was named in this paragraph
    lost: bool = False  # a period stood here and was lost
    field: str = ""  # the industry or the field that the paragraph speaks of
    place_said: bool = False  # the sentence speaks of a place as a whole
    inline: bool = False
    _learned: bool = False
    last_slice: str = ""
    whole_place: bool = False
    stock: str | None = None  # the last closing date
    paragraph: int = 0  # where the paragraph begins

    def set_title(self, title: str) -> None:
        """A plan's title makes what follows a plan, unless a section reports."""
        self.report = "工作报告" in title
        title = _QUOTED.sub("", title)
        self.plan_title = bool(_PLAN_TITLE.search(title)) and not _REPORT_TITLE.search(title)

    def forget_period(self) -> None:
        """Start over: the title has been read."""
        self.period, self.as_of = None, False
        self.flow = self.main = (None, "")

    def learn_topic(self, named: frozenset[str] | None, last: frozenset[str]) -> None:
        """What later sentences without a subject are about: the first measure that the body names, else the title's, else the last."""
        if not self.ip_document:
            return
        if named and not self._learned:
            self.topic, self._learned = named & CARRIED, True
        elif last and not self._learned and not self.title_topic:
            self.topic = (last & CARRIED) - SLOTS[1]

    def named_slice(self, scope: str) -> str:
        """A slice by its name: 该院 and 公司 stand for the one named before them."""
        if scope in _PRONOUNS:
            return self.last_slice or scope.removeprefix("该")
        if scope:
            self.last_slice = scope
        return scope

    def zone(self) -> str:
        """The park or zone that the part is about, unless the sentence speaks of the whole place."""
        return "" if self.whole_place else self.scope

    def open_section(self, heading: str) -> None:
        """A heading says whether plans or reports follow, and may name a period."""
        if self.ip_document:
            self.main = (None, "")
        if _TARGET_HEADING.search(heading) and not _REPORT_HEADING.search(heading):
            self.section_target = True
        elif _REPORT_HEADING.search(heading):
            self.section_target = False

    def open_paragraph(self, start: int = 0) -> None:
        """A new paragraph forgets the place of the one before, and goes back to the section's first period.

        A page of mixed news goes back to no period at all: its paragraphs have nothing in common.
        """
        self.carry, self.actor, self.heard_here, self.field, self.lost = None, "", False, "", False
        if self.outer is not None:
            self.period, self.period_reason = self.outer
        self.outer = None
        self.paragraph = start
        self.span = (None, "")
        if self.main[0]:
            self.period, self.period_reason = self.main
            self.flow = self.main
            self.as_of = False
        elif not self.ip_document:
            self.period, self.flow = None, (None, "")

    def open_sentence(self) -> None:
        """A new sentence starts from the part's place (or the paragraph's, where the part has none)."""
        local = self.authority is not None and (level(self.authority) or 0) > 0
        mixed = not self.ip_document and not self.report
        nearer = self.carry is not None and (not local or (mixed and is_inside(self.carry, self.authority or "")))
        self.here = self.carry if nearer else self.authority
        self.here_reason = "named earlier in the paragraph" if nearer else self.authority_reason
        self.since = None
        self.whole_place = self.place_said = False
        if self.ip_document or self.report:
            self.actor, self.actor_place = self.protagonist, (self.authority, self.authority_reason)
        self.target = self.weak_target = self.firm_target = False
        self.from_period = None
        if self.outer is not None:
            self.period, self.period_reason = self.outer
            self.outer = None

    def year(self) -> int | None:
        """The year that is spoken of: the period's last, else the title's, else the page's."""
        for text in (self.period, self.default_period):
            if text and text[:4].isdigit():
                return int(text[-4:]) if re.fullmatch(r"\d{4}/\d{4}", text) else int(text[:4])
        return self.anchor.year if self.anchor else None

    def resolve_place(self, p: PlaceMention, within: str | None) -> str | None:
        """The code of a mention: 全市 by the authority's tree, a name by the candidate nearest to `within`."""
        if p.kind == "country":
            return "100000"
        if p.kind == "relative":
            return self._relative(p)
        if p.kind in ("group", "world", "foreign"):
            return p.codes[0]
        return choose(p, within)

    def _relative(self, p: PlaceMention) -> str | None:
        if self.authority is None:
            return None
        tree = [self.authority, *ancestors(self.authority)]
        if p.level is None:
            return self.authority
        if "市" in p.text and level(self.authority) == 3 and name(self.authority).endswith("市"):
            return self.authority  # 全市 of a city at county level
        named = [c for c in tree if level(c) == p.level]
        if named:
            return named[0]
        return self.authority if "市" in p.text and level(self.authority) in (1, 3) else None

    def listed_places(self, layout: Layout, start: int, end: int) -> list[tuple[str | None, str]]:
        """Places that stand in a list (绍兴、金华): codes with reasons."""
        found: list[tuple[PlaceMention, str]] = []
        for p in layout.places:
            if start <= p.start and p.end <= end and p.kind in ("named", "foreign"):
                code = p.codes[0] if p.kind == "foreign" else choose(p, self.authority)
                if code:
                    found.append((p, code))
        chained = [
            i
            for i in range(1, len(found))
            if layout.text[found[i - 1][0].end : found[i][0].start] not in ("、", "和", "与", "及")
        ]
        return [] if chained or len(found) < 2 else [(code, f"“{p.text}”") for p, code in found]

    def aim(self, layout: Layout, start: int, end: int) -> None:
        """The next number is an aim: of the plan that the clause names, else of the year that is spoken of."""
        self.once_target = True
        plan = next((p for p in layout.periods if p.kind == "plan" and start <= p.start and p.end <= end), None)
        year = str(plan.end_year) if plan else str(self.year() or "")
        self.from_period = year or None

    def together(self, layout: Layout, start: int, end: int) -> tuple[str | None, str] | None:
        """The authority, where one number is of several places together (杭州海关、宁波海关共查扣); None for a single place."""
        places = self.listed_places(layout, start, end)
        return (self.authority, f"{len(places)} places together") if len(places) > 1 else None

    def place(self) -> tuple[str | None, str]:
        """The place of the statement and why."""
        return self.here, self.here_reason

    def long_period(self) -> bool:
        """Whether the period spans several years, so that a bare 增长 is no change on the year before."""
        return bool(self.period and re.fullmatch(r"\d{4}/\d{4}", self.period))

    def period_of(self, code: str, transformation: str, base: str = "", *, summed: bool = False) -> tuple[str | None, str]:
        """The period of a statement about `code`, and why; `summed` after 累计 and 年均, which speak of several years."""
        if summed and self.span[0] and kind_of(code) != "stock" and not (self.period and _SPAN.fullmatch(self.period)):
            return self.span
        if self.lost:
            return None, "the period is lost from the text"
        if self.unknown_start and not self.from_period:
            if self.period and _SPAN.fullmatch(self.period):
                return str(int(self.period[:4]) - 1), f"the year before {self.period_reason}"  # what a plan started from
            return None, "the text does not say when it was so"
        if self.from_period and transformation == "level":
            return self.from_period, "the period before the number"
        if self.period:
            if self.as_of and self.flow[0] and kind_of(code) == "flow" and self.flow[0][:4] == self.period[:4]:
                return self.flow
            if kind_of(code) == "stock" and not self.target and self.stock and self.stock.startswith(f"{self.period}-"):
                return self.stock, "the closing date named before"  # 今年 is not over yet: the last 截至 holds for stocks
            if kind_of(code) == "stock" and transformation in ("level", "change_pct", "share_pct", "ratio", "change_abs", "rank"):
                return _end_of(self.period), self.period_reason
            if transformation == "cagr_pct" and self.since and self.since < self.period[:4]:
                return f"{self.since}/{self.period[:4]}", "from the first year to the last"
            if base == "named" and transformation in ("change_pct", "change_abs", "ratio", "change_pp"):
                return _end_of(self.period), self.period_reason
            return self.period, self.period_reason
        if self.default_period:
            return self.default_period, "the title"
        if self.anchor:
            if self.target or self.section_target:
                return None, FROM_PAGE  # when an aim is to be reached, the date of the page does not tell
            return f"{self.anchor.year}-{self.anchor.month:02d}", FROM_PAGE
        return None, "the page does not tell"

    def status(self, period: str | None, *, guessed: bool = False) -> str:
        """`target` after words of intention, in a section of aims, or for a period that ends after the page's date."""
        if self.once_target:
            self.once_target = False
            return "target"
        ahead = self._after_anchor(period)
        if ahead > 0:
            return "target"
        if self.target and (ahead >= 0 or self.firm_target or guessed):
            return "target"
        if (self.weak_target or self.section_target or self.plan_title) and ahead == 0 and self.anchor:
            return "target"
        if self.section_target and self.anchor is None:
            return "target"
        return "actual"

    def _after_anchor(self, period: str | None) -> int:
        """1: the period begins after the page's year; 0: the same year or not known; -1: it is over."""
        if not self.anchor or not period or not period[:4].isdigit():
            return 0
        last = period.split("/")[-1]
        year = int(last[:4])
        if year == self.anchor.year and len(last) == 7 and last[5:].isdigit() and int(last[5:]) <= self.anchor.month:
            return -1
        return (year > self.anchor.year) - (year < self.anchor.year)


def _end_of(period: str) -> str:
    """A stock is counted at the end: 2016/2020 -> 2020, 2023-S1 -> 2023-06."""
    last = period.rsplit("/", maxsplit=1)[-1]
    if last.endswith("-S1"):
        return f"{last[:4]}-06"
    if last.endswith("-S2"):
        return last[:4]
    return last
