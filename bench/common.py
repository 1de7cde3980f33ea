"""What the three benches share: the texts, a clock, a table, and peers that may be absent."""

from __future__ import annotations

import time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEWS = SHARED / "corpus" / "news-lines.txt"
PAGES = SHARED / "pages"


@cache
def news() -> tuple[str, ...]:
    """Paragraphs of clean news, one a line."""
    return tuple(x for x in NEWS.read_text(encoding="utf-8").split("\n") if x)


def peer(name: str) -> Any | None:
    """A library to compare with, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def seconds(run: Callable[[], object], repeat: int = 3) -> float:
    """The least processor time of a few runs: what the code needs, not what the machine does beside it."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under a head, columns aligned, numbers to the right.

    >>> print(table(["name", "f1"], [["ours", 0.5], ["a peer", "-"]]))
    name       f1
    ours    0.500
    a peer      -
    """
    cells = [list(head), *([f"{c:.3f}" if isinstance(c, float) else str(c) for c in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return "\n".join(
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))) for row in cells
    )
