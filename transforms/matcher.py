"""Longest match of many words in one pass, without regular expressions: words are found by their first character.

>>> m = Matcher({"专利": 1, "发明专利": 2})
>>> [(s, e, v) for s, e, v in m.find("发明专利与专利")]
[(0, 4, 2), (5, 7, 1)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")


class Matcher(Generic[T]):
    """Finds the longest word at each place, left to right, never overlapping."""

    def __init__(self, words: Mapping[str, T]) -> None:
        """Index the words by first character, longest first."""
        self._by_first: dict[str, list[tuple[str, T]]] = {}
        for word, value in words.items():
            self._by_first.setdefault(word[0], []).append((word, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    def items(self) -> Iterator[tuple[str, T]]:
        """All words with their values."""
        for entries in self._by_first.values():
            yield from entries

    def words(self) -> Iterator[str]:
        """All words."""
        return (word for word, _ in self.items())

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, T]]:
        """Yield `(start, end, value)` of each match inside `text[start:end]`."""
        at = start
        stop = len(text) if end is None else end
        by_first = self._by_first
        while at < stop:
            for word, value in by_first.get(text[at], ()):
                if text.startswith(word, at) and at + len(word) <= stop:
                    yield at, at + len(word), value
                    at += len(word)
                    break
            else:
                at += 1
