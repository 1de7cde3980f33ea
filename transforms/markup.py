"""HTML source to blocks of text in a tree of block elements, every character with its place in the source.

A tokenizer of our own, because an observation must quote the page as published: lexbor, libxml2 and resiliparse give no place in
the source, and the standard library's parser reads comments and scripts differently from one Python version to the next. It
follows the standard where pages depend on it (a tag ends behind its quoted values, scripts end at their end tag, what is not
closed runs to the end), and runs in linear time over any input.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from dataclasses import dataclass, field

BLOCK = frozenset(
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
_RAW = frozenset(["script", "style"])  # not shown, and not markup
_SILENT = frozenset(
    ["noscript", "template", "select", "button", "svg", "object", "textarea", "iframe"]
)  # not shown, where it is closed at all
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_CLOSES_ITSELF = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])
_CLOSED_BY = {"td": ("td", "th"), "th": ("td", "th"), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("td", "th", "tr")}
_KNOWN = BLOCK | _RAW | _SILENT | {"a", "meta"}
_UNLINKS = frozenset(["td", "table", "ul", "h1", "title"])  # a link that is not closed ends with them
_DEEPEST = 500  # browsers stop nesting there too
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*+>|<(?P<slash>/?)(?P<tag>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>\"']++|\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[\"'])*+)>",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"<(?:!--|/?[a-zA-Z])")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]*)\s*+(?:=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_MARK = re.compile(r"[ \t\r\n\f\xa0]+|&(?:#\d{1,9}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header-?nav|crumbs?|breadcrumbs?|sidebar|side|aside|hot|rank|related|recommend|share|copyright|"
    r"comments?|pager?|pagination|toolbar|friend-?links?|qrcode|ad|ads|banner|login|search|top-?bar|links?)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_NEVER_TEXT = re.compile(r"comment|repl(?:y|ies)|related|recommend|footer|copyright", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

Piece = tuple[str, int, int]  # text, start and end in the source


@dataclass(slots=True)
class Node:
    """A block element; nodes are numbered in the order of the source, so a subtree is the numbers `index` to `last`."""

    tag: str
    parent: Node | None
    index: int
    depth: int
    yields: float  # furniture by its name, unless it holds more than this share of the page's prose; 0: no furniture
    inside: frozenset[str]  # title, h1, h2, tr: what it stands in, itself included
    attributes: dict[str, str]
    last: int = 0


@dataclass(slots=True)
class Block:
    """A run of text that no block element interrupts."""

    node: Node
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0  # characters that stand in links
    text: str = ""


@dataclass(slots=True)
class Markup:
    """What a page's source holds."""

    nodes: list[Node]
    blocks: list[Block]  # those with text
    metas: list[dict[str, str]]


class _Builder:
    """The open elements, and what has been read."""

    def __init__(self) -> None:
        root = Node("root", None, 0, 0, yields=0.0, inside=frozenset(), attributes={})
        self.nodes = [root]
        self.node = root
        self.blocks: list[Block] = [Block(root)]
        self.metas: list[dict[str, str]] = []
        self.open: Counter[str] = Counter()
        self.linked = False

    def start(self, tag: str, rest: str) -> None:
        if tag == "meta":
            self.metas.append(attributes(rest))
        elif tag == "a":
            self.linked = "href" in rest.lower()
        if tag not in BLOCK:
            return
        if tag in _VOID:
            self.cut()
            return
        for other in _CLOSED_BY.get(tag, (tag,)) if tag in _CLOSES_ITSELF else ():
            if self.node.tag == other:
                self.end(other)
        if self.node.depth >= _DEEPEST:
            self.cut()
            return
        named = attributes(rest)
        marks = f"{named.get('class', '')} {named.get('id', '')}"
        yields = 0.0
        if tag in ("nav", "footer", "aside") or (tag not in ("body", "main", "article", "form") and _FURNITURE.search(marks)):
            yields = 1.0 if _NEVER_TEXT.search(marks) else 0.8
        elif _HIDDEN.search(named.get("style", "")):
            yields = 0.3
        inside = self.node.inside | {tag} if tag in ("title", "h1", "h2", "table") else self.node.inside
        self.node = Node(tag, self.node, len(self.nodes), self.node.depth + 1, yields, inside, named)
        self.nodes.append(self.node)
        self.open[tag] += 1
        self.cut()

    def end(self, tag: str) -> None:
        if tag == "a" or tag in _UNLINKS:
            self.linked = False
        if tag not in BLOCK or tag in _VOID or not self.open[tag]:
            return
        if tag not in ("table", "body") and self.open["table"] and not self._within_table(tag):
            return  # a stray end tag inside a cell closes nothing outside its table
        while True:
            node = self.node
            node.last = len(self.nodes) - 1
            self.open[node.tag] -= 1
            assert node.parent is not None  # noqa: S101  the tag is open
            self.node = node.parent
            if node.tag == tag:
                break
        self.cut()

    def _within_table(self, tag: str) -> bool:
        node: Node | None = self.node
        while node is not None and node.tag not in ("table", tag):
            node = node.parent
        return node is not None and node.tag == tag

    def cut(self) -> None:
        if self.blocks[-1].pieces:
            self.blocks.append(Block(self.node))
        else:
            self.blocks[-1].node = self.node

    def text(self, source: str, start: int, end: int) -> None:
        block = self.blocks[-1]
        if source[start:end].isspace():
            if block.pieces and not block.pieces[-1][0].endswith(" "):
                block.pieces.append((" ", start, end))
            return
        before = len(block.pieces)
        at = start
        for m in _MARK.finditer(source, start, end):
            if at < m.start():
                block.pieces.append((source[at : m.start()], at, m.start()))
            written = m.group()
            text = entities.unescape(written).replace("\n", " ").replace("\xa0", " ") if written[0] == "&" else " "
            if text != " " or (block.pieces and not block.pieces[-1][0].endswith(" ")):
                block.pieces.append((text, m.start(), m.end()))
            at = m.end()
        if at < end:
            block.pieces.append((source[at:end], at, end))
        if self.linked:
            block.linked += sum(len(p[0]) for p in block.pieces[before:])


def attributes(rest: str) -> dict[str, str]:
    """The attributes of a start tag, the first of each name.

    >>> attributes(' class="a b" id=x hidden')
    {'class': 'a b', 'id': 'x', 'hidden': ''}
    """
    made: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        value = double or single or bare
        made.setdefault(name.lower(), entities.unescape(value) if "&" in value else value)
    return made


def parse(source: str) -> Markup:
    """Blocks and tree of a page."""
    made = _Builder()
    at = 0
    stop = source.rfind(">") + 1  # behind the last one there is no tag
    never: set[str] = set()  # elements that are not closed any more
    while m := _TOKEN.search(source, at, stop):
        start = m.start()
        if at < start:
            made.text(source, at, start)
        at = m.end()
        slash, tag, rest = m.groups()
        tag = (tag or "").lower()
        if tag not in _KNOWN:
            continue
        if slash:
            made.end(tag)
        elif tag in _RAW or (tag in _SILENT and tag not in never and not rest.endswith("/")):
            close = re.compile(f"</{tag}", re.IGNORECASE).search(source, at)
            if close:
                at = close.start()
            elif tag in _RAW:
                at = len(source)
            else:
                never.add(tag)
        else:
            made.start(tag, rest)
    cut = _UNFINISHED.search(source, max(at, stop))
    made.text(source, at, cut.start() if cut else len(source))
    for node in reversed(made.nodes):
        node.last = max(node.last, node.index)
        if node.parent is not None:
            node.parent.last = max(node.parent.last, node.last)
    for b in made.blocks:
        b.text = "".join(p[0] for p in b.pieces)
    return Markup(made.nodes, [b for b in made.blocks if b.text.strip()], made.metas)
