"""What a sentence has established so far: its statements, and what an elliptic clause may take over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from transforms.phrases import Phrase


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
    heard: Phrase | None = None  # the clause before, where it had no number
    new: bool = False  # 新增 holds for the members of a list that follow
    daily: bool = False  # 平均每天 holds for the sentence
    broken: bool = False  # a number of something else came between
    ignored: dict[int, str] = field(default_factory=dict)  # start of a number -> why it is no statistic

    def last(self) -> Draft | None:
        """The statement that an elliptic clause speaks about; none after a number of something else."""
        return self.drafts[-1] if self.drafts and not self.broken else None
