"""`make quality`: run the pipeline on the hand-labelled documents, score its warehouse, hold it to the pinned floors.

python -m tests.gold.quality            score, fail below a floor
python -m tests.gold.quality --raise    pin the floors at what was reached (a floor is never lowered)
python -m tests.gold.quality --errors N the first N errors of each set
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005  # one flipped slot moves F1 by more


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
    GoldSet("samples", ROOT / "tests" / "gold" / "samples.tsv", ROOT / "seeds" / "documents"),
)


def run_pipeline(documents: Path, home: Path) -> Path:
    """The warehouse that `zhicang run` publishes from a folder; a closed gate is reported but the build file is still scored.

    Raises:
        SystemExit: the run failed for another reason than a closed gate.
    """
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", str(documents), "--home", str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    published = home / "published" / "current" / "warehouse.duckdb"
    if done.returncode != 0 or not published.exists():
        sys.stdout.write(done.stdout[-4000:] + done.stderr[-4000:])
        raise SystemExit(f"quality: the run on {documents.name} ended with {done.returncode}")
    return published


def score(gold: GoldSet, warehouse: Path, errors: int) -> dict[str, float]:
    """Value and strict F1 of one set, by ../shared/gold/score.py."""
    command = [
        sys.executable,
        str(GOLD / "score.py"),
        "--gold",
        str(gold.labels),
        "--docs",
        str(gold.documents),
        "--warehouse",
        str(warehouse),
    ]
    if errors:
        print(subprocess.run([*command, "--errors", str(errors)], capture_output=True, text=True, check=True).stdout)  # noqa: T201
    made = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    return {
        "value": made["value"]["f1"],
        "strict": made["strict"]["f1"],
        "precision": made["strict"]["precision"],
        "recall": made["strict"]["recall"],
    }


def quotes_hold(warehouse: Path, raw: Path) -> list[str]:
    """Observations whose quote does not stand where the warehouse says it does."""
    import duckdb

    from transforms.document import read
    from transforms.records import RawPage

    wrong = []
    with duckdb.connect(str(warehouse), read_only=True) as db:
        rows = db.sql("SELECT document, quote, start_char, end_char, raw_quote, raw_start, raw_end FROM observations").fetchall()
    pages = {}
    for document, quote, start, end, raw_quote, raw_start, raw_end in rows:
        name = unquote(document.rsplit("/", 1)[-1])
        if name not in pages:
            pages[name] = read(RawPage(name, (raw / name).read_bytes()))
        page = pages[name]
        if page.text[start:end] != quote or page.decoded.text[raw_start:raw_end] != raw_quote:
            wrong.append(f"{name}: {quote}")
    return wrong


def main() -> int:
    """Score every set; 1 where one lies below its floor."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--raise", dest="pin", action="store_true", help="pin the floors at what was reached")
    ask.add_argument("--errors", type=int, default=0, help="print the first N errors of each set")
    asked = ask.parse_args()
    if not GOLD.exists():
        print("quality: ../shared/gold is absent, nothing to score (skipped)")  # noqa: T201
        return 0
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failed = []
    print(f"{'set':<12}{'value F1':>10}{'strict F1':>11}{'P':>8}{'R':>8}{'floor v/s':>16}")  # noqa: T201
    for gold in SETS:
        if not gold.labels.exists():
            continue
        with tempfile.TemporaryDirectory() as home:
            warehouse = run_pipeline(gold.documents, Path(home))
            made = score(gold, warehouse, asked.errors)
            wrong = quotes_hold(warehouse, gold.documents)
        floor = floors.get(gold.name, {"value": 0.0, "strict": 0.0})
        failed += [
            f"{gold.name}: {k} F1 {made[k]} is below the floor {floor[k]}"
            for k in ("value", "strict")
            if made[k] < floor[k] - SLACK
        ]
        failed += [f"{gold.name}: quote not where it is said to be: {w}" for w in wrong[:5]]
        floors[gold.name] = {k: max(made[k], floor[k]) for k in ("value", "strict")}
    if asked.pin:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    for line in failed:
        print(line)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
