"""`make bench`: how fast a page is read from its bytes to its observations, step by step, beside jieba alone on the same text.

Speed is megabytes of UTF-8 a second of processor time on one core. The figures are the machine's; the ratio to jieba's cut of
the same text in the same run is ours, and the run fails where it lies below the floor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.common import SHARED, news, seconds, table
from transforms.decode import decode
from transforms.document import read
from transforms.header import read_header
from transforms.html import read_text
from transforms.lines import classify, split_parts
from transforms.numbers import find_quantities
from transforms.periods import find_periods
from transforms.places import find_places
from transforms.records import RawPage
from transforms.repair import mend
from transforms.terms import count_terms, tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PAGE = 8_000  # bytes of a page made of news paragraphs
PAGES = 100
FLOOR = 0.2  # of jieba's speed; 0.32 to 0.58 were measured, as the machine's other work varies


def main() -> int:
    """Measure both kinds of text; 1 where the way through all steps is too slow."""
    kinds = {"news": list(_news())}
    local = SHARED / "gold" / "local"
    kinds["local statistics"] = [RawPage(p.name, p.read_bytes()) for p in sorted(local.glob("*.txt"))]
    slow = []
    for kind, pages in kinds.items():
        ratio = measure(kind, [p for p in pages if _is_clean(p)])
        if kind == "news" and ratio < FLOOR:
            slow.append(f"{kind}: {ratio:.2f} of jieba's speed, the floor is {FLOOR}")
    print("\n".join(slow))
    return 1 if slow else 0


def _news() -> Iterator[RawPage]:
    """Pages of some paragraphs of news each."""
    lines: list[str] = []
    made = size = 0
    for line in news():
        lines.append(line)
        size += len(line.encode())
        if size >= PAGE:
            yield RawPage(f"news {made}", "\n".join(lines).encode())
            lines, size, made = [], 0, made + 1
        if made == PAGES:
            return


def _is_clean(page: RawPage) -> bool:
    """Damage is mended at a price of its own; `make bench-repair` measures it."""
    return all(r.kind in ("space", "width") for r in read(page).repairs)


def measure(kind: str, pages: Sequence[RawPage]) -> float:
    """Print the table of one kind of text; the speed of all steps as a part of jieba's."""
    texts = [mend(read_text(decode(p).text).text).text.text for p in pages]
    size = sum(len(p.body) for p in pages) / 1e6
    jieba = seconds(lambda: [sum(1 for _ in tokenizer().cut(t, HMM=False)) for t in texts])
    guessing = seconds(lambda: [sum(1 for _ in tokenizer().cut(t)) for t in texts])
    steps: dict[str, Callable[[], object]] = {
        "decode": lambda: [decode(p) for p in pages],
        "repair and simplify": lambda: [mend(read_text(decode(p).text).text) for p in pages],
        "lines, parts, header": lambda: [_lines(t) for t in texts],
        "numbers": lambda: [find_quantities(t) for t in texts],
        "periods": lambda: [find_periods(t) for t in texts],
        "places": lambda: [find_places(t) for t in texts],
        "words (jieba's)": lambda: [count_terms(t) for t in texts],
    }
    spent = {name: seconds(step) for name, step in steps.items()}
    spent["repair and simplify"] -= spent["decode"]
    whole = seconds(lambda: [read(p) for p in pages])
    spent["statements"] = whole - sum(spent.values())
    rows = [(name, size / took, f"{100 * took / whole:.0f} %", jieba / took) for name, took in spent.items()]
    rows += [("all of it", size / whole, "100 %", jieba / whole)]
    rows += [("jieba.cut alone", size / guessing, "", jieba / guessing), ("jieba.cut, HMM=False", size / jieba, "", 1.0)]
    print(f"\n{kind}: {len(pages)} pages, {size:.2f} MB")
    print(table(["step", "MB/s", "share", "x jieba"], rows))
    return jieba / whole


def _lines(text: str) -> None:
    lines = classify(text)
    read_header(text, lines, read_text(""))
    split_parts(text, lines)


if __name__ == "__main__":
    raise SystemExit(main())
