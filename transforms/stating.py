"""Put a statement down: its measure, with the place, period and status that the setting answers for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.actors import is_firm
from transforms.context import FROM_PAGE
from transforms.frames import SLOTS, kind_of, unit_of
from transforms.measures import evidence_scope
from transforms.periods import resolve
from transforms.thread import Draft, Thread

if TYPE_CHECKING:
    from transforms.changes import Change
    from transforms.clauses import Layout
    from transforms.context import Setting
    from transforms.numbers import Quantity

_BACK = re.compile(r"该(?:产业|领域|行业)|相关(?=专利|发明)")
REACHED = re.compile(r"(?:已?经?)(?:达到?|为|升至|提高到|提升到)了?")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


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
        and bool(REACHED.fullmatch(between))
    )


def state(
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
    if thread.daily and transformation == "level" and kind_of(code) == "flow":
        code = f"open:日均{words}"  # a day's number is no year's
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
    last = thread.last()
    spoken = any(p.start >= last.end for p in layout.periods if p.end <= q.start and p.role != "base") if last else True
    shared = rule == "elliptic change" or (rule == "elliptic" and transformation == "share_pct")
    if last and shared and not spoken and kind_of(code) == "flow" and transformation != "cagr_pct":
        period, period_reason = last.time_period, last.time_period_reason  # without a period of its own: the figure's before it
    if transformation == "change_pct" and change.base == "named" and change.base_period is not None:
        before = resolve(change.base_period, setting.anchor, None)
        whole = bool(period) and (len(period or "") == 4 or "同期" in change.base_period.text)
        if before and period and whole and len(before) == 4 and int(period[:4]) - int(before) == 1:
            transformation = "yoy_pct"  # 比2020年, said of 2021
    start = max(start, layout.start)
    while start < q.start and not _HAN.match(layout.text, start) and not layout.text[start].isdigit():
        start += 1
    qualifier = q.qualifier
    if qualifier == "eq" and any(w.text == "约占" and w.end <= q.start for w in layout.words_in(start, q.start)):
        qualifier = "approx"
    evidence = tags | (thread.tags & {"tm"}) if code == "examination_accuracy" else tags
    scope = scope or evidence_scope(layout, code, evidence, q.unit if transformation in ("level", "change_abs") else "", words)
    if not scope and setting.field and _BACK.search(layout.text, start, q.start):
        scope = setting.field  # 该产业, 相关专利: the field named before
    if not scope and setting.actor and not setting.place_said and not place:
        scope = setting.actor  # the words tell of a firm or a fair, not of a place
        area, area_reason = setting.actor_place
    elif is_firm(scope) and area == "100000" and not place:
        area, area_reason = None, "a company's, and the text does not place it"
    draft = Draft(
        ref_area=area, ref_area_reason=area_reason, time_period=period, time_period_reason=period_reason,
        indicator=code, words=words, scope=scope or setting.zone(), transformation=transformation, value=change.value, unit=unit,
        status=setting.status(period, guessed=period_reason == FROM_PAGE), qualifier=qualifier, base=change.base, start=start, end=q.end, rule=rule, tags=tags,
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
