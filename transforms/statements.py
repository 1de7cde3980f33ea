"""The grammar: a sentence's numbers become statements, elliptic slots filled from what was said before.

Levels open a line of thought (place, measure, scope); shares, changes and ranks that follow without a subject of their own
speak about it. Coordinations are paired: places, measures or scopes with as many numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from transforms.changes import OWN_LEVEL, Change, change_of
from transforms.frames import ASIDE, SLOTS, indicator, inherit, topical
from transforms.hearing import hear
from transforms.measures import item_measure, listed_items, measure_of, shared_measure, subject_of, subject_words
from transforms.pairing import last_levels, pair, ranks_of, with_direction
from transforms.phrases import explained, read_phrase
from transforms.stating import state
from transforms.subjects import turn_to
from transforms.thread import Thread

if TYPE_CHECKING:
    from transforms.clauses import Clause, Layout
    from transforms.context import Setting
    from transforms.numbers import Quantity
    from transforms.phrases import Phrase

_AIM = re.compile(r"(?:以上|左右)?的?(?:年度|预期|规划|考核|既定)?目标")
_AIMED = re.compile(r"目标(?:值|任务)?(?:为|是|[（(])?$")
_START = re.compile(r"[从由](?:最初|起初|当初|原来|过去)?的?\s*$")
_OWNER = re.compile(r"[为是]([\u4e00-\u9fff]{2,8})")
_COMPARED = re.compile(r"(?:比|较|高于|低于|高出).{0,6}(?:平均|全省|全国|全市|全区)")
_APART = re.compile(
    r"(?:比|较)[^，。；]{0,10}(?:平均|全省|全国|全市)[^，。；]{0,6}[高低多少](?:出|于|了)?$|(?:超出|高出|超过)[^，。；]{0,6}(?:目标|任务|均值|平均水平)$"
)
_RULE = re.compile(r"(?:^|[，。；])对[^，。；]*$")
_BOTH = re.compile(r"([两二三四])(?:项|者|类|个)?(?:指标|数据)?(?:均|都)")
_CONDITION = re.compile(r"(?:以上|以下|以内)?的")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4}
_GROUPED = re.compile(r"(?:其余|其他|上述|这)[两二三四五六七八九十\d]*[省市县区州地]")
_RANKED = str.maketrans("", "", "各省市区县州盟旗设地级副城镇名个中")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


def _listen(layout: Layout, clause: Clause, thread: Thread, setting: Setting, *, numbers_follow: bool) -> None:
    """A clause without numbers: it may name the measure, the place or the period of those that follow."""
    hear(setting, layout, clause.start, clause.end)
    if clause.bracketed:
        return
    if not numbers_follow and not any(topical(w.tags) for w in layout.words_in(clause.start, clause.end)):
        return  # most sentences of a page of news: nothing to learn for this one or the next
    phrase = read_phrase(layout, clause.start, clause.end)
    if topical(phrase.tags):
        thread.tags, thread.words = phrase.tags, subject_words(layout, phrase)
        thread.scope = phrase.scope
    thread.heard = phrase
    thread.listed = setting.listed_places(layout, clause.start, clause.end) or thread.listed


def _read_group(
    layout: Layout, clause: Clause, group: tuple[Quantity, ...], at: int, stop: int, thread: Thread, setting: Setting
) -> None:
    q = group[0]
    left = read_phrase(layout, at, q.start)
    counted = any(g[-1].end == at and g[-1].unit in ("家", "户", "名", "人") for g in clause.groups)
    bare = left.scope in ("企业", "公司") or indicator(left.tags, "") is None
    if counted and bare and all(w.kind == "term" for w in left.words):
        left = replace(left, scope="")  # 61家企业435件: the firms are what was counted
    thread.daily = thread.daily or "perday!" in left.tags
    ranks = ranks_of(layout, group)
    if len(ranks) > 1 and pair(layout, ranks, left, thread, setting):
        return
    for n, one in enumerate(group):
        phrase = left if n == 0 else with_direction(layout, left, group[n - 1].end, one.start)
        _read_one(layout, clause, one, phrase, stop if n == len(group) - 1 else one.end, thread, setting)


def _read_one(layout: Layout, clause: Clause, q: Quantity, left: Phrase, stop: int, thread: Thread, setting: Setting) -> None:
    change = change_of(layout, left, q, thread.base, long_period=setting.long_period())
    if change is None:
        if q.klass == "top" and _rank_all(layout, clause, q, left, thread, setting):
            return
        thread.listed = setting.listed_places(layout, left.start, left.end) or thread.listed
        if q.klass == "top" and topical(left.tags):
            thread.tags, thread.scope = left.tags, left.scope  # 授权量排名前三的省份依次为: what follows is of that measure
        thread.ignored[q.start] = "no cue tells what this percentage or rank is about"
        return
    if change.base and change.base != "yoy":
        thread.base = change.base
    listed = (
        layout.text[left.start : left.start + 1] == "、" or layout.text[max(layout.start, left.start - 1) : left.start] == "、"
    )
    if listed and thread.new and change.transformation == "level" and not left.cue("to"):
        change = replace(change, new=True)  # 新增A8家、B2家
    thread.new = change.new
    setting.unknown_start = bool(_START.search(layout.text, left.start, q.start)) and change.transformation == "level"
    if (
        change.transformation == "rank"
        and len(_HAN.findall(read_phrase(layout, subject_of(layout, left, change).end, left.end).residual.translate(_RANKED))) > 2
    ):
        thread.ignored[q.start] = "a rank in a list of its own"
        return
    if _AIM.match(layout.text, q.end) or _AIMED.search(layout.text, left.start, q.start):
        setting.aim(layout, clause.start, q.end)
    if not left.tags and left.cue("to") and explained(left) and (last := thread.last()):
        if q.klass == "percent" and change.transformation == "level" and last.transformation == "share_pct":
            change = replace(change, transformation="share_pct", unit="%")  # 占比首次过半，达到51.8%
    subject = subject_of(layout, left, change)
    items = listed_items(layout, subject)
    if len(items) > 1 and (left.cue("each") or change.transformation == "rank") and change.transformation in ("rank", "level"):
        made = [m for m in (item_measure(layout, items, n, thread, q, change) for n in range(len(items))) if m]
        if len(made) == len(items) or (made and change.transformation == "rank" and subject.tags & ASIDE.keys()):
            for code, tags, words, scope in made:
                state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "each")
            return
    if change.transformation == "rank" and (m := _BOTH.search(layout.text, clause.start, q.start)):
        earlier = last_levels(thread, _COUNTS[m.group(1)])  # 两项指标均居中部第一
        for d in earlier:
            where = (d.ref_area, d.ref_area_reason)
            state(layout, q, left.start, change, d.indicator, d.tags, d.words, d.scope, thread, setting, "each", where)
        if earlier:
            return
    if left.cue("each") and (places := setting.listed_places(layout, subject.start, subject.end)):
        shared = shared_measure(layout, q, subject, thread, change)  # 姜堰区、泰兴市两地均突破10亿元
        if shared:
            for where in places:
                state(layout, q, left.start, change, *shared, thread, setting, "each", where)
            return
    if change.transformation == "change_pp" and any(w.text in ("增速", "增幅", "降幅", "增长率", "涨幅") for w in left.words):
        if topical(subject.tags):
            words = f"open:{subject_words(layout, subject)}增速"
            state(layout, q, left.start, change, words, subject.tags, words[5:], subject.scope, thread, setting, "open")
        else:
            thread.ignored[q.start] = "the change of a growth rate"
        return
    compared = change.transformation in ("change_pp", "change_abs") and _COMPARED.search(layout.text[left.start : q.start])
    if (
        change.transformation == "level"
        and _RULE.search(layout.text[clause.start : q.start])
        and _CONDITION.match(layout.text, q.end)
    ):
        thread.ignored[q.start] = "a condition in a rule"  # 对合同金额50万元以上的高校院所给予奖励
        return
    if compared or (change.transformation == "level" and _APART.search(layout.text, left.start, q.start)):
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
    if (
        q.klass != "ordinal"
        and layout.text[max(layout.start, q.start - 2) : q.start] in ("全国", "全省", "全市", "全球", "全区")
        and any(o.klass == "ordinal" and o.start > q.end for g in clause.groups for o in g)
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
    place = setting.together(layout, subject.start, q.start) if change.transformation in ("level", "share_pct") else None
    if place is None and (m := _GROUPED.search(layout.text, left.start, q.start)):
        place, scope = (setting.authority, setting.authority_reason), scope or m.group()  # 其余四县合计
    thread.base = change.base or thread.base
    scope = setting.named_slice(scope)
    if (
        not scope
        and rule in ("named", "value before noun")
        and setting.here is None
        and not setting.actor
        and 2 <= len(subject.residual) <= 8
    ):
        scope = subject.residual  # who has it is told, but not where: the number is that subject's alone
    state(layout, q, left.start, change, code, tags, words, scope, thread, setting, rule, place)


def _rank_all(layout: Layout, clause: Clause, q: Quantity, left: Phrase, thread: Thread, setting: Setting) -> bool:
    """The ranks that 排名前五的国家依次是美国、德国… gives to each member of its list."""
    if not any(w.text.startswith("依次") for w in layout.words_in(q.end, clause.end)):
        return False
    places = setting.listed_places(layout, q.end, clause.end)
    rank = Change("rank", q.value, "位", "")
    shared = shared_measure(layout, q, left, thread, rank)
    if len(places) != int(q.value) or shared is None:
        return False
    end = max(p.end for p in layout.places if q.end <= p.start and p.end <= clause.end)
    for n, place in enumerate(places, 1):
        state(
            layout,
            replace(q, end=end),
            left.start,
            replace(rank, value=Decimal(n)),
            *shared,
            thread,
            setting,
            "paired places",
            place,
        )
    return True


def read_sentence(layout: Layout, setting: Setting) -> Thread:
    """All statements of one sentence, in the order of their numbers; `setting` gives and takes place, period and status."""
    thread = Thread(tags=setting.topic)
    setting.open_sentence()
    thread.listed = []
    last = max((n for n, clause in enumerate(layout.clauses) if clause.groups), default=-1)
    for n, clause in enumerate(layout.clauses):
        at = clause.start
        if not clause.groups:
            _listen(layout, clause, thread, setting, numbers_follow=n < last)
            continue
        if clause.bracketed and clause.groups[0][0].start - clause.start <= 1:
            turn_to(setting, layout, clause.start - 1)
        for i, group in enumerate(clause.groups):
            stop = clause.groups[i + 1][0].start if i + 1 < len(clause.groups) else clause.end
            hear(setting, layout, at, group[0].start)
            _read_group(layout, clause, group, at, stop, thread, setting)
            if thread.ignored.get(group[-1].start) != "how many are ranked":  # 在全国41个示范城市中排名第9位 is one phrase
                at = group[-1].end
        hear(setting, layout, at, clause.end)
    setting.learn_topic(
        next((d.tags for d in thread.drafts if d.rule == "named" and d.transformation == "level"), None), thread.tags
    )
    return thread
