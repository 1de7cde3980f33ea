"""The grammar: a sentence's numbers become statements, elliptic slots filled from what was said before.

Levels open a line of thought (place, measure, scope); shares, changes and ranks that follow without a subject of their own
speak about it. Coordinations are paired: places, measures or scopes with as many numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.actors import is_firm
from transforms.changes import OWN_LEVEL, Change, change_of
from transforms.frames import SLOTS, indicator, inherit, kind_of, topical, unit_of
from transforms.measures import evidence_scope, item_measure, listed_items, measure_of, shared_measure, subject_of, subject_words
from transforms.periods import resolve
from transforms.phrases import Phrase, explained, read_phrase
from transforms.thread import Draft, Thread

if TYPE_CHECKING:
    from transforms.clauses import Clause, Layout
    from transforms.context import Setting
    from transforms.numbers import Quantity

_AIM = re.compile(r"(?:以上|左右)?的?(?:年度|预期|规划|考核|既定)?目标")
_AIMED = re.compile(r"目标(?:值|任务)?(?:为|是|[（(])?$")
_REACHED = re.compile(r"(?:已?经?)(?:达到?|为|升至|提高到|提升到)了?")
_START = re.compile(r"[从由](?:最初|起初|当初|原来|过去)?的?\s*$")
_OWNER = re.compile(r"[为是]([\u4e00-\u9fff]{2,8})")
_COMPARED = re.compile(r"(?:比|较|高于|低于|高出).{0,6}(?:平均|全省|全国|全市|全区)")
_RANKED = str.maketrans("", "", "各省市区县州盟旗设地级副城镇名个中")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


def read_sentence(layout: Layout, setting: Setting) -> Thread:
    """All statements of one sentence, in the order of their numbers; `setting` gives and takes place, period and status."""
    thread = Thread(tags=setting.topic)
    setting.open_sentence()
    thread.listed = []
    for clause in layout.clauses:
        at = clause.start
        if not clause.groups:
            _listen(layout, clause, thread, setting)
            continue
        for i, group in enumerate(clause.groups):
            stop = clause.groups[i + 1][0].start if i + 1 < len(clause.groups) else clause.end
            setting.hear(layout, at, group[0].start)
            _read_group(layout, clause, group, at, stop, thread, setting)
            if thread.ignored.get(group[-1].start) != "how many are ranked":  # 在全国41个示范城市中排名第9位 is one phrase
                at = group[-1].end
        setting.hear(layout, at, clause.end)
    setting.learn_topic(
        next((d.tags for d in thread.drafts if d.rule == "named" and d.transformation == "level"), None), thread.tags
    )
    return thread


def _listen(layout: Layout, clause: Clause, thread: Thread, setting: Setting) -> None:
    """A clause without numbers: it may name the measure, the place or the period of those that follow."""
    setting.hear(layout, clause.start, clause.end)
    if clause.bracketed:
        return
    phrase = read_phrase(layout, clause.start, clause.end)
    if topical(phrase.tags):
        thread.tags, thread.words = phrase.tags, subject_words(layout, phrase)
        thread.scope = phrase.scope
    thread.heard = listed_items(layout, phrase)


def _read_group(
    layout: Layout, clause: Clause, group: tuple[Quantity, ...], at: int, stop: int, thread: Thread, setting: Setting
) -> None:
    q = group[0]
    left = read_phrase(layout, at, q.start)
    if len(group) > 1 and _pair(layout, group, left, thread, setting):
        return
    for n, one in enumerate(group):
        phrase = left if n == 0 else _with_direction(layout, left, group[n - 1].end, one.start)
        _read_one(layout, clause, one, phrase, stop if n == len(group) - 1 else one.end, thread, setting)


def _with_direction(layout: Layout, left: Phrase, start: int, end: int) -> Phrase:
    """The phrase of a later number of a group: its own word of direction, the rest shared."""
    own = tuple(layout.words_in(start, end))
    return replace(left, words=(*left.words, *own))


def _read_one(layout: Layout, clause: Clause, q: Quantity, left: Phrase, stop: int, thread: Thread, setting: Setting) -> None:
    change = change_of(layout, left, q, thread.base, long_period=setting.long_period())
    if change is None:
        thread.ignored[q.start] = "no cue tells what this percentage or rank is about"
        return
    if change.base:
        thread.base = change.base
    setting.unknown_start = bool(_START.search(layout.text, left.start, q.start)) and change.transformation == "level"
    if (
        change.transformation == "rank"
        and len(_HAN.findall(read_phrase(layout, subject_of(layout, left, change).end, left.end).residual.translate(_RANKED))) > 2
    ):
        thread.ignored[q.start] = "a rank in a list of its own"
        return
    if _AIM.match(layout.text, q.end) or _AIMED.search(layout.text, left.start, q.start):
        setting.aim(layout, clause.start, q.end)
    if not left.tags and _REACHED.fullmatch(layout.text[left.start : q.start].strip("，, ")) and (last := thread.last()):
        if q.klass == "percent" and change.transformation == "level" and last.transformation == "share_pct":
            change = replace(change, transformation="share_pct", unit="%")  # 占比首次过半，达到51.8%
    subject = subject_of(layout, left, change)
    items = listed_items(layout, subject)
    if len(items) > 1 and left.cue("each") and change.transformation in ("rank", "level"):
        made = [m for m in (item_measure(layout, items, n, thread, q, change) for n in range(len(items))) if m]
        if len(made) == len(items):
            for code, tags, words, scope in made:
                _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "each")
            return
    if change.transformation == "change_pp" and any(w.text in ("增速", "增幅", "降幅", "增长率", "涨幅") for w in left.words):
        thread.ignored[q.start] = "the change of a growth rate"
        return
    if change.transformation in ("change_pp", "change_abs") and _COMPARED.search(layout.text[left.start : q.start]):
        thread.ignored[q.start] = "a comparison with another place"
        return
    if change.transformation == "share_pct":
        base = read_phrase(layout, subject.end, left.end)
        if base.tags - {"domestic", "total"} and not indicator(subject.tags, "") and (subject.tags or thread.tags):
            filled = inherit(inherit(subject.tags, thread.tags) if not subject.tags else subject.tags, base.tags)
            if not subject.tags and base.tags & thread.tags == base.tags:
                filled = subject.tags
            subject = replace(subject, tags=filled)
    if subject.scope and q.unit in ("家", "户") and change.transformation == "level":
        subject = read_phrase(layout, subject.start, subject.end, scoped=False)  # the firms are what is counted
    if q.klass == "quantity" and not q.unit and change.transformation in ("level", "change_abs"):
        money = "亿" in layout.text[q.start : q.end] or "万" in layout.text[q.start : q.end]
        if not (
            money and indicator(inherit(subject.tags, thread.tags), "元") and subject.tags & {"amount", "finance", "output!"}
        ):
            thread.ignored[q.start] = "a number without a unit"
            return
        q = replace(q, unit="元")
        change = replace(change, unit="元")
    if layout.text[max(layout.start, q.start - 2) : q.start] in ("全国", "全省", "全市", "全球", "全区") and any(
        o.klass == "ordinal" and o.start > q.end for g in clause.groups for o in g
    ):
        thread.ignored[q.start] = "how many are ranked"
        return
    if change.transformation == "level" and q.klass in ("fraction", "percent") and not subject.tags & OWN_LEVEL:
        owner = _OWNER.match(layout.text, q.end)  # 其中近九成为中小企业
        if left.cue("among") and (owner or (thread.last() and subject.tags & SLOTS[1])):
            change = replace(change, transformation="share_pct", unit="%")
            if owner:
                subject = replace(subject, scope=owner.group(1), tags=frozenset(), residual="")
    found = measure_of(layout, clause, q, subject, stop, thread, setting, change)
    if isinstance(found, str):
        thread.ignored[q.start] = found
        if len(subject.residual) >= 2 and not clause.bracketed:
            thread.broken, thread.tags = True, frozenset()
        return
    code, tags, words, scope, rule = found
    scope = setting.named_slice(scope)
    if (
        not scope
        and rule in ("named", "value before noun")
        and setting.here is None
        and not setting.actor
        and 2 <= len(subject.residual) <= 8
    ):
        scope = subject.residual  # who has it is told, but not where: the number is that subject's alone
    _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, rule)


def _pair(layout: Layout, group: tuple[Quantity, ...], left: Phrase, thread: Thread, setting: Setting) -> bool:
    """Pair the numbers of a coordination with as many places, measures, scopes or earlier statements."""
    changes = []
    for n, q in enumerate(group):
        phrase = left if n == 0 else _with_direction(layout, left, group[n - 1].end, q.start)
        change = change_of(layout, phrase, q, thread.base, long_period=setting.long_period())
        if change is None:
            return False
        changes.append(change)
    if changes[0].base:
        thread.base = changes[0].base
    subject = subject_of(layout, left, changes[0])
    k = len(group)
    places = setting.listed_places(layout, subject.start, subject.end)
    if (
        not places
        and (left.cue("respectively") or ((rank := left.cue("rank")) and rank.text.startswith("分")))
        and len(thread.listed) == k
        and not listed_items(layout, subject)[1:]
    ):
        places = thread.listed
    if len(places) == k:
        found = shared_measure(layout, group[0], subject, thread, changes[0])
        if found:
            thread.listed = places
            code, tags, words, scope = found
            for q, change, place in zip(group, changes, places, strict=True):
                _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "paired places", place)
            return True
    items = listed_items(layout, subject)
    if len(items) == k:
        made = [item_measure(layout, items, n, thread, q, c) for n, (q, c) in enumerate(zip(group, changes, strict=True))]
        if all(made):
            for q, change, one in zip(group, changes, made, strict=True):
                code, tags, words, scope = one  # type: ignore[misc]
                _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "paired measures")
            return True
    if not subject.tags and len(thread.drafts) >= k and changes[0].transformation != "level" and explained(subject):
        earlier = _last_levels(thread, k)
        if len(earlier) == k:
            for q, change, d in zip(group, changes, earlier, strict=True):
                place = (d.ref_area, d.ref_area_reason)
                _state(
                    layout, q, left.start, change, d.indicator, d.tags, d.words, d.scope, thread, setting, "paired changes", place
                )
            return True
    if left.cue("respectively") and len({q.unit for q in group}) == 1:
        heard = thread.heard if len(thread.heard) == k else []
        for n, (q, change) in enumerate(zip(group, changes, strict=True)):
            one = item_measure(layout, heard, n, thread, q, change) if heard else None
            if one:
                _state(layout, q, left.start, change, *one, thread, setting, "paired measures")
            else:
                thread.ignored[q.start] = "which of the subjects it belongs to is not told"
        return True
    return False


def _bounds(layout: Layout, bound: Draft, exact: Draft, q: Quantity) -> bool:
    """Whether a statement only gives the round figure that the next one exceeds."""
    same = all(
        getattr(bound, f) == getattr(exact, f)
        for f in ("indicator", "transformation", "scope", "ref_area", "time_period", "unit", "status")
    )
    between = layout.text[bound.end : q.start].strip("，,、 ")
    return (
        same
        and bound.qualifier in ("gt", "ge")
        and exact.qualifier == "eq"
        and exact.value >= bound.value
        and bool(_REACHED.fullmatch(between))
    )


def _last_levels(thread: Thread, k: int) -> list[Draft]:
    levels = [d for d in thread.drafts if d.transformation in ("level", "share_pct")]
    return levels[-k:]


def _state(
    layout: Layout,
    q: Quantity,
    start: int,
    change: Change,
    code: str,
    tags: frozenset[str],
    words: str,
    scope: str,
    thread: Thread,
    setting: Setting,
    rule: str,
    place: tuple[str | None, str] | None = None,
) -> None:
    """Put a statement down and let it carry the thread."""
    unit, transformation = change.unit, change.transformation
    if transformation in ("level", "change_abs"):
        unit = unit_of(code) or unit
        if change.new and transformation == "level" and kind_of(code) != "flow":
            transformation = "change_abs"
        if tags & {"per10k!", "per10kother!"} and unit == "件":
            unit = "件/万人"
        if q.unit == "美元":
            unit = q.unit
        if (
            unit == "项"
            and code.startswith("open:")
            and "patent" in tags
            and not tags & {"transfer", "award!", "projects!", "project"}
        ):
            unit = "件"  # patents are counted in 件
    area, area_reason = place or setting.place()
    summed = transformation == "cagr_pct" or any(w.text.startswith("累计") for w in layout.words_in(start, q.start))
    period, period_reason = setting.period_of(code, transformation, change.base, summed=summed)
    if transformation == "change_pct" and change.base == "named" and change.base_period is not None:
        before = resolve(change.base_period, setting.anchor, None)
        if before and period and len(period) == len(before) == 4 and int(period) - int(before) == 1:
            transformation = "yoy_pct"  # 比2020年, said of 2021
    start = max(start, layout.start)
    while start < q.start and not _HAN.match(layout.text, start) and not layout.text[start].isdigit():
        start += 1
    qualifier = q.qualifier
    if qualifier == "eq" and any(w.text == "约占" and w.end <= q.start for w in layout.words_in(start, q.start)):
        qualifier = "approx"
    scope = scope or evidence_scope(layout, code, tags, q.unit, words)
    if not scope and setting.actor and not setting.place_said and not place:
        scope = setting.actor  # the words tell of a firm or a fair, not of a place
        area, area_reason = setting.actor_place
    elif is_firm(scope) and area == "100000" and not place:
        area, area_reason = None, "a company's, and the text does not place it"
    draft = Draft(
        ref_area=area, ref_area_reason=area_reason, time_period=period, time_period_reason=period_reason,
        indicator=code, words=words, scope=scope or setting.zone(), transformation=transformation, value=change.value, unit=unit,
        status=setting.status(period), qualifier=qualifier, base=change.base, start=start, end=q.end, rule=rule, tags=tags,
    )  # fmt: skip
    if thread.drafts and _bounds(layout, thread.drafts[-1], draft, q):
        thread.drafts.pop()  # 首次突破9万件、达9.7万件 is one statement
    thread.drafts.append(draft)
    thread.broken = False
    kept = {"court", "seize!"} if tags & SLOTS[0] else {"ip", "court", "seize!"}
    if rule in ("named", "value before noun") and transformation == "level":
        thread.base = ""  # a new subject has a base of its own
    thread.tags, thread.words = tags | (thread.tags & kept), words
    thread.scope = scope
