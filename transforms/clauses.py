"""A sentence laid out: its numbers, periods, places, words of the subject and cue words, cut into clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import seeds
from transforms.actors import find_actors
from transforms.frames import terms
from transforms.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.actors import Actor
    from transforms.numbers import Quantity
    from transforms.periods import PeriodMention
    from transforms.places import PlaceMention

# Classes of numbers that can be a statistic; all others are ignored with their class as the reason.
STATED = frozenset({"quantity", "percent", "points", "multiple", "doubling", "fraction", "ordinal", "top"})
_BREAK = re.compile(r"[，,；;：:。！!？?\n\t▲（）()]")
_REMARK = re.compile(r"[（(][^（）()\d，,。；;：:]{1,12}[)）]")  # a remark inside a name is no break
_JOIN = re.compile(r"\s*(?:[、和与及至]|以及|或)?\s*")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class CueRow:
    """A function word and what it signals."""

    word: str
    kind: str


class Word(NamedTuple):
    """A known word at its place: `kind` is "term" (with tags) or the kind of the cue."""

    start: int
    end: int
    kind: str
    tags: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between breaks with its numbers in groups; a group is joined by 、 or 和 alone."""

    start: int
    end: int
    bracketed: bool
    groups: tuple[tuple[Quantity, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One sentence and all that was recognised in it."""

    text: str  # the whole cleaned text; offsets are offsets into it
    start: int
    end: int
    words: tuple[Word, ...]
    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]
    clauses: tuple[Clause, ...]
    actors: tuple[Actor, ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def words_in(self, start: int, end: int) -> list[Word]:
        """The known words that lie wholly inside a span."""
        found = list(self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)])
        if found and found[-1].end > end:  # words never overlap, so it can only be the last
            found.pop()
        return found


@cache
def _vocabulary() -> Matcher[tuple[str, frozenset[str]]]:
    words: dict[str, tuple[str, frozenset[str]]] = {
        row.word: (row.kind, frozenset()) for row in seeds.load("cues", CueRow, key=("word",))
    }
    words.update({word: ("term", tags) for word, tags in terms().items()})
    return Matcher(words)


def lay_out(
    text: str,
    start: int,
    end: int,
    quantities: Sequence[Quantity],
    periods: Sequence[PeriodMention],
    places: Sequence[PlaceMention],
) -> Layout:
    """Everything recognised in one sentence; the sequences hold what lies inside it, in order."""
    words = []
    at = start
    blocks = [(q.start, q.end) for q in quantities if q.klass != "lexical"] + [(end, end)]
    for low, high in blocks:
        words += [Word(s, e, kind, tags, text[s:e]) for s, e, (kind, tags) in _vocabulary().find(text, at, low)]
        at = max(at, high)
    clauses = tuple(_clauses(text, start, end, quantities))
    actors = tuple(find_actors(text, start, end))
    return Layout(text, start, end, tuple(words), tuple(periods), tuple(places), clauses, actors, tuple(w.start for w in words))


def _clauses(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Clause]:
    covered = [(q.start, q.end) for q in quantities]
    covered += [(m.start(), m.end()) for m in _REMARK.finditer(text, start, end)]
    taken = {i for s, e in covered for i in range(s, e)}
    breaks = [at for m in _BREAK.finditer(text, start, end) if (at := m.start()) not in taken]
    clauses, at, depth = [], start, 0
    for stop in [*breaks, end]:
        if stop > at:
            inside = [q for q in quantities if at <= q.start and q.end <= stop and q.klass in STATED]
            clauses.append(Clause(at, stop, depth > 0, tuple(_groups(text, inside))))
        if stop < end:
            depth = max(0, depth + {"（": 1, "(": 1, "）": -1, ")": -1}.get(text[stop], 0))
        at = stop + 1
    return clauses


def _groups(text: str, quantities: Sequence[Quantity]) -> list[tuple[Quantity, ...]]:
    groups: list[list[Quantity]] = []
    for q in quantities:
        ranked = groups and groups[-1][-1].klass == q.klass == "ordinal" and text[groups[-1][-1].end : q.start] == "到"
        if groups and (ranked or joined(text, groups[-1][-1].end, q.start)):
            groups[-1].append(q)
        else:
            groups.append([q])
    return [tuple(g) for g in groups]


def joined(text: str, start: int, end: int) -> bool:
    """Whether two numbers are coordinated: only 、和与 and words of direction stand between them.

    >>> joined("1731件和811件", 5, 6), joined("8.3%和下降3.6%", 4, 7)
    (True, True)
    """
    between = text[start:end]
    m = _JOIN.match(between)
    rest = between[m.end() :] if m else between
    return bool(between) and rest in ("", "下降", "增长", "减少", "增加", "提高", "上升", "降低", "第", "增", "降", "为", "达")


def followed_by_noun(layout: Layout, q: Quantity) -> bool:
    """Whether a noun stands right behind the number (61家企业)."""
    return q.end < layout.end and bool(_HAN.match(layout.text, q.end))
