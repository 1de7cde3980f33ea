"""Coordinations: several numbers in a row are paired with as many places, ranks, measures, slices or earlier statements."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from transforms.changes import change_of
from transforms.measures import item_measure, listed_items, shared_measure, subject_of
from transforms.phrases import Phrase, explained
from transforms.stating import state

if TYPE_CHECKING:
    from transforms.changes import Change
    from transforms.clauses import Layout
    from transforms.context import Setting
    from transforms.numbers import Quantity
    from transforms.thread import Draft, Thread

_RANKS = 20  # ranks in one range
_SLICE = re.compile(r"(?:涉及|来自|其中|以)?([\u4e00-\u9fffA-Za-z0-9]{2,10}?)(?:的|类|方面|出质)?")


def with_direction(layout: Layout, left: Phrase, start: int, end: int) -> Phrase:
    """The phrase of a later number of a group: its own word of direction, the rest shared."""
    own = tuple(layout.words_in(start, end))
    return replace(left, words=(*left.words, *own))


def last_levels(thread: Thread, k: int) -> list[Draft]:
    """The last `k` levels and shares of the sentence."""
    levels = [d for d in thread.drafts if d.transformation in ("level", "share_pct")]
    return levels[-k:]


def ranks_of(layout: Layout, group: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """All ranks of a range: 第二至第五位 and 第三到第五 are several, each with the words of the whole range; else the group."""
    if any(q.klass != "ordinal" for q in group):
        return group
    first, last = group[0], group[-1]
    spelt = len(group) == 2 and layout.text[first.end : last.start] in ("到", "至")
    high = last.value if spelt else first.high if len(group) == 1 else None
    if high is None or not 0 < high - first.value < _RANKS:
        return group
    return tuple(replace(last, start=first.start, value=Decimal(n), high=None) for n in range(int(first.value), int(high) + 1))


def _slices(
    layout: Layout, items: list[Phrase], group: tuple[Quantity, ...], changes: list[Change], thread: Thread
) -> list[tuple[str, frozenset[str], str, str]]:
    """Slices of one measure: of the one that the last member names (狮山、大沥、里水登记金额), or of the one spoken of before."""
    last, k = thread.last(), len(items)
    named = item_measure(layout, items, k - 1, thread, group[-1], changes[-1])
    if named and items[-1].tags and not any(x.tags for x in items[:-1]):
        names = [x.residual for x in items]
        shared = named[:3]
    elif last and last.unit == group[0].unit and changes[0].transformation == "level":
        names = [m.group(1) if (m := _SLICE.fullmatch(layout.text[x.start : x.end].strip("，, "))) else "" for x in items]
        shared = (last.indicator, last.tags, last.words)
    else:
        return []
    return [(*shared, name) for name in names] if all(2 <= len(n) <= 10 for n in names) else []


def pair(layout: Layout, group: tuple[Quantity, ...], left: Phrase, thread: Thread, setting: Setting) -> bool:
    """Pair the numbers of a coordination with as many places, measures, scopes or earlier statements."""
    changes: list[Change] = []
    for n, q in enumerate(group):
        phrase = left if n == 0 or group[n - 1].end > q.start else with_direction(layout, left, group[n - 1].end, q.start)
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
                state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "paired places", place)
            return True
    items = listed_items(layout, subject, k)
    if len(items) == k:
        made = [item_measure(layout, items, n, thread, q, c) for n, (q, c) in enumerate(zip(group, changes, strict=True))]
        if all(made):
            for q, change, one in zip(group, changes, made, strict=True):
                code, tags, words, scope = one  # type: ignore[misc]
                state(layout, q, left.start, change, code, tags, words, scope, thread, setting, "paired measures")
            return True
        if slices := _slices(layout, items, group, changes, thread):
            for q, change, one in zip(group, changes, slices, strict=True):
                state(layout, q, left.start, change, *one, thread, setting, "paired slices")
            return True
    if not subject.tags and len(thread.drafts) >= k and changes[0].transformation != "level" and explained(subject):
        earlier = last_levels(thread, k)
        if len(earlier) == k:
            for q, change, d in zip(group, changes, earlier, strict=True):
                place = (d.ref_area, d.ref_area_reason)
                state(
                    layout, q, left.start, change, d.indicator, d.tags, d.words, d.scope, thread, setting, "paired changes", place
                )
            return True
    if left.cue("respectively") and len({q.unit for q in group}) == 1:
        heard = listed_items(layout, thread.heard, k) if thread.heard else []
        heard = heard if len(heard) == k else []
        for n, (q, change) in enumerate(zip(group, changes, strict=True)):
            one = item_measure(layout, heard, n, thread, q, change) if heard else None
            if one:
                state(layout, q, left.start, change, *one, thread, setting, "paired measures")
            else:
                thread.ignored[q.start] = "which of the subjects it belongs to is not told"
        return True
    return False
