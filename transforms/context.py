"""What a part of a document has established when a number is reached: whose place, which period, plan or report.

A `Setting` is the only mutable thing of the grammar: it hears the words in their order and answers for place, period and
status, each with the reason for its answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.actors import kind_of_actor
from transforms.authority import held_at
from transforms.frames import CARRIED, SLOTS, kind_of
from transforms.periods import PeriodMention, resolve
from transforms.places import PlaceMention, ancestors, choose, is_inside, level, name

if TYPE_CHECKING:
    from datetime import date

    from transforms.actors import Actor
    from transforms.clauses import Layout

_ORGAN = re.compile(
    r"(?:[（(][^）)]{1,8}[）)])?(?:省|市|区|县)?(?:知识产权|海关|市场监|科技|科学技术|人民政府|政府|日报|晚报|电视|新闻|统计局|版权局|高新)"
)
_BRANCH = re.compile(r"(?:代办处|办事处|分行|支行|海关关区)")
_PLANNED = re.compile(r"[^，。；,;]{0,24}(?:部署|安排)")
_PLANNING = re.compile(r"(?:部署|安排)了?$")
FROM_PAGE = "the date of the page; the text names no period"
_TWINNED = re.compile(r"[—–-]{1,2}(?=[\u4e00-\u9fff])|[—–-]")
_FIELD = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])(?:[在是]|公布|布局)?([\u4e00-\u9fffA-Za-z0-9]{2,7}?(?:领域|产业|行业))|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{3,6})(?=是)"
)
_LOST = re.compile("[，,]{2,}")  # 据统计，，全市…: a date was deleted
_LOST_YEAR = re.compile("年(?=全[省市县区州国])")
_OPENING = 14  # characters of a sentence within which its place is the paragraph's
_AVERAGE = re.compile(r"平均(?:水平)?(?:为|是|达|约)\s*\d")
_ABROAD = re.compile(r"(?:[、和与及]|等国|市场|进口|政府|总统|客商|企业家)")
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’|《[^《》]*》")
_SPAN = re.compile(r"\d{4}/\d{4}")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")
_LEVEL_OF = re.compile(r"的?\s*\d[\d.,]*(?:万|亿)?(?:件|家|个|项|元|万元|亿元)")
_PRONOUNS = frozenset({"该院", "该公司", "该校", "该企业", "该所", "该集团", "公司", "集团"})
_FIRM = re.compile(r"[\u4e00-\u9fff]{1,4}(?:集团|股份|公司)")
_STANDING = re.compile(r"总[量数额]的|前列|领先|平均|首|第|最|水平|位次|上游|前茅|的?(?:一半|[一二三四五六七八九]成)")
_WEAK_TARGET = frozenset({"不少于", "不低于", "要求"})
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
    _outer: tuple[str | None, str] | None = None  # the period that a window of years stands in for, until the sentence ends
    actor: str = ""  # the firm, fair or court that is spoken of: in mixed news for the paragraph, else for the sentence
    actor_place: tuple[str | None, str] = (None, "")
    _actors: dict[str, tuple[str, tuple[str | None, str]]] = field(default_factory=dict)  # the last of each kind
    protagonist: str = ""  # the firm that a whole story is about
    _firms: int = 0  # how many firms the text has brought up
    _heard_here: bool = False  # an actor was named in this paragraph
    lost: bool = False  # a period stood here and was lost
    field: str = ""  # the industry or the field that the paragraph speaks of
    place_said: bool = False  # the sentence speaks of a place as a whole
    _inline: bool = False
    _learned: bool = False
    _slice: str = ""
    _whole_place: bool = False
    stock: str | None = None  # the last closing date
    _paragraph: int = 0  # where the paragraph begins

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
            return self._slice or scope.removeprefix("该")
        if scope:
            self._slice = scope
        return scope

    def zone(self) -> str:
        """The park or zone that the part is about, unless the sentence speaks of the whole place."""
        return "" if self._whole_place else self.scope

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
        self.carry, self.actor, self._heard_here, self.field, self.lost = None, "", False, "", False
        if self._outer is not None:
            self.period, self.period_reason = self._outer
        self._outer = None
        self._paragraph = start
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
        self._whole_place = self.place_said = False
        if self.ip_document or self.report:
            self.actor, self.actor_place = self.protagonist, (self.authority, self.authority_reason)
        self.target = self.weak_target = self.firm_target = False
        self.from_period = None
        if self._outer is not None:
            self.period, self.period_reason = self._outer
            self._outer = None

    def hear(self, layout: Layout, start: int, end: int) -> None:
        """Take in the periods, places and cues of a stretch."""
        if _LOST.search(layout.text, max(start - 2, layout.start), end) or (
            start == layout.start and _LOST_YEAR.match(layout.text, start)
        ):
            self.lost = True
        for m in _FIELD.finditer(layout.text, start, end):
            self.field = m.group(1) or m.group(2)
        self.from_period = None
        self._hear_actors(layout, start, end)
        if self._inline and self._outer is not None:
            self.period, self.period_reason = self._outer
            self._outer, self._inline = None, False
        for p in layout.periods:
            if start <= p.start < end:
                self._hear_period(p, layout)
        self._hear_places(layout, start, end)
        for w in layout.words_in(start, end):
            if w.kind == "target" and not (w.text == "目标" and _counted(layout, w.start)):
                if w.text in ("任务", "下达任务"):
                    self.once_target = True
                elif w.text in _WEAK_TARGET:
                    self.weak_target = True
                else:
                    self.target = True
                    self.firm_target = self.firm_target or w.text in ("力争", "争取", "确保", "力求", "拟")

    def _hear_period(self, p: PeriodMention, layout: Layout) -> None:
        if p.role == "base" and _LEVEL_OF.match(layout.text, p.end):
            self.from_period = resolve(p, self.anchor, self._year())  # 比2015年的28.9件: that level is 2015's
            return
        if p.role in ("title", "base") or p.kind in ("vague", "yoy"):
            return
        if p.kind == "now" and layout.text.count("“", layout.start, p.start) > layout.text.count("”", layout.start, p.start):
            return  # what somebody says in quotes has a present of its own
        self.lost = False
        planned = _PLANNED.match(layout.text, p.end, layout.end)
        if planned and p.start - self._paragraph <= 8 and layout.text[planned.end() : planned.end() + 1] in ("：", ":"):
            self.section_target = True  # 2015年工作安排：… is the plan itself
        elif planned or _PLANNING.search(layout.text[max(layout.start, p.start - 4) : p.start]):
            return  # 部署2018年工作: what follows is still the report of the year before
        if p.kind == "day" and p.role == "from" and p.year:
            self.since = str(p.year)
        if p.kind == "day" and p.role != "as_of":
            return
        found = resolve(p, self.anchor, self._year())
        if found is None:
            if p.year is None and p.offset is None and self.period and len(self.period) > 4 and p.text.startswith("全年"):
                self.period = self.period[:4]
            return
        if p.role == "from" or p.kind == "since":
            self.since = found[:4]
        if p.role == "from":
            self.from_period = found
            return
        if p.role == "as_of" and self.since and self.since < found[:4]:  # 自2019年以来，截至2023年底: all that lies between
            self.flow = self.main = (f"{self.since}/{found[:4]}", f"“{p.text}”")
            self.period, self.period_reason, self.as_of, self._outer = *self.flow, False, None
            return
        deadline = p.text.endswith("前") or layout.text[p.end : p.end + 1] == "前"  # 10月底前 holds for its sentence
        opens = p.start - self._paragraph <= 4 and layout.text[p.end : p.end + 1] in (
            "，",
            ",",
        )  # 五年来，… holds for the paragraph
        floating = (
            deadline or p.kind == "since" or (p.kind == "window" and p.year is None and not opens)
        )  # 近五年; not 2014—2023年
        if floating and self._outer is None:
            self._outer = (self.period, self.period_reason)
            self._inline = p.start - layout.start > 3 and layout.text[p.end : p.end + 1] not in ("，", ",", "、")
        elif not floating:
            self._outer = None
        self.as_of = p.role == "as_of" or p.text.endswith(("末", "底")) or p.kind == "now"
        self.period, self.period_reason = found, f"“{p.text}”"
        if self.as_of and not deadline:
            self.stock = found
        if p.kind in ("window", "plan") and _SPAN.fullmatch(found):
            self.span = (found, f"“{p.text}”")
        if not self.as_of and not floating:
            self.flow = (self.period, self.period_reason)
        leads = p.start - self._paragraph <= 8 and layout.text[p.end : p.end + 1] in ("，", ",", "、")
        if self.ip_document and not floating and ((leads and not self.as_of) or (self.main[0] is None and p.kind != "plan")):
            self.main = (self.period, self.period_reason)

    def _year(self) -> int | None:
        for text in (self.period, self.default_period):
            if text and text[:4].isdigit():
                return int(text[-4:]) if re.fullmatch(r"\d{4}/\d{4}", text) else int(text[:4])
        return self.anchor.year if self.anchor else None

    def turn_to(self, layout: Layout, bracket: int) -> None:
        """What stands right before a bracket is the subject of the number in it: 北京（94.5件）, 华为公司（3293件）."""
        for p in layout.places:
            if p.end == bracket and p.kind in ("named", "foreign", "country") and (code := self.resolve_place(p, self.authority)):
                self.here, self.here_reason, self.actor = code, f"“{p.text}”", ""
        for a in layout.actors:
            if a.end == bracket and a.kind in ("firm", "body"):
                self.actor, self.actor_place, self.place_said = a.name, self._where_is(layout, a), False

    def _hear_actors(self, layout: Layout, start: int, end: int) -> None:
        for a in layout.actors:
            if not start <= a.start < end:
                continue
            if a.kind == "office":  # who speaks for the whole country, unless a place is named
                if self.here is None:
                    self.here = self.carry = "100000"
                    self.here_reason = f"“{a.name}”"
                continue
            if a.kind == "pronoun" or (a.name.startswith(("本届", "本次")) and "fair" in self._actors):
                self._hear_pronoun(a)
                continue
            if any(p.start < a.start < p.end or a.start < p.start < a.end < p.end for p in layout.places):
                continue  # 金华|为 is no 华为
            listed = "、" in layout.text[a.start - 1 : a.start] or layout.text[a.end : a.end + 1] in ("、", "等")
            if listed or ((self.ip_document or self.report) and not self._opens(layout, a)):
                continue
            self.actor, self.actor_place = a.name, self._where_is(layout, a)
            kind = kind_of_actor(a.name, a.kind)
            self._firms += kind == "firm" and self._actors.get(kind, ("",))[0] != a.name
            self._actors[kind] = (self.actor, self.actor_place)
            self._heard_here = True
            self._slice = a.name

    def _hear_pronoun(self, a: Actor) -> None:
        """Somebody named before; 这家公司 of a new paragraph stays an unnamed company."""
        kind = kind_of_actor(a.name, a.kind)
        if self.protagonist and kind in ("firm", kind_of_actor(self.protagonist, "")):
            self.actor = self.protagonist
            return
        known = self._actors.get(kind)
        if kind == "firm" and not self._heard_here and self._firms != 1:
            if a.name.startswith(("这", "该")):
                self.actor = a.name[-2:]
                self.actor_place = (
                    (self.here, self.here_reason) if (level(self.here or "") or 0) > 0 else (None, "the text does not place it")
                )
        elif known:
            self.actor, self.actor_place = known

    def _opens(self, layout: Layout, a: Actor) -> bool:
        """Whether an actor is the subject of its clause: only a date, a place or a source stands before it."""
        begin = max((c.start for c in layout.clauses if c.start <= a.start), default=layout.start)
        ahead = [(p.start, p.end) for p in layout.periods if p.end <= a.start]
        ahead += [(p.start, p.end) for p in layout.places if p.end <= a.start]
        ahead += [(w.start, w.end) for w in layout.words_in(begin, a.start)]
        known = sum(1 for i in range(begin, a.start) if any(s <= i < e for s, e in ahead) or not _HAN.match(layout.text, i))
        return a.start - begin - known <= 2

    def _where_is(self, layout: Layout, a: Actor) -> tuple[str | None, str]:
        """The place that the words before an actor (or in its name) put it in; a story's only place holds for all of it."""
        for p in reversed(layout.places):
            inside = a.start <= p.start and p.end <= a.end
            before = p.end <= a.start and a.start - p.end <= 6 and not any(c in layout.text[p.end : a.start] for c in "，。；、")
            if p.kind == "named" and ((inside and a.kind != "firm") or before):
                code = self.resolve_place(p, self.authority)
                if code:
                    return code, f"“{p.text}”"
        lowest = 0 if a.kind == "body" else 1
        if self.authority and (level(self.authority) or 0) >= (lowest if self.ip_document else 2):
            return self.here or self.authority, self.authority_reason
        return None, "the text does not place it"

    def _hear_places(self, layout: Layout, start: int, end: int) -> None:
        before = None
        for p in layout.places:
            if not (start <= p.start and p.end <= end) or not self._is_subject(layout, p):
                continue
            if p.weak and layout.text[p.end : p.end + 1] not in ("、", "法", "等", "两", "三", "和", "与", "一"):
                continue
            within = self.here if before is not None and before.end == p.start else self.authority
            code = self.resolve_place(p, within)
            if code is None:
                continue
            self.here, self.here_reason = code, f"“{p.text}”"
            self.place_said = self.place_said or p.kind in ("country", "relative")
            if self.protagonist and p.kind == "relative":
                self.actor = ""
            self._whole_place = self._whole_place or (p.kind == "relative" and p.level is not None)
            if p.kind in ("named", "country") and (not self.ip_document or p.start - layout.start <= _OPENING):
                self.carry = code
            before = p

    def _is_subject(self, layout: Layout, p: PlaceMention) -> bool:
        text = layout.text
        for w in layout.words_in(layout.start, layout.end):
            if (
                w.kind == "term"
                and w.end - w.start > 1
                and w.start < p.end
                and p.start < w.end
                and not (p.start <= w.start and w.end <= p.end)
            ):
                return False  # the name is part of a word, or crosses one (示范|县)
            if w.kind in ("rank", "share") and w.end <= p.start and not any(c in text[w.end : p.start] for c in "，,；;、："):
                return False
        if p.kind == "country" and self._leads(layout, p) and _AVERAGE.match(text, p.end):
            return True
        if p.kind != "named" and _STANDING.match(text, p.end):
            return False  # 处于全省前列 compares, it does not measure the province
        if any(b.role == "base" and b.end <= p.start and p.start - b.end <= 1 for b in layout.periods):
            return False
        ahead = text[max(layout.start, p.start - 3) : p.start]
        if ahead.endswith("在") and any(w.kind == "rank" and p.end <= w.start <= p.end + 24 for w in layout.words):
            return False  # 在全省考核中位列第三 ranks within the province
        if any(c in ahead for c in ("比", "较", "于", "赴", "到", "自")) and (p.kind == "named" or p.text == "中国"):
            return False
        if p.text == "国内" and not any(
            w.kind == "term" and p.end <= w.start <= p.end + 8 for w in layout.words_in(p.end, layout.end)
        ):
            return False  # 国内高等院校 are not the country
        if p.text == "国内" and text[p.end : p.end + 1] in ("外", "和", "、", "首", "市", "第", "高", "最"):
            return False
        if p.kind == "country":
            national = self.authority in (None, "100000")
            return p.text == "我国" or (national and p.text in ("中国", "全国", "国内", "国家知识产权局"))
        if p.kind == "world":
            return self.authority in (None, "100000") and self._leads(layout, p) and not _STANDING.match(text, p.end)
        if p.kind == "foreign":
            return self.authority in (None, "100000") and self._leads(layout, p) and not _ABROAD.match(text, p.end)
        if p.kind == "group" and self.authority not in (None, "100000") and not self._leads(layout, p):
            return False
        if held_at(text, p) or _TWINNED.match(text, p.end) or _TWINNED.fullmatch(text[p.start - 1 : p.start]):
            return False  # 深圳—香港—广州 is a place of its own
        if _BRANCH.match(text, p.end) or (p.kind == "named" and _FIRM.match(text, p.end)):
            return False
        if p.kind == "named" and self.authority and _ORGAN.match(text, p.end):
            own = set(ancestors(self.authority))
            return not any(c in own for c in p.codes)
        return True

    def _leads(self, layout: Layout, p: PlaceMention) -> bool:
        """Whether a mention opens its clause, with nothing but a date before it."""
        begin = max((c.start for c in layout.clauses if c.start <= p.start), default=layout.start)
        dates = sum(x.end - x.start for x in layout.periods if begin <= x.start and x.end <= p.start)
        return p.start - begin - dates <= 1

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
        year = str(plan.end_year) if plan else str(self._year() or "")
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


def _counted(layout: Layout, at: int) -> bool:
    """Whether a word only says of the number before it that it was an aim (未完成16万件目标)."""
    return any(0 <= at - q.end <= 4 for c in layout.clauses for g in c.groups for q in g)
