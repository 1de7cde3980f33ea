"""Listening: a stretch of a sentence tells the setting its periods, its places and actors, and its words of intention."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.periods import PeriodMention, resolve
from transforms.subjects import hear_actors, hear_places

if TYPE_CHECKING:
    from transforms.clauses import Layout
    from transforms.context import Setting

_PLANNED = re.compile(r"[^，。；,;]{0,24}(?:部署|安排)")
_PLANNING = re.compile(r"(?:部署|安排)了?$")
_FIELD = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])(?:[在是]|公布|布局)?([\u4e00-\u9fffA-Za-z0-9]{2,7}?(?:领域|产业(?![园链集带化基])|行业))|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{3,6})(?=是)"
)
_LOST = re.compile("[，,]{2,}")  # 据统计，，全市…: a date was deleted
_LOST_YEAR = re.compile("年(?=全[省市县区州国])")
_SPAN = re.compile(r"\d{4}/\d{4}")
_LEVEL_OF = re.compile(r"的?\s*\d[\d.,]*(?:万|亿)?(?:件|家|个|项|元|万元|亿元)")
_WEAK_TARGET = frozenset({"不少于", "不低于", "要求"})


def _counted(layout: Layout, at: int) -> bool:
    """Whether a word only says of the number before it that it was an aim (未完成16万件目标)."""
    return any(0 <= at - q.end <= 4 for c in layout.clauses for g in c.groups for q in g)


def _hear_period(setting: Setting, p: PeriodMention, layout: Layout) -> None:
    if p.role == "base" and _LEVEL_OF.match(layout.text, p.end):
        setting.from_period = resolve(p, setting.anchor, setting.year())  # 比2015年的28.9件: that level is 2015's
        return
    if p.role in ("title", "base") or p.kind in ("vague", "yoy"):
        return
    if p.kind == "now" and layout.text.count("“", layout.start, p.start) > layout.text.count("”", layout.start, p.start):
        return  # what somebody says in quotes has a present of its own
    setting.lost = False
    planned = _PLANNED.match(layout.text, p.end, layout.end)
    if planned and p.start - setting.paragraph <= 8 and layout.text[planned.end() : planned.end() + 1] in ("：", ":"):
        setting.section_target = True  # 2015年工作安排：… is the plan itself
    elif planned or _PLANNING.search(layout.text[max(layout.start, p.start - 4) : p.start]):
        return  # 部署2018年工作: what follows is still the report of the year before
    if p.kind == "day" and p.role == "from" and p.year:
        setting.since = str(p.year)
    if p.kind == "day" and p.role != "as_of":
        return
    found = resolve(p, setting.anchor, setting.year())
    if found is None:
        if p.year is None and p.offset is None and setting.period and len(setting.period) > 4 and p.text.startswith("全年"):
            setting.period = setting.period[:4]
        return
    if p.role == "from" or p.kind == "since":
        setting.since = found[:4]
    if p.role == "from":
        setting.from_period = found
        return
    if p.role == "as_of" and setting.since and setting.since < found[:4]:  # 自2019年以来，截至2023年底: all that lies between
        setting.flow = setting.main = (f"{setting.since}/{found[:4]}", f"“{p.text}”")
        setting.period, setting.period_reason, setting.as_of, setting.outer = *setting.flow, False, None
        return
    deadline = p.text.endswith("前") or layout.text[p.end : p.end + 1] == "前"  # 10月底前 holds for its sentence
    opens = p.start - setting.paragraph <= 4 and layout.text[p.end : p.end + 1] in (
        "，",
        ",",
    )  # 五年来，… holds for the paragraph
    floating = deadline or p.kind == "since" or (p.kind == "window" and p.year is None and not opens)  # 近五年; not 2014—2023年
    if floating and setting.outer is None:
        setting.outer = (setting.period, setting.period_reason)
        setting.inline = p.start - layout.start > 3 and layout.text[p.end : p.end + 1] not in ("，", ",", "、")
    elif not floating:
        setting.outer = None
    setting.as_of = p.role == "as_of" or p.text.endswith(("末", "底")) or p.kind == "now"
    setting.period, setting.period_reason = found, f"“{p.text}”"
    if setting.as_of and not deadline:
        setting.stock = found
    if p.kind in ("window", "plan") and _SPAN.fullmatch(found):
        setting.span = (found, f"“{p.text}”")
    if not setting.as_of and not floating:
        setting.flow = (setting.period, setting.period_reason)
    leads = p.start - setting.paragraph <= 8 and layout.text[p.end : p.end + 1] in ("，", ",", "、")
    if setting.ip_document and not floating and ((leads and not setting.as_of) or (setting.main[0] is None and p.kind != "plan")):
        setting.main = (setting.period, setting.period_reason)


def hear(setting: Setting, layout: Layout, start: int, end: int) -> None:
    """Take in the periods, places and cues of a stretch."""
    if _LOST.search(layout.text, max(start - 2, layout.start), end) or (
        start == layout.start and _LOST_YEAR.match(layout.text, start)
    ):
        setting.lost = True
    for m in _FIELD.finditer(layout.text, start, end):
        setting.field = m.group(1) or m.group(2)
    setting.from_period = None
    hear_actors(setting, layout, start, end)
    if setting.inline and setting.outer is not None:
        setting.period, setting.period_reason = setting.outer
        setting.outer, setting.inline = None, False
    for p in layout.periods:
        if start <= p.start < end:
            _hear_period(setting, p, layout)
    hear_places(setting, layout, start, end)
    for w in layout.words_in(start, end):
        if w.kind == "target" and not (w.text == "目标" and _counted(layout, w.start)):
            if w.text in ("任务", "下达任务"):
                setting.once_target = True
            elif w.text in _WEAK_TARGET:
                setting.weak_target = True
            else:
                setting.target = True
                setting.firm_target = setting.firm_target or w.text in ("力争", "争取", "确保", "力求", "拟")
