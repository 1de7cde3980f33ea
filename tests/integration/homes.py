"""What a home holds, compared: rows of the publication, and what a run should not leave behind."""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

import duckdb

from flows.settings import read_settings
from warehouse.publication import current
from warehouse.star import STAR
from warehouse.tables import columns, name

if TYPE_CHECKING:
    from pathlib import Path


def ask(home, query):
    with duckdb.connect(str(current(read_settings(home).published)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def contents(home, *, stamps=True):
    """A hash of every table of the publication; without stamps, what depends on the time of the run is left out."""
    kept = {}
    with duckdb.connect(str(current(read_settings(home).published)), read_only=True) as connection:
        for table in STAR:
            wanted = [c.name for c in columns(table) if stamps or not (c.spec.stamp or c.spec.keep or c.name == "run_id")]
            if stamps or name(table) not in ("dim_run", "fact_gate_result"):
                rows = sorted(map(repr, connection.execute(f"SELECT {', '.join(wanted)} FROM {name(table)}").fetchall()))
                kept[name(table)] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return kept


def leftovers(home: Path) -> list[str]:
    """Files that only a run at work needs."""
    wanted = {home / "build" / "build.duckdb"}
    passing = (".next", ".run.owner", ".unfinished")
    found = [p for p in home.rglob("*") if p.suffix in (".tmp", ".wal") or p.name.startswith(passing)]
    found += [p for folder in ("build", "staging") for p in (home / folder).rglob("*") if p not in wanted]
    return sorted({str(p.relative_to(home)) for p in found})


def copied(home, tmp_path):
    """A home of one's own that is as another."""
    mine = tmp_path / "data"
    shutil.copytree(home, mine, symlinks=True)
    return mine
