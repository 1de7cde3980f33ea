"""The grammar: a sentence's numbers become statements, elliptic slots filled from what was said before.

Levels open a line of thought (place, measure, scope); shares, changes and ranks that follow without a subject of their own
speak about it. Coordinations are paired: places, measures or scopes with as many numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from transforms.changes import Change, change_of
from transforms.clauses import Clause, Layout, followed_by_noun
from transforms.frames import ASIDE, CARRIED, indicator, inherit, kind_of, scope_of, terms, topical, unit_of
from transforms.phrases import Phrase, explained, read_phrase

if TYPE_CHECKING:
    from decimal import Decimal

    from transforms.context import Setting
    from transforms.numbers import Quantity

_LIST = re.compile(r"[、和与及]|以及")
_COMPARED = re.compile(r"(?:比|较|高于|低于|高出).{0,6}(?:平均|全省|全国|全市|全区)")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is traced back to the page."""

    ref_area: str | None
    ref_area_reason: str
    time_period: str | None
    time_period_reason: str
    indicator: str
    words: str
    scope: str
    transformation: str
    value: Decimal
    unit: str
    status: str
    qualifier: str
    base: str
    start: int
    end: int
    rule: str
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Thread:
    """What the sentence has established so far; made anew for each sentence."""

    tags: frozenset[str] = frozenset()
    scope: str = ""
    words: str = ""
    base: str = ""
    drafts: list[Draft] = field(default_factory=list)
    listed: list[tuple[str | None, str]] = field(default_factory=list)  # the places of the last pairing
    ignored: dict[int, str] = field(default_factory=dict)  # start of a number -> why it is no statistic

    def last(self) -> Draft | None:
        """The statement that an elliptic clause speaks about."""
        return self.drafts[-1] if self.drafts else None


def read_sentence(layout: Layout, setting: Setting) -> Thread:
    """All statements of one sentence, in the order of their numbers; `setting` gives and takes place, period and status."""
    thread = Thread(tags=setting.topic)
    setting.open_sentence(layout)
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
    if setting.ip_document and thread.drafts and not setting.title_topic:
        setting.topic = thread.tags & CARRIED
    return thread


def _listen(layout: Layout, clause: Clause, thread: Thread, setting: Setting) -> None:
    """A clause without numbers: it may name the measure, the place or the period of those that follow."""
    setting.hear(layout, clause.start, clause.end)
    if clause.bracketed:
        return
    phrase = read_phrase(layout, clause.start, clause.end)
    if topical(phrase.tags):
        thread.tags, thread.words = phrase.tags, _subject_words(layout, phrase)
        thread.scope = phrase.scope


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


def _subject(layout: Layout, phrase: Phrase, change: Change | None) -> Phrase:
    """The part of a phrase that names the measure: what stands before 占, before the rank's 居全国 and before 比2015年."""
    cut = phrase.end
    kinds = {"share_pct": ("share",), "rank": ("rank",)}.get(change.transformation if change else "", ())
    for w in phrase.words:
        if w.kind in kinds and not (w.kind == "share" and w.text not in ("占", "占到", "占了", "约占", "超占")):
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


def _read_one(layout: Layout, clause: Clause, q: Quantity, left: Phrase, stop: int, thread: Thread, setting: Setting) -> None:
    change = change_of(layout, left, q, thread.base, long_period=setting.long_period())
    if change is None:
        thread.ignored[q.start] = "no cue tells what this percentage or rank is about"
        return
    if change.base:
        thread.base = change.base
    subject = _subject(layout, left, change)
    items = _items(layout, subject)
    if len(items) > 1 and left.cue("each") and change.transformation in ("rank", "level"):
        made = [m for m in (_item_measure(layout, items, n, thread, q, change) for n in range(len(items))) if m]
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
        if base.tags and not indicator(subject.tags, "") and (subject.tags or thread.tags):
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
        w.kind == "rank" and w.start > q.end for w in layout.words
    ):
        thread.ignored[q.start] = "how many are ranked"
        return
    found = _measure(layout, clause, q, subject, stop, thread, setting, change)
    if isinstance(found, str):
        thread.ignored[q.start] = found
        return
    code, tags, words, scope, rule = found
    _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, rule)


def _measure(
    layout: Layout, clause: Clause, q: Quantity, subject: Phrase, stop: int, thread: Thread, setting: Setting, change: Change
) -> tuple[str, frozenset[str], str, str, str] | str:
    """The indicator of a number, with evidence, words, scope and the rule's name; or why there is none."""
    counted = change.transformation in ("level", "change_abs")
    unit = q.unit if counted else ""
    own = subject.tags
    if change.new:
        own |= {"new"}
    if setting.as_of:
        own |= {"asof"}
    last = thread.last()
    words = _subject_words(layout, subject)
    said = own - {"new", "asof"}
    behind = (
        read_phrase(layout, q.end, stop, scoped=q.unit not in ("家", "户")) if counted and followed_by_noun(layout, q) else None
    )
    if behind and behind.words and behind.words[0].start == q.end and behind.words[0].kind != "term":
        behind = None  # 其中, 分别 and the like begin something new
    if behind and (aside := next((ASIDE[t] for t in sorted(behind.tags) if t in ASIDE), None)):
        return f"about {aside}, not a statistic of intellectual property"
    if behind and not behind.tags and not explained(behind):
        return "counts something else"
    if behind and said and (code := indicator(behind.tags, unit) or indicator(own | behind.tags, unit)):
        return code, own | behind.tags, _subject_words(layout, behind), subject.scope or behind.scope, "value before noun"
    if said:
        code = indicator(own, unit)
        if code:
            return code, own, words, subject.scope, "named"
    if behind and behind.tags:
        both = own | behind.tags
        code = indicator(behind.tags, unit) or indicator(both, unit) or indicator(_whole(layout, clause), unit)
        behind_words = _subject_words(layout, behind)
        if code:
            return code, both, behind_words, subject.scope or behind.scope, "value before noun"
        if topical(both) and not both & ASIDE.keys():
            return f"open:{behind_words or words}", both, behind_words or words, subject.scope, "open"
    merged = inherit(own, thread.tags)
    if not said and last and not counted and (explained(subject) or subject.scope):
        scope = subject.scope or last.scope
        return last.indicator, last.tags, last.words, scope, "elliptic change"
    if (said or subject.scope or explained(subject)) and thread.tags and not behind:
        code = indicator(merged, unit)
        if code and (explained(subject) or subject.scope or said):
            return code, merged, words or thread.words, subject.scope or (thread.scope if not said else ""), "elliptic"
        if not said and last and counted and unit in (last.unit, "") and explained(subject):
            return last.indicator, last.tags, last.words, subject.scope or last.scope, "elliptic"
    aside = next((ASIDE[t] for t in sorted(own | (behind.tags if behind else frozenset())) if t in ASIDE), None)
    if aside:
        return f"about {aside}, not a statistic of intellectual property"
    if said and (topical(own) or (setting.ip_document and thread.tags)):
        return f"open:{words or thread.words}", merged, words, subject.scope, "open"
    return "" if setting.ip_document and thread.tags else "no words of intellectual property near it"


def _whole(layout: Layout, clause: Clause) -> frozenset[str]:
    return read_phrase(layout, clause.start, clause.end).tags


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
    subject = _subject(layout, left, changes[0])
    k = len(group)
    places = setting.listed_places(layout, subject.start, subject.end)
    if not places and left.cue("respectively") and len(thread.listed) == k and not _items(layout, subject)[1:]:
        places = thread.listed
    if len(places) == k:
        found = _shared_measure(layout, group[0], subject, thread, changes[0])
        if found:
            thread.listed = places
            code, tags, words, scope = found
            for q, change, place in zip(group, changes, places, strict=True):
                _state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "paired places", place)
            return True
    items = _items(layout, subject)
    if len(items) == k:
        made = [_item_measure(layout, items, n, thread, q, c) for n, (q, c) in enumerate(zip(group, changes, strict=True))]
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
    return False


def _last_levels(thread: Thread, k: int) -> list[Draft]:
    levels = [d for d in thread.drafts if d.transformation in ("level", "share_pct")]
    return levels[-k:]


def _shared_measure(
    layout: Layout, q: Quantity, subject: Phrase, thread: Thread, change: Change
) -> tuple[str, frozenset[str], str, str] | None:
    unit = q.unit if change.transformation in ("level", "change_abs") else ""
    tags = subject.tags
    code = indicator(tags, unit) if tags else None
    if not code and thread.tags:
        tags = inherit(subject.tags, thread.tags)
        code = indicator(tags, unit)
    last = thread.last()
    if not code and not subject.tags and last:
        return last.indicator, last.tags, last.words, last.scope
    return (code, tags, _subject_words(layout, subject) or thread.words, subject.scope) if code else None


def _items(layout: Layout, subject: Phrase) -> list[Phrase]:
    """The members of a list in the subject (实用新型、外观设计专利), cut outside known words; one item where there is no list."""
    text = layout.text
    cuts = [subject.start]
    for m in _LIST.finditer(text, subject.start, subject.end):
        inside = any(w.start <= m.start() < w.end and w.kind == "term" for w in subject.words)
        if not inside and any(_HAN.match(c) for c in text[m.end() : subject.end]):
            cuts += [m.start(), m.end()]
    cuts.append(subject.end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    return [read_phrase(layout, s, e) for s, e in spans if e > s]


def _item_measure(
    layout: Layout, items: list[Phrase], n: int, thread: Thread, q: Quantity, change: Change
) -> tuple[str, frozenset[str], str, str] | None:
    """The measure of one member of a list; what it leaves out stands in the last member, or in the first."""
    unit = q.unit if change.transformation in ("level", "change_abs") else ""
    item, last, first = items[n], items[-1], items[0]
    words = _subject_words(layout, item)
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


def _subject_words(layout: Layout, phrase: Phrase) -> str:
    """The words that name the measure, without periods, places and cue words."""
    drop = [(w.start, w.end) for w in phrase.words if w.kind != "term"]
    drop += [(p.start, p.end) for p in (*layout.periods, *layout.places) if phrase.start <= p.start and p.end <= phrase.end]
    keep = [(w.start, w.end) for w in phrase.words if w.kind == "term"]
    out = []
    for i in range(phrase.start, phrase.end):
        if any(s <= i < e for s, e in keep) or not any(s <= i < e for s, e in drop):
            out.append(layout.text[i])
    return "".join(c for c in "".join(out) if _HAN.match(c) or c in "“”")[-30:]


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
        if q.unit == "美元":
            unit = q.unit
    area, area_reason = place or setting.place()
    period, period_reason = setting.period_of(code, transformation, change.base)
    start = max(start, layout.start)
    while start < q.start and not _HAN.match(layout.text, start) and not layout.text[start].isdigit():
        start += 1
    qualifier = q.qualifier
    if qualifier == "eq" and any(w.text == "约占" and w.end <= q.start for w in layout.words_in(start, q.start)):
        qualifier = "approx"
    scope = scope or _evidence_scope(layout, code, tags, q.unit, words)
    draft = Draft(
        ref_area=area, ref_area_reason=area_reason, time_period=period, time_period_reason=period_reason,
        indicator=code, words=words, scope=scope or setting.scope, transformation=transformation, value=change.value, unit=unit,
        status=setting.status(period), qualifier=qualifier, base=change.base, start=start, end=q.end, rule=rule, tags=tags,
    )  # fmt: skip
    thread.drafts.append(draft)
    thread.tags, thread.words = tags | (thread.tags & {"ip", "court"}), words
    thread.scope = scope


def _evidence_scope(layout: Layout, code: str, tags: frozenset[str], unit: str, words: str) -> str:
    """A slice that the words of the measure name: 商标质押, or 地理标志产品 beside 地理标志商标 in one sentence."""
    if code == "geographical_indications":
        kinds = [k for k in ("地理标志产品", "地理标志商标") if k in layout.text[layout.start : layout.end]]
        return next((k for k in kinds if k in words), "") if len(kinds) == 2 else ""
    return scope_of(tags, unit)
