"""Who and where a sentence speaks of: its places and actors, and whether a mention is its subject at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.actors import kind_of_actor
from transforms.authority import held_at
from transforms.places import PlaceMention, ancestors, level

if TYPE_CHECKING:
    from transforms.actors import Actor
    from transforms.clauses import Layout
    from transforms.context import Setting

_ORGAN = re.compile(
    r"(?:[（(][^）)]{1,8}[）)])?(?:省|市|区|县)?(?:知识产权|海关|市场监|科技|科学技术|人民政府|政府|日报|晚报|电视|新闻|统计局|版权局|高新)"
)
_BRANCH = re.compile(r"(?:代办处|办事处|分行|支行|海关关区)")
_TWINNED = re.compile(r"[—–-]{1,2}(?=[\u4e00-\u9fff])|[—–-]")
_OPENING = 14  # characters of a sentence within which its place is the paragraph's
_AVERAGE = re.compile(r"平均(?:水平)?(?:为|是|达|约)\s*\d")
_ABROAD = re.compile(r"(?:[、和与及]|等国|市场|进口|政府|总统|客商|企业家)")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")
_FIRM = re.compile(r"[\u4e00-\u9fff]{1,4}(?:集团|股份|公司)")
_STANDING = re.compile(r"总[量数额]的|前列|领先|平均|首|第|最|水平|位次|上游|前茅|的?(?:一半|[一二三四五六七八九]成)")


def _leads(layout: Layout, p: PlaceMention) -> bool:
    """Whether a mention opens its clause, with nothing but a date before it."""
    begin = max((c.start for c in layout.clauses if c.start <= p.start), default=layout.start)
    dates = sum(x.end - x.start for x in layout.periods if begin <= x.start and x.end <= p.start)
    return p.start - begin - dates <= 1


def _opens(layout: Layout, a: Actor) -> bool:
    """Whether an actor is the subject of its clause: only a date, a place or a source stands before it."""
    begin = max((c.start for c in layout.clauses if c.start <= a.start), default=layout.start)
    ahead = [(p.start, p.end) for p in layout.periods if p.end <= a.start]
    ahead += [(p.start, p.end) for p in layout.places if p.end <= a.start]
    ahead += [(w.start, w.end) for w in layout.words_in(begin, a.start)]
    known = sum(1 for i in range(begin, a.start) if any(s <= i < e for s, e in ahead) or not _HAN.match(layout.text, i))
    return a.start - begin - known <= 2


def _where_is(setting: Setting, layout: Layout, a: Actor) -> tuple[str | None, str]:
    """The place that the words before an actor (or in its name) put it in; a story's only place holds for all of it."""
    for p in reversed(layout.places):
        inside = a.start <= p.start and p.end <= a.end
        before = p.end <= a.start and a.start - p.end <= 6 and not any(c in layout.text[p.end : a.start] for c in "，。；、")
        if p.kind == "named" and ((inside and a.kind != "firm") or before):
            code = setting.resolve_place(p, setting.authority)
            if code:
                return code, f"“{p.text}”"
    lowest = 0 if a.kind == "body" else 1
    if setting.authority and (level(setting.authority) or 0) >= (lowest if setting.ip_document else 2):
        return setting.here or setting.authority, setting.authority_reason
    return None, "the text does not place it"


def _hear_pronoun(setting: Setting, a: Actor) -> None:
    """Somebody named before; 这家公司 of a new paragraph stays an unnamed company."""
    kind = kind_of_actor(a.name, a.kind)
    if setting.protagonist and kind in ("firm", kind_of_actor(setting.protagonist, "")):
        setting.actor = setting.protagonist
        return
    known = setting.actors.get(kind)
    if kind == "firm" and not setting.heard_here and setting.firms != 1:
        if a.name.startswith(("这", "该")):
            setting.actor = a.name[-2:]
            setting.actor_place = (
                (setting.here, setting.here_reason)
                if (level(setting.here or "") or 0) > 0
                else (None, "the text does not place it")
            )
    elif known:
        setting.actor, setting.actor_place = known


def _is_subject(setting: Setting, layout: Layout, p: PlaceMention) -> bool:
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
    if p.kind == "country" and _leads(layout, p) and _AVERAGE.match(text, p.end):
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
        national = setting.authority in (None, "100000")
        return (
            p.text == "我国"
            or (p.text in ("全国", "中国") and not setting.report and _leads(layout, p))
            or (national and p.text in ("中国", "全国", "国内", "国家知识产权局"))
        )
    if p.kind == "world":
        return setting.authority in (None, "100000") and _leads(layout, p) and not _STANDING.match(text, p.end)
    if p.kind == "foreign":
        return setting.authority in (None, "100000") and _leads(layout, p) and not _ABROAD.match(text, p.end)
    if p.kind == "group" and setting.authority not in (None, "100000") and not _leads(layout, p):
        return False
    if held_at(text, p) or _TWINNED.match(text, p.end) or _TWINNED.fullmatch(text[p.start - 1 : p.start]):
        return False  # 深圳—香港—广州 is a place of its own
    if _BRANCH.match(text, p.end) or (p.kind == "named" and _FIRM.match(text, p.end)):
        return False
    if p.kind == "named" and setting.authority and _ORGAN.match(text, p.end):
        own = set(ancestors(setting.authority))
        return not any(c in own for c in p.codes)
    return True


def hear_places(setting: Setting, layout: Layout, start: int, end: int) -> None:
    """Let the places of a stretch that are subjects turn the setting to them."""
    before = None
    for p in layout.places:
        if not (start <= p.start and p.end <= end) or not _is_subject(setting, layout, p):
            continue
        if p.weak and layout.text[p.end : p.end + 1] not in ("、", "法", "等", "两", "三", "和", "与", "一"):
            continue
        within = setting.here if before is not None and before.end == p.start else setting.authority
        code = setting.resolve_place(p, within)
        if code is None:
            continue
        setting.here, setting.here_reason = code, f"“{p.text}”"
        setting.place_said = setting.place_said or p.kind in ("country", "relative")
        if setting.protagonist and p.kind == "relative":
            setting.actor = ""
        setting.whole_place = setting.whole_place or (p.kind == "relative" and p.level is not None)
        if p.kind in ("named", "country") and (not setting.ip_document or p.start - layout.start <= _OPENING):
            setting.carry = code
        before = p


def turn_to(setting: Setting, layout: Layout, bracket: int) -> None:
    """What stands right before a bracket is the subject of the number in it: 北京（94.5件）, 华为公司（3293件）."""
    for p in layout.places:
        if (
            p.end == bracket
            and p.kind in ("named", "foreign", "country")
            and (code := setting.resolve_place(p, setting.authority))
        ):
            setting.here, setting.here_reason, setting.actor = code, f"“{p.text}”", ""
    for a in layout.actors:
        if a.end == bracket and a.kind in ("firm", "body"):
            setting.actor, setting.actor_place, setting.place_said = a.name, _where_is(setting, layout, a), False


def hear_actors(setting: Setting, layout: Layout, start: int, end: int) -> None:
    """Let the actors of a stretch turn the setting to them."""
    for a in layout.actors:
        if not start <= a.start < end:
            continue
        if a.kind == "office":  # who speaks for the whole country, unless a place is named
            if setting.here is None:
                setting.here = setting.carry = "100000"
                setting.here_reason = f"“{a.name}”"
            continue
        if a.kind == "pronoun" or (a.name.startswith(("本届", "本次")) and "fair" in setting.actors):
            _hear_pronoun(setting, a)
            continue
        if any(p.start < a.start < p.end or a.start < p.start < a.end < p.end for p in layout.places):
            continue  # 金华|为 is no 华为
        listed = "、" in layout.text[a.start - 1 : a.start] or layout.text[a.end : a.end + 1] in ("、", "等")
        if listed or ((setting.ip_document or setting.report) and not _opens(layout, a)):
            continue
        setting.actor, setting.actor_place = a.name, _where_is(setting, layout, a)
        kind = kind_of_actor(a.name, a.kind)
        setting.firms += kind == "firm" and setting.actors.get(kind, ("",))[0] != a.name
        setting.actors[kind] = (setting.actor, setting.actor_place)
        setting.heard_here = True
        setting.last_slice = a.name
