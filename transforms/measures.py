"""Which measure a number is of: named before it, behind it, in a list, or taken over from the clause before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.clauses import followed_by_noun
from transforms.frames import ASIDE, BARE, SLOTS, indicator, inherit, scope_of, terms, topical
from transforms.phrases import Phrase, explained, read_phrase

if TYPE_CHECKING:
    from transforms.changes import Change
    from transforms.clauses import Clause, Layout
    from transforms.context import Setting
    from transforms.numbers import Quantity
    from transforms.thread import Thread

_ATTRIBUTES = frozenset(
    ["的", "国家", "国家级", "省级", "市级", "县级", "国内", "各类", "各种", "各项", "主要", "重点", "新", "有效", "累计"]
)
_LIST = re.compile(r"[、和与及]|以及")
_GI_KIND = re.compile(r"地理标志(?:(?:保护)?产品|((?:证明|集体)?商标))")
_RIGHT = re.compile(r"((?:专利|商标|著作|品种)权)案件")
_TRIAL = re.compile(r"(民事|刑事|行政)(?:案件|诉讼|一审|$)")
_COMMA = re.compile("、")
_DISPUTE = re.compile(r"[\u4e00-\u9fff]{2,4}权纠纷|[\u4e00-\u9fff]{2,12}纠纷")
_OTHER_NOUN = re.compile(
    r"省|市|区|县|州|盟|旗|季度|成员|部门|方面|工作日|领域|行业|产业(?!化|知识|专利)|环节|国家(?!级|知识|专利|发明|地理)|地区|学科"
)
_HOLDERS = re.compile(r"(?:以上)?的?(?:企业|单位|高校|大户|公司)[^，。；,;]{0,4}\d")
_TELLING = SLOTS[0] | SLOTS[1] | SLOTS[2] | frozenset({"case", "finance", "enterprise", "goods", "batch", "amount", "benefit"})
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")
_SHARE_VERBS = ("占", "占到", "占了", "约占", "超占")


def subject_words(layout: Layout, phrase: Phrase) -> str:
    """The words that name the measure: no periods, places, numbers or cue words, no function words at either end."""
    drop = [(w.start, w.end) for w in phrase.words if w.kind not in ("term", "function")]
    drop += [(p.start, p.end) for p in layout.periods if phrase.start <= p.start and p.end <= phrase.end]
    drop += [(p.start, p.end) for p in layout.places if phrase.start <= p.start and p.end <= phrase.end]
    drop += [(q.start, q.end) for c in layout.clauses for g in c.groups for q in g if phrase.start <= q.start < phrase.end]
    keep = [(w.start, w.end) for w in phrase.words if w.kind == "term"]
    functions = sorted((w for w in phrase.words if w.kind == "function"), key=lambda w: w.start)
    begin, end = phrase.start, phrase.end
    for w in functions:
        if w.start == begin:
            begin = w.end
    for w in reversed(functions):
        if w.end == end:
            end = w.start
    out = [layout.text[i] for i in range(begin, end) if any(s <= i < e for s, e in keep) or not any(s <= i < e for s, e in drop)]
    return "".join(c for c in out if _HAN.match(c) or c in "“”")[-30:]


def subject_of(layout: Layout, phrase: Phrase, change: Change | None) -> Phrase:
    """The part of a phrase that names the measure: what stands before 占, before the rank's 居全国 and before 比2015年."""
    cut = phrase.end
    kinds = {"share_pct": ("share",), "rank": ("rank",)}.get(change.transformation if change else "", ())
    for w in phrase.words:
        if w.kind in kinds and not (w.kind == "share" and w.text not in _SHARE_VERBS):
            cut = min(cut, w.start)
            break
    for p in layout.periods:
        if p.role == "base" and phrase.start <= p.start < cut and change and change.transformation != "level":
            cut = min(cut, p.start)
    if cut == phrase.end:
        return phrase
    return (
        read_phrase(layout, phrase.start, cut)
        if cut > phrase.start
        else replace(phrase, end=phrase.start, tags=frozenset(), scope="", residual="")
    )


def _whole(layout: Layout, clause: Clause) -> frozenset[str]:
    return read_phrase(layout, clause.start, clause.end).tags


def evidence_scope(layout: Layout, code: str, tags: frozenset[str], unit: str, words: str) -> str:
    """A slice that the words of the measure name: 商标质押, or 地理标志产品 beside 地理标志商标 in one sentence."""
    if code == "ip_court_cases" and "dispute!" in tags:
        found = _DISPUTE.search(words)
        return found.group() if found else ""
    if code == "examination_accuracy" and "tm" in tags:
        return "商标"
    if code == "geographical_indications":
        kinds = {bool(m.group(1)) for m in _GI_KIND.finditer(layout.text, layout.start, layout.end)}
        found = _GI_KIND.search(words)
        return found.group() if found and len(kinds) == 2 else ""
    if code == "ip_court_cases" and (found := _RIGHT.search(words)):
        return found.group(1)
    if code == "ip_court_cases" and (found := _TRIAL.search(words)):
        return found.group(1)
    return scope_of(tags, unit)


def measure_of(
    layout: Layout, clause: Clause, q: Quantity, subject: Phrase, stop: int, thread: Thread, setting: Setting, change: Change
) -> tuple[str, frozenset[str], str, str, str] | str:
    """The indicator of a number, with evidence, words, scope and the rule's name; or why there is none."""
    found = _measure_of(layout, clause, q, subject, stop, thread, setting, change)
    if (
        isinstance(found, str)
        or setting.ip_document
        or thread.drafts
        or topical(found[1] | thread.tags)
        or topical(_whole(layout, clause))
    ):
        return found
    return "no words of intellectual property near it"  # 从业人员 and 分中心 are everybody's


def _measure_of(
    layout: Layout, clause: Clause, q: Quantity, subject: Phrase, stop: int, thread: Thread, setting: Setting, change: Change
) -> tuple[str, frozenset[str], str, str, str] | str:
    counted = change.transformation in ("level", "change_abs")
    unit = q.unit if counted else ""
    own = subject.tags
    if change.new:
        own |= {"new"}
    if setting.as_of:
        own |= {"asof"}
    last = thread.last()
    words = subject_words(layout, subject)
    said = own - {"new", "asof", "china"}
    behind = read_behind(layout, q, stop, unit) if counted and followed_by_noun(layout, q) else None
    if (
        behind
        and behind.words
        and behind.words[0].start == q.end
        and behind.words[0].kind != "term"
        and behind.words[0].text not in _ATTRIBUTES
    ):
        behind = None  # 其中, 分别 and the like begin something new
    if behind and layout.text[max(layout.start, q.start - 1) : q.start] == "有" and not said & SLOTS[2]:
        own |= {"force"}  # 已有22件发明专利
    if behind and (aside := next((ASIDE[t] for t in sorted(behind.tags) if t in ASIDE), None)):
        return f"about {aside}, not a statistic of intellectual property"
    if behind and _OTHER_NOUN.match(layout.text, q.end):
        return "counts places or times"
    if counted and q.unit in ("个", "大", "") and _OTHER_NOUN.match(layout.text, q.end):
        return "counts places or times"
    if q.unit in ("件", "项") and behind and _HOLDERS.match(layout.text, q.end):
        return "a threshold in a name"  # 专利申请超50件企业8家
    if clause.bracketed and q.qualifier in ("ge", "gt") and not said & SLOTS[0]:
        return "a threshold in a remark"
    if behind and not behind.tags:
        if not explained(behind) or (behind.scope and not said):
            return "counts something else"
        behind = None
    if behind and said and (code := indicator(behind.tags, unit) or indicator(own | behind.tags, unit)):
        return code, own | behind.tags, subject_words(layout, behind), subject.scope or behind.scope, "value before noun"
    if said & {"dispute!", "case"} and "court" in thread.tags:
        own |= {"court"}  # disputes before a court are not an office's
    if said:
        code = indicator(own, unit)
        if code:
            return code, own, words, subject.scope, "named"
    if behind and behind.tags:
        both = own | behind.tags
        code = indicator(behind.tags, unit) or indicator(both, unit)
        if code is None and not behind.cue("to") and not behind.tags & SLOTS[2]:
            code = indicator(_whole(layout, clause), unit)  # 61家企业435件…优先审查: what the clause is about
        behind_words = subject_words(layout, behind)
        if code:
            return code, both, behind_words, subject.scope or behind.scope, "value before noun"
        if topical(both) and not both & ASIDE.keys():
            return f"open:{behind_words or words}", both, behind_words or words, subject.scope, "open"
    if setting.once_target and not said and last and {unit, last.unit} <= {"件", "件/万人"}:
        return last.indicator, last.tags, last.words, last.scope, "elliptic"  # 完成省定9.5件的目标
    merged = inherit(own, thread.tags)
    if not said and last and change.transformation == "share_pct" and subject.cue("among") and 2 <= len(subject.residual) <= 14:
        return last.indicator, last.tags, last.words, subject.residual, "elliptic change"  # 其中维持十年以上的占四成五
    if not said and last and not counted and (explained(subject) or subject.scope):
        scope = subject.scope or last.scope
        return last.indicator, last.tags, last.words, scope, "elliptic change"
    if (said or subject.scope or explained(subject)) and thread.tags and not behind:
        code = indicator(merged, unit)
        bare = (
            said and said <= BARE - SLOTS[2] and len(subject.residual) >= 2 and not subject.scope
        )  # 普惠小微贷款余额 is another's
        if code and not bare and (explained(subject) or subject.scope or said & _TELLING):
            return (
                code,
                merged,
                words or thread.words,
                subject.scope or (thread.scope if not said or subject.cue("among") else ""),
                "elliptic",
            )
        if not said and last and counted and unit in (last.unit, "") and explained(subject):
            return last.indicator, last.tags, last.words, subject.scope or last.scope, "elliptic"
    aside = next((ASIDE[t] for t in sorted(own | (behind.tags if behind else frozenset())) if t in ASIDE), None)
    if aside and not (q.unit == "次" and topical(own)):  # 采取知识产权保护措施8.37万次
        return f"about {aside}, not a statistic of intellectual property"
    if said and (topical(own) or (setting.ip_document and thread.tags)):
        return f"open:{words or thread.words}", merged, words, subject.scope, "open"
    return "" if setting.ip_document and thread.tags else "no words of intellectual property near it"


def read_behind(layout: Layout, q: Quantity, stop: int, unit: str) -> Phrase:
    """The noun behind a number: up to the next member of a list, and no further than it names one measure.

    In 111项发明专利、实用新型专利176项 the second kind belongs to the second number; in 2500多个地理标志产品年产值总额 the value of
    the output is a measure of its own.
    """
    scoped = q.unit not in ("家", "户")
    if (
        stop < layout.end
        and (cut := layout.text.rfind("、", q.end, stop)) > 0
        and any(w.kind == "term" for w in layout.words_in(cut, stop))
    ):
        stop = cut
    whole = read_phrase(layout, q.end, stop, scoped=scoped)
    if not unit or not whole.tags or indicator(whole.tags, unit):
        return whole
    for w in reversed([w for w in whole.words if w.kind == "term"][:-1]):
        shorter = read_phrase(layout, q.end, w.end, scoped=scoped)
        if indicator(shorter.tags, unit):
            return shorter
    return whole


def shared_measure(
    layout: Layout, q: Quantity, subject: Phrase, thread: Thread, change: Change
) -> tuple[str, frozenset[str], str, str] | None:
    """The measure that the numbers of a coordination share, with evidence, words and scope; None where there is none."""
    unit = q.unit if change.transformation in ("level", "change_abs") else ""
    tags = subject.tags
    code = indicator(tags, unit) if tags else None
    if not code and thread.tags:
        tags = inherit(subject.tags, thread.tags)
        code = indicator(tags, unit)
    last = thread.last()
    if not code and not subject.tags and last:
        return last.indicator, last.tags, last.words, last.scope
    return (code, tags, subject_words(layout, subject) or thread.words, subject.scope) if code else None


def listed_items(layout: Layout, subject: Phrase, k: int = 0) -> list[Phrase]:
    """The members of a list in the subject (实用新型、外观设计专利), cut outside known words; one item where there is no list.

    Where `k` members are wanted and 和 gives more, only 、 parts them: 知识产权使用费、个人文化和娱乐服务 are two.
    """
    found = _items(layout, subject, _LIST)
    return found if not k or len(found) == k else _items(layout, subject, _COMMA)


def _items(layout: Layout, subject: Phrase, cut: re.Pattern[str]) -> list[Phrase]:
    text = layout.text
    cuts = [subject.start]
    for m in cut.finditer(text, subject.start, subject.end):
        inside = any(w.start <= m.start() < w.end and w.kind == "term" for w in subject.words)
        if not inside and any(_HAN.match(c) for c in text[m.end() : subject.end]):
            cuts += [m.start(), m.end()]
    cuts.append(subject.end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    return [read_phrase(layout, s, e) for s, e in spans if e > s]


def item_measure(
    layout: Layout, items: list[Phrase], n: int, thread: Thread, q: Quantity, change: Change
) -> tuple[str, frozenset[str], str, str] | None:
    """The measure of one member of a list; what it leaves out stands in the last member, or in the first."""
    unit = q.unit if change.transformation in ("level", "change_abs") else ""
    item, last, first = items[n], items[-1], items[0]
    words = subject_words(layout, item)
    if len(item.residual) > 3 and not item.scope:
        code = indicator(item.tags, unit) if item.tags else None  # 个人文化和娱乐服务出口 borrows nothing
        return (code, item.tags, words, "") if code and topical(item.tags) else None
    for tags in (item.tags, inherit(item.tags, last.tags), inherit(item.tags, first.tags), inherit(item.tags, thread.tags)):
        code = indicator(tags, unit) if tags else None
        if code and (item.tags or item.scope):
            return code, tags, words, item.scope or (last.scope if n < len(items) - 1 else first.scope)
    tail = layout.text[last.start : last.end]
    head = layout.text[item.start : item.end]
    for cut in range(1, len(tail)):
        made = frozenset().union(*(v for _, _, v in terms().find(head + tail[cut:])), frozenset())
        code = indicator(made, unit)
        if code and item is not last:
            return code, made, head + tail[cut:], item.scope
    return None
