"""The main text of an HTML page, one block a line, every character traced to the page's source.

The parser of the standard library tells where each piece of text stands; that is why it is used and no faster one. The main
container is found by descent: from the body into the child that holds most of the page's prose, as long as there is one.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from transforms.records import Cell, Page, Table
from transforms.traced import Traced

_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "caption",
    ]
)
_HEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SILENT = frozenset(["script", "style", "noscript", "template", "select", "button", "textarea", "svg", "iframe", "object"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header-?nav|crumb|breadcrumbs?|sidebar|side|aside|hot|rank|related|recommend|share|copyright|comment|"
    r"pager?|pagination|toolbar|friend-?links?|qrcode|ad|ads|banner|login|search|top-?bar|links?)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[，。；：！？、,;]")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|meta|title|h1|br)\b", re.IGNORECASE)
_META_NAMES = {
    "pubdate": "published", "publishdate": "published", "article:published_time": "published", "publish_date": "published",
    "contentsource": "source", "source": "source", "author": "author", "articletitle": "title", "og:title": "title",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Node:
    tag: str
    parent: _Node | None
    furniture: bool
    prose: int = 0
    children: list[_Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Block:
    node: _Node
    pieces: list[tuple[str, int, int]] = field(default_factory=list)  # text, start, end in the source
    linked: int = 0

    @property
    def text(self) -> str:
        return "".join(p[0] for p in self.pieces)


class _Reader(HTMLParser):
    """Collects blocks of text with their places in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = _Node("root", None, furniture=False)
        self.node = self.root
        self.blocks: list[_Block] = [_Block(self.root)]
        self.meta: dict[str, str] = {}
        self.silent = 0
        self.linked = 0
        self._lines = [0]
        self._lines += [m.end() for m in re.finditer("\n", source)]
        self.feed(source)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _break(self) -> None:
        if self.blocks[-1].pieces:
            self.blocks.append(_Block(self.node))
        else:
            self.blocks[-1].node = self.node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {k: v or "" for k, v in attrs}
        if tag == "meta":
            key = _META_NAMES.get((named.get("name") or named.get("property") or "").lower())
            if key and named.get("content"):
                self.meta.setdefault(key, named["content"].strip())
        if tag in _SILENT:
            self.silent += 1
        if tag == "a":
            self.linked += 1
        if tag in _VOID:
            if tag in _BLOCK:
                self._break()
            return
        if tag in _BLOCK:
            if tag in ("p", "li", "td", "th", "tr", "dt", "dd", "option") and self.node.tag == tag:
                self._leave(tag)
            marks = f"{named.get('class', '')} {named.get('id', '')}"
            furniture = self.node.furniture or tag in ("nav", "footer", "aside") or bool(_FURNITURE.search(marks))
            child = _Node(tag, self.node, furniture, attributes=named)
            self.node.children.append(child)
            self.node = child
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a":
            self.linked = max(0, self.linked - 1)
        elif tag in _BLOCK and tag not in _VOID:
            self._leave(tag)

    def _leave(self, tag: str) -> None:
        node: _Node | None = self.node
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.node = node.parent
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._add(data, self._at())

    def handle_entityref(self, name: str) -> None:
        if not self.silent:
            start = self._at()
            written = f"&{name}"
            text = entities.unescape(written + ";")
            end = start + len(written) + (self.rawdata_at(start + len(written)) == ";")
            self._piece(text if text != written + ";" else written, start, end)

    def handle_charref(self, name: str) -> None:
        if not self.silent:
            start = self._at()
            end = start + len(name) + 2
            self._piece(entities.unescape(f"&#{name};"), start, end + (self.rawdata_at(end) == ";"))

    def rawdata_at(self, at: int) -> str:
        """The character of the source at an offset; the whole source is fed at once."""
        return self.rawdata[at : at + 1]

    def _add(self, data: str, start: int) -> None:
        at = 0
        for m in _SPACE.finditer(data):
            if m.start() > at:
                self._piece(data[at : m.start()], start + at, start + m.start())
            self._piece(" ", start + m.start(), start + m.end())
            at = m.end()
        if at < len(data):
            self._piece(data[at:], start + at, start + len(data))

    def _piece(self, text: str, start: int, end: int) -> None:
        block = self.blocks[-1]
        if text == " " and (not block.pieces or block.pieces[-1][0].endswith(" ")):
            return
        block.pieces.append((text.replace("\n", " ").replace("\xa0", " "), start, end))
        if self.linked:
            block.linked += len(text)


def looks_like_html(text: str) -> bool:
    """Whether the text is HTML source: it holds one of HTML's own elements within the first 5,000 characters."""
    return bool(_HTML.search(text, 0, 5000))


def read_text(text: str) -> Page:
    """A page that is plain text already: line ends are made one, nothing else changes."""
    pieces, at = [], 0
    for m in re.finditer(r"\r\n?|\x0b|\x0c|\u2028|\u2029|\x85", text):
        pieces += [(text[at : m.start()], at, m.start()), ("\n", m.start(), m.end())]
        at = m.end()
    pieces.append((text[at:], at, len(text)))
    return Page(Traced.join(p for p in pieces if p[0]))


def read_html(source: str) -> Page:
    """The main text of a page with its title, tables and the markup's own statements about date and source."""
    reader = _Reader(source)
    blocks = [b for b in reader.blocks if b.text.strip()]
    for b in blocks:
        if not b.node.furniture and not _in(b.node, "title"):
            weight = _prose(b)
            node: _Node | None = b.node
            while node is not None:
                node.prose += weight
                node = node.parent
    main = _main(reader.root)
    heads = [b for b in blocks if _in(b.node, "h1") and not b.node.furniture] or [
        b for b in blocks if _in(b.node, "h2") and not b.node.furniture
    ][:1]
    kept = [b for b in blocks if _inside(b.node, main) and not _in(b.node, "title") and not _dropped(b)]
    ids = {id(b) for b in kept}
    if heads and kept and id(heads[0]) not in ids:
        first = blocks.index(kept[0])
        at = blocks.index(heads[0])
        between = [
            b
            for b in blocks[at + 1 : first]
            if len(b.text) < 120 and re.search(r"\d{4}[-年./]\d|来源|來源", b.text) and not _in(b.node, "title")
        ]
        if at < first:
            kept = [heads[0], *between, *kept]
    title = heads[0].text.strip() if heads else reader.meta.get("title") or _window_title(blocks)
    traced, tables = _write(kept)
    return Page(traced, title, tables, reader.meta)


def _prose(block: _Block) -> int:
    """Characters of prose: text that is no link and has punctuation, or stands in a table cell."""
    own = len(block.text) - block.linked
    if own < 8:
        return own if block.node.tag in ("td", "th") else 0
    return own if _PROSE.search(block.text) or block.node.tag in ("td", "th") else own // 4


def _main(root: _Node) -> _Node:
    node = root
    while True:
        heavy = [c for c in node.children if c.prose > 0.8 * node.prose]
        if not heavy or (heavy[0].tag in ("p", "tr", "td", "li", "tbody") and len(node.children) > 1):
            return node
        if heavy[0].tag in ("p", "h1"):
            return node
        node = heavy[0]


def _dropped(block: _Block) -> bool:
    text = block.text.strip()
    if block.node.furniture:
        return True
    return block.linked > 0.6 * len(text) and not _PROSE.search(text) and block.node.tag not in ("td", "th", "h1", "h2")


def _in(node: _Node | None, tag: str) -> bool:
    while node is not None:
        if node.tag == tag:
            return True
        node = node.parent
    return False


def _inside(node: _Node | None, above: _Node) -> bool:
    while node is not None:
        if node is above:
            return True
        node = node.parent
    return False


def _window_title(blocks: list[_Block]) -> str:
    for b in blocks:
        if _in(b.node, "title"):
            parts = re.split(r"\s*[-_|—–]+\s*", b.text.strip())
            return max(parts, key=len)
    return ""


def _row_of(node: _Node | None) -> _Node | None:
    while node is not None and node.tag != "tr":
        node = node.parent
    return node


def _layout_rows(blocks: list[_Block]) -> set[int]:
    """Rows that lay a page out and hold no data: a cell of theirs has a heading in it, or more paragraphs than a datum needs."""
    sizes: Counter[int] = Counter()
    rows = set()
    for block in blocks:
        row = _row_of(block.node)
        if row is None:
            continue
        cell: _Node | None = block.node
        while cell is not None and cell.tag not in ("td", "th", "tr"):
            if cell.tag in _HEADS:
                rows.add(id(row))
            cell = cell.parent
        sizes[id(cell)] += 1
        if sizes[id(cell)] > 3:
            rows.add(id(row))
    return rows


def _write(blocks: list[_Block]) -> tuple[Traced, tuple[Table, ...]]:
    """Blocks as lines, the cells of a row on one line with tabs between them; and the tables' cells with their spans."""
    pieces: list[tuple[str, int, int]] = []
    tables: dict[int, list[Cell]] = {}
    rows: dict[int, int] = {}
    length, last_row, last_cell = 0, None, None
    layout = _layout_rows(blocks)
    for block in blocks:
        body = _trim(block.pieces)
        if not body:
            continue
        row = _row_of(block.node)
        row = None if id(row) in layout else row
        cell = block.node
        while cell.parent is not None and cell.tag not in ("td", "th"):
            cell = cell.parent
        gap = "" if not pieces else ("\t" if row is not None and row is last_row and cell is not last_cell else "\n")
        if row is not None and row is last_row and cell is last_cell:
            gap = " "
        if gap:
            edge = pieces[-1][2]
            pieces.append((gap, edge, max(edge, body[0][1])))
            length += len(gap)
        start = length
        for p in body:
            pieces.append(p)
            length += len(p[0])
        if row is not None and row.parent is not None and cell.tag in ("td", "th"):
            grid = tables.setdefault(id(row.parent), [])
            number = rows.setdefault(id(row), len({c.row for c in grid}))
            column = sum(1 for c in grid if c.row == number)
            span = cell.attributes
            grid.append(
                Cell(number, column, _int(span.get("rowspan")), _int(span.get("colspan")), cell.tag == "th", start, length)
            )
        last_row, last_cell = row, cell
    return Traced.join(pieces), tuple(Table("", tuple(cells)) for cells in tables.values())


def _int(text: str | None) -> int:
    return max(1, min(100, int(text))) if text and text.isdigit() else 1


def _trim(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Pieces without blanks at either end."""
    made = [p for p in pieces if p[0]]
    while made and not made[0][0].strip(" \u3000"):
        made.pop(0)
    while made and not made[-1][0].strip(" \u3000"):
        made.pop()
    return made
