"""The frozen records that pass between the steps. Offsets are character offsets; a span is half open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from transforms.traced import Traced


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as it was received."""

    uri: str
    body: bytes
    content_type: str | None = None  # the HTTP header, where there was one
    media: str | None = None  # "html" or "text"; None: told from the bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes read as text, and why we believe that they were read rightly."""

    text: str
    encoding: str  # Python codec name: utf-8, gb18030, big5hkscs, hz, utf-16-le ...
    evidence: str  # "bom", "utf-8 valid", "http", "meta", "chardet", "quality"
    score: float  # 0..1 decode quality; genuine Chinese is above 0.74
    replaced: int  # characters lost (U+FFFD)


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `after`, in the coordinates of the text that the step was given."""

    start: int
    end: int
    after: str
    kind: str  # pinyin, byte_shift, lost_lead, lost_dash, lost_space, zero_width, width, simplified, spun ...


@dataclass(frozen=True, slots=True)
class Repair:
    """One mend, with both sides and where it stood in the decoded page."""

    kind: str
    before: str
    after: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an HTML table; `start`/`end` in the main text. Header cells name rows or columns."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """An HTML table of the main text."""

    caption: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page (one block a line) with what the markup told beside it."""

    text: Traced
    title: str = ""  # <h1>, else <title> without the site's name
    tables: tuple[Table, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)  # published, source, author, as the markup's meta elements state them


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cleaned text and the part it plays on the page."""

    start: int
    end: int
    role: str  # title, byline, heading, body, table, furniture, empty
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-document of a page; `hint` is what the heading says of its place."""

    start: int
    end: int
    heading: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What the page says of itself."""

    title: str
    published_on: date | None
    published_reason: str  # "byline", "meta", "text", ""
    source: str  # publisher or issuing office, "" if not told
    source_reason: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One stated statistic: the slots of gold/GUIDELINES.md, and where each of them comes from."""

    ref_area: str | None
    time_period: str | None
    indicator: str  # catalogue code or "open:<words>"
    scope: str
    transformation: str
    value: Decimal
    unit: str
    status: str
    qualifier: str
    base: str
    start: int
    end: int
    quote: str
    raw_start: int
    raw_end: int
    raw_quote: str
    part: int  # number of the sub-document, 0 the first
    rule: str
    confidence: float
    ref_area_reason: str
    time_period_reason: str
    indicator_words: str  # as the repaired text says it


@dataclass(frozen=True, slots=True)
class UnreadNumber:
    """A number of the body that is no observation, with the reason (ignored) or without one (unread)."""

    start: int
    end: int
    quote: str
    sentence: str
    reason: str
    in_scope: bool  # True: it looks like a statistic of ours and was not read


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one page."""

    uri: str
    decoded: Decoded
    header: Header
    text: str
    script: str  # simplified | traditional | mixed
    spun_score: float
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    observations: tuple[Observation, ...]
    unread: tuple[UnreadNumber, ...]
    terms: tuple[tuple[str, int], ...]
    parts: int
    language: str  # zh, or another where the page is not Chinese
