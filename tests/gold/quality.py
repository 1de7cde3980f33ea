"""`make quality`: run the pipeline on the hand-labelled documents, score its warehouses, hold them to the pinned floors.

python -m tests.gold.quality              score every set; 1 where one is below its floor or a quote does not hold
python -m tests.gold.quality news local   these sets only
    --errors N    the first N errors of each set
    --detail      the score by field, by transformation and by rule
    --homes DIR   keep the warehouses in DIR/<set>; the next time only what is new is read
    --raise       pin the floors at what was reached; no floor is ever lowered
    --scorecard   write the table into the two READMEs
"""

from __future__ import annotations

import argparse
import csv
import json
import runpy
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tests.gold.detail import detail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"
OWN = ROOT / "tests" / "gold"  # sets of our own, to see how far the rules carry
FLOORS = Path(__file__).with_name("floors.json")
READMES = ("README.md", "README.zh-CN.md")
MARKS = ("<!-- scorecard -->", "<!-- /scorecard -->")
KINDS = ("value", "strict")
SLACK = 0.0005  # one flipped slot moves F1 by more
TWIN_SLACK = 0.03  # what markup and encodings may cost, against the same texts without them

Row = dict[str, Any]
Floors = dict[str, dict[str, float]]


@dataclass(frozen=True)
class GoldSet:
    """One set of documents with its labels."""

    name: str
    labels: Path
    documents: Path


SETS = (
    GoldSet("seeds", GOLD / "seeds.tsv", GOLD / "seeds"),
    GoldSet("news", GOLD / "dev.tsv", GOLD / "docs"),
    GoldSet("local", GOLD / "local.tsv", GOLD / "local"),
    GoldSet("local_html", GOLD / "local_html.tsv", GOLD / "local_html"),
    GoldSet("samples", Path(__file__).with_name("samples.tsv"), ROOT / "seeds" / "documents"),
    GoldSet("heldout_news", OWN / "heldout" / "news.tsv", OWN / "heldout" / "news"),
    GoldSet("heldout_local", OWN / "heldout" / "local.tsv", OWN / "heldout" / "local"),
    GoldSet("blind_news", OWN / "blind" / "news.tsv", OWN / "blind" / "news"),
    GoldSet("blind_local", OWN / "blind" / "local.tsv", OWN / "blind" / "local"),
)
TWINS = GOLD / "local_html_pages.tsv"  # which text each page of local_html was made from


@dataclass
class Scored:
    """What one set reached."""

    name: str
    result: Row
    errors: list[tuple[str, str, Row, Row]]
    gold: list[Row]
    stated: list[Row]
    wrong: list[str] = field(default_factory=list)  # quotes that do not stand where the warehouse says they do

    @property
    def f1(self) -> dict[str, float]:
        """Value and strict F1."""
        return {kind: self.result[kind]["f1"] for kind in KINDS}


@cache
def scorer() -> Any:
    """The scorer that comes with the labels."""
    return SimpleNamespace(**runpy.run_path(str(GOLD / "score.py")))


def run_pipeline(documents: Path, home: Path) -> Path:
    """The warehouse that a run on a folder publishes; Prefect, who only watches, is left out.

    Raises:
        RuntimeError: it published none.
    """
    from expectations.rules import GateClosedError
    from flows.lock import locked
    from flows.running import Plain, run_once
    from flows.settings import read_settings
    from flows.sources import open_sources
    from warehouse.publication import current

    settings = read_settings(home)
    try:
        with locked(settings.home):
            run_once(open_sources([str(documents)]), settings, Plain())
    except GateClosedError as e:
        raise RuntimeError(f"the run on {documents} published nothing: {e}") from None
    published = current(settings.published)
    if published is None:
        raise RuntimeError(f"the run on {documents} could read nothing")
    return published


def observations(warehouse: Path) -> list[Row]:
    """The rows of the published view, with the plain name of the file as the document."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as db:
        asked = db.execute("SELECT * FROM observations ORDER BY document, start_char, observation_id")
        names = [column[0] for column in asked.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    return [row | {"document": unquote(urlsplit(row["document"]).path.rsplit("/", 1)[-1])} for row in rows]


def labels(path: Path) -> list[Row]:
    """The hand-made rows of a set."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def misquoted(stated: Iterable[Row], documents: Path) -> list[str]:
    """Observations whose words do not stand in the cleaned text, or in the page as decoded, where the warehouse says they do."""
    from transforms.decode import decode
    from transforms.document import read
    from transforms.records import RawPage

    of_document = defaultdict(list)
    for row in stated:
        of_document[row["document"]].append(row)
    wrong = []
    for name, rows in of_document.items():
        page = RawPage(name, (documents / name).read_bytes())
        text, decoded = read(page).text, decode(page).text
        wrong += [
            f"{name}: {row['quote']!r}"
            for row in rows
            if text[row["start_char"] : row["end_char"]] != row["quote"]
            or decoded[row["raw_start"] : row["raw_end"]] != row["raw_quote"]
        ]
    return wrong


def score_set(gold: GoldSet, homes: Path) -> Scored:
    """Run and score one set."""
    stated = observations(run_pipeline(gold.documents, homes / gold.name))
    wanted = labels(gold.labels)
    result, errors = scorer().score(wanted, stated, {p.name for p in gold.documents.iterdir() if p.suffix in (".txt", ".html")})
    return Scored(gold.name, result, errors, wanted, stated, misquoted(stated, gold.documents))


def below(made: Mapping[str, Mapping[str, float]], floors: Floors) -> list[str]:
    """What lies below its floor.

    >>> below({"news": {"value": 0.8, "strict": 0.7}}, {"news": {"value": 0.8, "strict": 0.71}})
    ['news: strict F1 0.7000 is below the floor of 0.7100']
    """
    return [
        f"{name}: {kind} F1 {reached[kind]:.4f} is below the floor of {floors[name][kind]:.4f}"
        for name, reached in made.items()
        for kind in KINDS
        if reached[kind] < floors.get(name, {}).get(kind, 0.0) - SLACK
    ]


def raised(made: Mapping[str, Mapping[str, float]], floors: Floors) -> Floors:
    """The floors at what was reached, where that is more.

    >>> raised({"news": {"value": 0.9, "strict": 0.5}}, {"news": {"value": 0.8, "strict": 0.6}})
    {'news': {'value': 0.9, 'strict': 0.6}}
    """
    higher = {
        name: {kind: max(reached[kind], floors.get(name, {}).get(kind, 0.0)) for kind in KINDS} for name, reached in made.items()
    }
    return floors | higher


def behind_twins(scored: Mapping[str, Scored]) -> list[str]:
    """Where pages do worse than the plain texts that they were made from."""
    if not {"local", "local_html"} <= scored.keys():
        return []
    texts = {row["made_from"] for row in labels(TWINS)}
    local = scored["local"]
    gold = [row for row in local.gold if row["doc"] in texts]
    twins, _ = scorer().score(gold, [row for row in local.stated if row["document"] in texts], texts)
    return [
        f"local_html: {kind} F1 {reached:.4f} is more than {TWIN_SLACK} below that of the same texts, {twins[kind]['f1']:.4f}"
        for kind, reached in scored["local_html"].f1.items()
        if reached < twins[kind]["f1"] - TWIN_SLACK
    ]


def table(scored: Iterable[Scored], floors: Floors) -> list[tuple[str, ...]]:
    """One line a set: documents, figures, value F1, strict F1 with precision and recall, floors."""
    lines = [("set", "documents", "figures", "value F1", "strict F1", "precision", "recall", "floor value", "floor strict")]
    for s in scored:
        strict, floor = s.result["strict"], floors.get(s.name, {})
        numbers = (s.f1["value"], s.f1["strict"], strict["precision"], strict["recall"], *(floor.get(k, 0.0) for k in KINDS))
        lines.append((s.name, str(s.result["documents"]), str(s.result["gold"]), *(f"{n:.3f}" for n in numbers)))
    return lines


def show(lines: Iterable[tuple[str, ...]]) -> None:
    """A table for the terminal."""
    lines = list(lines)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        print("  ".join([first.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(rest, widths[1:], strict=True))]))
    print()


def show_errors(s: Scored, number: int) -> None:
    """What was missed, what is false, which slots differ."""
    for document, what, row, differs in s.errors[:number]:
        slots = ("indicator", "transformation", "value", "unit", "ref_area", "time_period")
        told = " ".join(str(row.get(k) or "-") for k in slots)
        print(f"{what:<8} {document} {told} {differs or ''} «{row.get('evidence') or row.get('quote') or ''}»")


def write_scorecard(lines: list[tuple[str, ...]]) -> None:
    """Put the table between the marks of the two READMEs."""
    head, *rest = [line[:7] for line in lines]
    card = "\n".join("| " + " | ".join(line) + " |" for line in (head, ("---",) + ("--:",) * 6, *rest))
    for name in READMES:
        path = ROOT / name
        before, opening, rest_of = path.read_text(encoding="utf-8").partition(MARKS[0])
        _, closing, after = rest_of.partition(MARKS[1])
        path.write_text(f"{before}{opening}\n{card}\n{closing}{after}", encoding="utf-8")


def main() -> int:
    """Score the sets; 1 where one lies below its floor, behind its twins, or quotes what is not there."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="*", metavar="SET", help=", ".join(s.name for s in SETS))
    ask.add_argument("--errors", type=int, default=0, metavar="N")
    ask.add_argument("--detail", action="store_true")
    ask.add_argument("--homes", type=Path)
    ask.add_argument("--raise", dest="pin", action="store_true")
    ask.add_argument("--scorecard", action="store_true")
    asked = ask.parse_args()
    if unknown := set(asked.sets) - {s.name for s in SETS}:
        ask.error(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(s.name for s in SETS)}")
    if not GOLD.exists():
        print(f"quality: {GOLD} is absent, nothing can be scored (skipped)")
        return 0
    sets = [s for s in SETS if s.labels.exists() and (not asked.sets or s.name in asked.sets)]
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        homes = asked.homes or Path(temporary)
        scored = {s.name: s for s in pool.map(partial(score_set, homes=homes), sets)}
    for s in scored.values():
        show_errors(s, asked.errors)
        for lines in detail(scorer(), s.name, s.result, s.gold, s.stated) if asked.detail else ():
            show(lines)
    made = {name: s.f1 for name, s in scored.items()}
    if asked.pin:
        floors = raised(made, floors)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    lines = table(scored.values(), floors)
    show(lines)
    if asked.scorecard:
        write_scorecard(lines)
    quoted = sum(len(s.stated) for s in scored.values())
    wrong = [f"{s.name}: these words do not stand where the warehouse says: {w}" for s in scored.values() for w in s.wrong]
    print(f"{quoted - len(wrong)} of {quoted} quotes stand in the cleaned text and in the page where the warehouse says they do")
    failed = [*below(made, floors), *behind_twins(scored), *wrong[:20]]
    print(*failed, sep="\n", end="\n" if failed else "")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
