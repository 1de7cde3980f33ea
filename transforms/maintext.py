"""Which blocks of a page are its text.

First the run of blocks with the most prose and the fewest links, without regard to the tree; then the smallest element that holds
nearly all of it. Where the run is nearly all that stands in that element, the element is the text, short lines and tables with it;
where much else stands there (comments, lists of other articles), the run is, and what stands beside its paragraphs and reads as they do.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.markup import Block, Markup, Node

_CLAUSES = re.compile(r"[，。；：！？、,;]")
_STOP = re.compile(r"[。！？；!?;]")
_FIGURE = re.compile(r"\s*[-+]?\d[\d.,]*\s*[%％]?\s*$")
_HOME = 0.8  # share of the run's prose that its element holds
_FULL = 0.9  # share of the element's text that is the run's, so that the rest belongs to it
_AGAIN = 30  # characters of a block that no text says twice: the page holds a copy for telephones


class Weighed:
    """The blocks of a page, how much prose each is, and which are furniture."""

    def __init__(self, markup: Markup) -> None:
        """Weigh the blocks; an element that is furniture by its name is none when it holds most of the page's prose."""
        self.nodes = markup.nodes
        self.blocks = [b for b in markup.blocks if "title" not in b.node.inside]
        self.prose = [prose(b) for b in self.blocks]
        held = self.held(range(len(self.blocks)))
        furniture = [False] * len(self.nodes)
        for node in self.nodes[1:]:
            above = node.parent.index if node.parent else 0
            yields = node.yields == 1.0 or held[node.index] < node.yields * held[0]
            furniture[node.index] = furniture[above] or (node.yields > 0 and yields)
        self.furniture = [furniture[b.node.index] for b in self.blocks]
        self.prose = [0 if f else p for f, p in zip(self.furniture, self.prose, strict=True)]

    def held(self, numbers: Iterable[int]) -> list[int]:
        """Characters of prose of these blocks that stand in each element."""
        made = [0] * len(self.nodes)
        for i in numbers:
            made[self.blocks[i].node.index] += self.prose[i]
        for node in reversed(self.nodes[1:]):
            if node.parent is not None:
                made[node.parent.index] += made[node.index]
        return made

    def cleaned(self, numbers: Iterable[int]) -> list[int]:
        """Without furniture, lists of links, and what the page says twice."""
        made: list[int] = []
        seen: set[str] = set()
        for i in numbers:
            text = self.blocks[i].text.strip()
            if not self.furniture[i] and not is_link(self.blocks[i]) and not (len(text) >= _AGAIN and text in seen):
                seen.add(text)
                made.append(i)
        return made


def prose(block: Block) -> int:
    """Characters of prose: text that is no link and has punctuation, or stands in a table cell."""
    own = len(block.text) - block.linked
    cell = block.node.tag in ("td", "th")
    if own < 8:
        return own if cell else 0
    return own if cell or _CLAUSES.search(block.text) else own // 4


def is_link(block: Block) -> bool:
    """Whether a block leads to other pages and says nothing itself."""
    text = block.text.strip()
    return block.linked > 0.6 * len(text) and not _STOP.search(text) and block.node.tag not in ("td", "th", "h1", "h2")


def run_of_prose(page: Weighed) -> list[int]:
    """The run of blocks whose prose, less what is none, is greatest."""
    data = _data(page)
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for i, (block, own) in enumerate(zip(page.blocks, page.prose, strict=True)):
        if i in data or (own >= (8 if _STOP.search(block.text) else 15) and block.linked < 0.5 * len(block.text)):
            total += own
        elif block.linked:
            total -= 10 + 1.5 * block.linked
        else:
            total -= 2 if "table" in block.node.inside else 6
        if total <= 0:
            total, start = 0.0, i + 1
        elif total > best:
            best, span = total, (start, i + 1)
    return page.cleaned(range(*span))


def _data(page: Weighed) -> set[int]:
    """Blocks of the tables that hold figures and lead nowhere."""
    tables: dict[int, list[int]] = {}
    for i, b in enumerate(page.blocks):
        if "table" in b.node.inside and not page.furniture[i]:
            node: Node | None = b.node
            while node is not None and node.tag != "table":
                node = node.parent
            tables.setdefault(node.index if node else 0, []).append(i)
    made: set[int] = set()
    for mine in tables.values():
        figures = sum(1 for i in mine if _FIGURE.match(page.blocks[i].text))
        if len(mine) >= 4 and 5 * figures >= len(mine) and not any(page.blocks[i].linked for i in mine):
            made.update(mine)
    return made


def main_blocks(page: Weighed) -> list[int]:
    """Numbers of the blocks that are the page's text, in order."""
    run = run_of_prose(page)
    if not run:
        return page.cleaned(range(len(page.blocks)))
    held = page.held(run)
    home = max((n for n in page.nodes if held[n.index] >= _HOME * held[0]), key=lambda n: (n.depth, n.index))
    inside = page.cleaned(_within(page, home))
    own = sum(len(page.blocks[i].text) - page.blocks[i].linked for i in inside)
    if held[0] > _FULL * own:
        return inside
    kept = set(inside)
    return _with_kin(page, [i for i in run if i in kept])


def _within(page: Weighed, home: Node) -> list[int]:
    return [i for i, b in enumerate(page.blocks) if home.index <= b.node.index <= home.last]


def _with_kin(page: Weighed, run: Sequence[int]) -> list[int]:
    """The run, and the paragraphs that stand where most of its own stand: an inset of links had cut them off."""
    weights: Counter[tuple[str, int]] = Counter()
    for i in run:
        weights[_place(page.blocks[i])] += page.prose[i]
    usual = {place for place, weight in weights.items() if weight > 0.3 * weights.total()}
    kin = {i for i, b in enumerate(page.blocks) if _place(b) in usual and _is_paragraph(b, page.prose[i])}
    return page.cleaned(sorted(kin.union(run)))


def _place(block: Block) -> tuple[str, int]:
    return block.node.tag, block.node.parent.index if block.node.parent else 0


def _is_paragraph(block: Block, weight: int) -> bool:
    return weight >= 40 and block.linked < 0.2 * len(block.text) and bool(_STOP.search(block.text))
