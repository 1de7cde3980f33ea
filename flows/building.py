"""The build file in a run: a copy is kept until the gate has opened, so that a closed gate leaves nothing behind."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from warehouse.facts import FactGateResult
from warehouse.loading import connect, loaded_documents
from warehouse.star import STAR
from warehouse.tables import columns, keys, name, quoted, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NOT_COMPARED = ("fact_gate_result", "dim_run")  # a run leaves them behind even where it changes nothing


def loaded(build: Path) -> set[tuple[str, str, str]]:
    """Address, content and version of the documents that the build file has."""
    if not build.exists():
        return set()
    with connect(build) as connection:
        return loaded_documents(connection)


def _before(build: Path) -> Path:
    return build.with_name("before.duckdb")


def keep_copy(build: Path) -> None:
    """Keep the build file as it stands (an empty file: there is none); a copy that an interrupted run left is the one that counts."""
    copy = _before(build)
    if copy.exists():
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    if build.exists():
        with connect(build) as connection:
            connection.execute("CHECKPOINT")  # all of it is in the one file that is copied
        temporary = copy.with_name(f".{copy.name}.tmp")
        shutil.copyfile(build, temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(copy)
    else:
        copy.touch()


def drop_copy(build: Path) -> None:
    """The gate opened."""
    _before(build).unlink(missing_ok=True)


def restore_copy(build: Path) -> None:
    """The gate stayed shut: what the run loaded goes."""
    copy = _before(build)
    if not copy.exists():
        return
    build.with_name(build.name + ".wal").unlink(missing_ok=True)
    if copy.stat().st_size:
        copy.replace(build)  # in one step: killed between two, the next run would begin with an empty warehouse
    else:
        build.unlink(missing_ok=True)
        copy.unlink()


def note_results(build: Path, rows: Iterable[FactGateResult]) -> None:
    """Write a gate's verdicts."""
    names = ", ".join(c.name for c in columns(FactGateResult))
    with connect(build) as connection:
        connection.register("incoming", to_arrow(FactGateResult, rows))
        connection.execute(f"INSERT OR REPLACE INTO fact_gate_result ({names}) SELECT {names} FROM incoming")


def is_published(build: Path, published: Path | None) -> bool:
    """Whether the release holds the same rows as the build file."""
    if published is None:
        return False
    with connect(build) as connection:
        connection.execute(f"ATTACH {quoted(str(published.resolve()))} AS published (READ_ONLY)")
        there = {
            row[0]
            for row in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'"
            ).fetchall()
        }  # fmt: skip
        compared = [name(t) for t in STAR if name(t) not in _NOT_COMPARED and keys(t)]
        return all(t in there and _print(connection, t) == _print(connection, f"published.{t}") for t in compared)


def _print(connection: object, table: str) -> tuple[object, ...]:
    """A fingerprint of a table's rows, whatever their order."""
    found = connection.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t").fetchall()  # type: ignore[attr-defined]
    return tuple(found[0])
