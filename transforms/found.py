"""Numbers, periods and places of a text, found once and handed out by span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from transforms.numbers import find_quantities
from transforms.periods import find_periods
from transforms.places import find_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from transforms.numbers import Quantity
    from transforms.periods import PeriodMention
    from transforms.places import PlaceMention

    _M = TypeVar("_M", Quantity, PeriodMention, PlaceMention)

LONGEST = 600  # characters; sentences of the labelled documents have up to 366, and reading one takes the square of its length


class Found:
    """Numbers, periods and places of the whole text."""

    def __init__(self, text: str) -> None:
        """Find them all once; each sequence is in the order of the text."""
        self._text = text
        self._quantities, self._periods, self._places = find_quantities(text), find_periods(text), find_places(text)
        self._starts = [[m.start for m in ms] for ms in (self._quantities, self._periods, self._places)]

    def inside(self, start: int, end: int) -> tuple[list[Quantity], list[PeriodMention], list[PlaceMention]]:
        """What lies wholly inside `text[start:end]`."""
        numbers, times, areas = self._starts
        return (
            _inside(self._quantities, numbers, start, end),
            _inside(self._periods, times, start, end),
            _inside(self._places, areas, start, end),
        )

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A sentence, or where it has no end in sight pieces of it; none ends inside a number."""
        while end - start > LONGEST:
            stop = start + LONGEST
            comma = max(self._text.rfind(c, start + LONGEST // 2, stop) for c in "；;，、\t") + 1
            stop = comma or stop
            i = bisect_left(self._starts[0], stop) - 1
            if i >= 0 and (q := self._quantities[i]).end > stop:
                stop = q.start if q.start > start else q.end
            yield start, stop
            start = stop
        if start < end:
            yield start, end


def _inside(mentions: list[_M], starts: list[int], start: int, end: int) -> list[_M]:
    return [m for m in mentions[bisect_left(starts, start) : bisect_left(starts, end)] if m.end <= end]


def covering(spans: Iterable[tuple[int, int]]) -> Callable[[Quantity], bool]:
    """Whether a number lies inside one of the spans, told in the time of a search."""
    ordered = sorted(spans)
    starts, reach = [s for s, _ in ordered], list(accumulate((e for _, e in ordered), max))

    def inside(q: Quantity) -> bool:
        i = bisect_right(starts, q.start) - 1
        return i >= 0 and q.end <= reach[i]

    return inside
