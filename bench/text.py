"""Main text and date of publication on real pages, against the extractors people use (4-character shingles of the hand-made body).

Ours are the lines that `transforms.lines` gives a part in the text: title, byline and furniture are marked, and stand apart.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from bench.common import PAGES, peer, seconds, table
from transforms.decode import decode
from transforms.header import read_header
from transforms.html import read_html
from transforms.lines import classify
from transforms.records import RawPage
from transforms.repair import mend

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

_BODY = ("body", "heading", "table")
_BLANK = re.compile(r"[\s\u3000\xa0\u200b]+")


class Item(NamedTuple):
    """One page, decoded, with the truth."""

    name: str
    source: str
    body: str
    published: str  # YYYY-MM-DD, "" where it is not known


class Score(NamedTuple):
    """Shingles found of those claimed, and of those wanted."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


@cache
def items() -> tuple[Item, ...]:
    """All pages of ../shared/pages that have a body."""
    made = []
    for path in sorted((PAGES / "original").glob("*.html")):
        body = PAGES / "cleaned" / f"{path.stem}.txt"
        if body.exists():
            made.append(Item(path.stem, _read(path), _read(body), _published(PAGES / "date" / f"{path.stem}.txt")))
    return tuple(made)


def _read(path: Path) -> str:
    return decode(RawPage("", path.read_bytes())).text


def _published(path: Path) -> str:
    found = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", _read(path)) if path.exists() else None
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else ""


def shingles(text: str, size: int = 4) -> Counter[str]:
    """Runs of characters without blanks, with their counts."""
    text = _BLANK.sub("", text)
    return Counter(text[i : i + size] for i in range(max(1, len(text) - size + 1))) if text else Counter()


def compare(wanted: str, found: str) -> Score:
    """How well a text covers another."""
    a, b = shingles(wanted), shingles(found)
    both = (a & b).total()
    return Score(both / b.total() if b else 0.0, both / a.total() if a else 0.0)


def ours(source: str) -> str:
    """The text that is read for statements."""
    text = read_html(source).text.text
    return "\n".join(text[x.start : x.end] for x in classify(text) if x.role in _BODY)


def published(source: str) -> date | None:
    """The date that the page is stored with."""
    page = read_html(source)
    text = mend(page.text).text.text
    return read_header(text, classify(text), page).published_on


def dates() -> tuple[int, int]:
    """Dates that are right, of how many pages that have one."""
    known = [i for i in items() if i.published]
    return sum(str(published(i.source)) == i.published for i in known), len(known)


def _peers() -> dict[str, Callable[[str], str]]:
    made: dict[str, Callable[[str], str]] = {}
    if trafilatura := peer("trafilatura"):
        made["trafilatura"] = lambda h: trafilatura.extract(h, include_comments=False) or ""
    if (readability := peer("readability")) and (lxml := peer("lxml.html")):
        made["readability-lxml"] = lambda h: lxml.fromstring(readability.Document(h).summary()).text_content()
    if (text := peer("resiliparse.extract.html2text")) and (tree := peer("resiliparse.parse.html")):
        made["resiliparse"] = lambda h: text.extract_plain_text(
            tree.HTMLTree.parse(h), main_content=True, alt_texts=False, links=False
        )
    if justext := peer("justext"):
        options = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 20, "length_high": 60, "max_link_density": 0.3}
        made["jusText"] = lambda h: "\n".join(
            p.text for p in justext.justext(h.encode(), frozenset(), encoding="utf-8", **options) if not p.is_boilerplate
        )
    return made


def _safe(extract: Callable[[str], str], source: str) -> str:
    try:
        return extract(source)
    except Exception:  # noqa: BLE001  a peer that fails on a page has found nothing on it
        return ""


def _all(extract: Callable[[str], str]) -> list[str]:
    return [_safe(extract, i.source) for i in items()]


def main() -> None:
    """Print precision, recall and F1 over all pages, the worst pages, the dates, and the speed as a multiple of ours."""
    rows = []
    base = 0.0
    for name, extract in {"zhicang": ours, **_peers()}.items():
        scores = [compare(i.body, found) for i, found in zip(items(), _all(extract), strict=True)]
        took = seconds(partial(_all, extract), repeat=2)
        base = base or took
        f1 = [s.f1 for s in scores]
        cells = [mean(s.precision for s in scores), mean(s.recall for s in scores), mean(f1), median(f1)]
        rows.append([name, *cells, sum(x < 0.5 for x in f1), sum(x == 0 for x in f1), f"{base / took:.2f}"])
    print(table(["extractor", "P", "R", "F1", "median", "<0.5", "=0", "speed"], rows))
    right, known = dates()
    print(
        f"\ndate of publication right on {right} of {known} pages that have one; ours reads {len(items()) / base:.0f} pages a second"
    )


if __name__ == "__main__":
    main()
