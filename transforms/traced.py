"""Text that remembers where each of its characters stood on the decoded page.

>>> t = Traced.whole("全省專利(lì)授权")
>>> mended = t.edit([Edit(3, 8, "利", "pinyin")])
>>> mended.text, mended.origin(2, 4)
('全省專利授权', (2, 8))
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.records import Edit, Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """`text[i]` came from `page[starts[i]:ends[i]]`; both arrays never fall."""

    text: str
    starts: array[int] | range  # a range where nothing was changed yet
    ends: array[int] | range

    @classmethod
    def whole(cls, text: str) -> Traced:
        """Text as it stands on the page."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    @classmethod
    def join(cls, pieces: Iterable[tuple[str, int, int]]) -> Traced:
        """Pieces `(text, start, end)` of the page in order; a piece as long as its span is traced character by character."""
        texts: list[str] = []
        starts, ends = array("l"), array("l")
        for text, start, end in pieces:
            texts.append(text)
            if len(text) == end - start:
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            else:
                starts.extend([start] * len(text))
                ends.extend([end] * len(text))
        return cls("".join(texts), starts, ends)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the page that `text[start:end]` was published as.

        Raises:
            ValueError: the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span: {start}:{end} of {len(self.text)}")
        return self.starts[start], self.ends[end - 1]

    def edit(self, edits: Sequence[Edit]) -> Traced:
        """All edits at once (they must be sorted and apart); what they replace keeps its place on the page."""
        if not edits:
            return self
        texts: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for e in edits:
            if e.start < at or e.end < e.start:
                raise ValueError(f"edits overlap or run backwards at {e.start}")
            texts.append(self.text[at : e.start])
            starts.extend(self.starts[at : e.start])
            ends.extend(self.ends[at : e.start])
            texts.append(e.after)
            if len(e.after) == e.end - e.start:
                starts.extend(self.starts[e.start : e.end])
                ends.extend(self.ends[e.start : e.end])
            elif e.after:
                low, high = self._bounds(e.start, e.end)
                starts.extend([low] * len(e.after))
                ends.extend([high] * len(e.after))
            at = e.end
        texts.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return Traced("".join(texts), starts, ends)

    def repairs(self, edits: Sequence[Edit]) -> list[Repair]:
        """The same edits as rows: what stood on the page, what it became."""
        rows = []
        for e in edits:
            low, high = self._bounds(e.start, e.end)
            rows.append(Repair(e.kind, self.text[e.start : e.end], e.after, low, high))
        return rows

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return self.starts[start], self.ends[end - 1]
        here = self.ends[start - 1] if start else (self.starts[0] if self.starts else 0)
        return here, here
