"""The main text of an HTML page, one block a line, every character traced to the page's source; and what its markup tells beside it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from transforms.maintext import Weighed, main_blocks
from transforms.markup import parse
from transforms.records import Cell, Page, Table
from transforms.traced import Traced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.markup import Block, Markup, Node, Piece

_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|meta|title|h1|br)\b", re.IGNORECASE)
_META_NAMES = {
    "pubdate": "published", "publishdate": "published", "article:published_time": "published", "publish_date": "published",
    "contentsource": "source", "source": "source", "author": "author", "articletitle": "title", "og:title": "title",
}  # fmt: skip
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BYLINE = re.compile(r"\d{4}[-年./]\d|来源|來源")
_DAY = re.compile(r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}(?!\d)")
_SITE = re.compile(r"\s*[-_|—–]+\s*")  # what stands between a title and the site's name
_NEAR = 10  # blocks above the text that may be its byline
_LINE_END = re.compile(r"\r\n?|\x0b|\x0c|\u2028|\u2029|\x85")


def looks_like_html(text: str) -> bool:
    """Whether the text is HTML source: it holds one of HTML's own elements within the first 5,000 characters."""
    return bool(_HTML.search(text, 0, 5000))


def read_text(text: str) -> Page:
    """A page that is plain text already: line ends are made one, nothing else changes."""
    if not _LINE_END.search(text):
        return Page(Traced.whole(text))
    pieces, at = [], 0
    for m in _LINE_END.finditer(text):
        pieces += [(text[at : m.start()], at, m.start()), ("\n", m.start(), m.end())]
        at = m.end()
    pieces.append((text[at:], at, len(text)))
    return Page(Traced.join(p for p in pieces if p[0]))


def read_html(source: str) -> Page:
    """The main text of a page with its title, tables and the markup's own statements about date and source."""
    markup = parse(source)
    page = Weighed(markup)
    kept = main_blocks(page)
    window = _window_title(markup)
    head = _heading(page, kept, window)
    first = kept[0] if kept else len(page.blocks)
    before = range(first if head is None else head + 1, first)
    if head is None:
        before = range(max(0, first - _NEAR), first)
    bylines = [i for i in before if _is_byline(page.blocks[i])]
    meta = _meta(markup)
    if stated := _stated(page, kept):
        meta["stated"] = stated
    title = page.blocks[head].text.strip() if head is not None else meta.get("title") or max(_SITE.split(window), key=len)
    shown = sorted({*bylines, *kept} | ({head} if head is not None and head < first else set()))
    traced, tables = _write([page.blocks[i] for i in shown])
    return Page(traced, title, tables, meta)


def _heading(page: Weighed, kept: Sequence[int], window: str) -> int | None:
    """The block of the first heading of the highest rank; else the one above the text that the window's title repeats."""
    for tag in ("h1", "h2"):
        for i, b in enumerate(page.blocks):
            if tag in b.node.inside and not page.furniture[i]:
                return i
    first = kept[0] if kept else len(page.blocks)
    for i in range(min(first, len(page.blocks) - 1), max(-1, first - 4 * _NEAR), -1):
        text = page.blocks[i].text.strip()
        if 6 <= len(text) <= 80 and text in window:
            return i
    return None


def _is_byline(block: Block) -> bool:
    return len(block.text) < 120 and block.linked < 0.5 * len(block.text) and bool(_BYLINE.search(block.text))


def _stated(page: Weighed, kept: Sequence[int]) -> str:
    """The first full date that stands alone or with few words, above the text or, failing that, below it."""
    if not kept:
        return ""
    for numbers in (range(kept[0]), range(kept[0], len(page.blocks))):
        for i in numbers:
            block = page.blocks[i]
            if len(block.text) < 100 and block.linked < 0.5 * len(block.text) and (m := _DAY.search(block.text)):
                return m.group()
    return ""


def _meta(markup: Markup) -> dict[str, str]:
    made: dict[str, str] = {}
    for named in markup.metas:
        key = _META_NAMES.get((named.get("name") or named.get("property") or "").lower())
        if key and named.get("content"):
            made.setdefault(key, named["content"].strip())
    return made


def _window_title(markup: Markup) -> str:
    return next((b.text.strip() for b in markup.blocks if "title" in b.node.inside), "")


def _around(node: Node | None, *tags: str) -> Node | None:
    while node is not None and node.tag not in tags:
        node = node.parent
    return node


def _cell_of(block: Block) -> tuple[Node | None, Node | None]:
    """The table row and cell that a block stands in."""
    if "table" not in block.node.inside:
        return None, None
    return _around(block.node, "tr"), _around(block.node, "td", "th")


def _layout_rows(blocks: Sequence[Block]) -> set[int]:
    """Rows that lay a page out and hold no data: a cell of theirs has a heading in it, or more paragraphs than a datum needs."""
    sizes: Counter[int] = Counter()
    rows = set()
    for block in blocks:
        row, cell = _cell_of(block)
        if row is None or cell is None:
            continue
        sizes[cell.index] += 1
        heading = _around(block.node, *_HEADS, "td", "th")
        if sizes[cell.index] > 3 or (heading is not None and heading.tag in _HEADS):
            rows.add(row.index)
    return rows


def _write(blocks: Sequence[Block]) -> tuple[Traced, tuple[Table, ...]]:
    """Blocks as lines, the cells of a row on one line with tabs between them; and the tables' cells with their spans."""
    pieces: list[Piece] = []
    tables: dict[int, list[Cell]] = {}
    rows: dict[int, int] = {}  # a row's number in its table
    layout = _layout_rows(blocks)
    length = 0
    last_row: Node | None = None
    last_cell: Node | None = None
    for block in blocks:
        body = _trim(block.pieces)
        if not body:
            continue
        row, cell = _cell_of(block)
        row = None if row is not None and row.index in layout else row
        if pieces:
            same = row is not None and row is last_row
            gap = "\n" if not same else " " if cell is last_cell else "\t"
            edge = pieces[-1][2]
            pieces.append((gap, edge, max(edge, body[0][1])))
            length += 1
        start = length
        pieces += body
        length += sum(len(p[0]) for p in body)
        if row is not None and row.parent is not None and cell is not None:
            grid = tables.setdefault(row.parent.index, [])
            number = rows.setdefault(row.index, grid[-1].row + 1 if grid else 0)
            column = grid[-1].column + 1 if grid and grid[-1].row == number else 0
            spans = cell.attributes
            grid.append(
                Cell(number, column, _int(spans.get("rowspan")), _int(spans.get("colspan")), cell.tag == "th", start, length)
            )
        last_row, last_cell = row, cell
    return Traced.join(pieces), tuple(Table("", tuple(cells)) for cells in tables.values())


def _int(text: str | None) -> int:
    return max(1, min(100, int(text))) if text and text.isdecimal() and text.isascii() else 1


def _trim(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without blanks at either end."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip(" \u3000"):
        first += 1
    while first < last and not pieces[last - 1][0].strip(" \u3000"):
        last -= 1
    return list(pieces[first:last])
