"""Longest match of many words in one pass over the text, however many the words are.

>>> m = Matcher({"专利": 1, "发明专利": 2})
>>> m.find("发明专利与专利")
[(0, 4, 2), (5, 7, 1)]
>>> m.find("发明专利与专利", 2, 6)
[(2, 4, 1)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")


class Matcher(Generic[T]):
    """Finds the longest word at each place, left to right, never overlapping."""

    def __init__(self, words: Mapping[str, T]) -> None:
        """Build the automaton of the words."""
        self._words = dict(words)
        self._values = list(self._words.values())
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)

    def items(self) -> Iterator[tuple[str, T]]:
        """All words with their values."""
        yield from self._words.items()

    def words(self) -> Iterator[str]:
        """All words."""
        yield from self._words

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, T]]:
        """Give `(start, end, value)` of each match inside `text[start:end]`."""
        values = self._values
        found = self._automaton.find_matches_as_indexes(text[start:end])
        return [(start + low, start + high, values[i]) for i, low, high in found]
