"""Staging into the build file: one writer, one transaction a batch, a second load changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.reference import reference_rows
from warehouse.star import OF_DOCUMENT, STAR, TABLES
from warehouse.tables import columns, ddl, keys, name, to_arrow

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa


@dataclass(slots=True)
class LoadCounts:
    """What a load did, by table."""

    inserted: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether any row was written."""
        return any(self.inserted.values()) or any(self.updated.values()) or any(self.deleted.values())


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open (or make) the build file with every table and the reference rows of the seeds.

    Raises:
        duckdb.IOException: another process holds the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(path))
    connection.execute("SET TimeZone = 'UTC'")
    for table in STAR:
        connection.execute(ddl(table))
    return connection


def load_reference(connection: duckdb.DuckDBPyConnection, counts: LoadCounts) -> None:
    """Bring places, catalogue, units and the official series up to the seeds, in one transaction."""
    with _Transaction(connection):
        for table, rows in reference_rows().items():
            _merge(connection, table, to_arrow(TABLES[table], rows), counts)


def loaded_documents(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """Address, content and pipeline version of what has been loaded."""
    return set(connection.execute("SELECT uri, content_sha256, pipeline_version FROM etl_batch").fetchall())


def load_batch(connection: duckdb.DuckDBPyConnection, staged: dict[str, pa.Table], counts: LoadCounts) -> None:
    """Load staged tables in one transaction: documents that are in the batch have all their facts replaced.

    Raises:
        duckdb.Error: a row breaks a constraint; nothing of the batch stays.
    """
    with _Transaction(connection):
        for table in STAR:
            rows = staged.get(name(table))
            if rows is not None and rows.num_rows:
                _merge(connection, name(table), _unique(rows, table), counts)
        documents = staged.get("dim_document")
        if documents is None or not documents.num_rows:
            return
        connection.register("batch_documents", documents.select(["document_id"]))
        for table in OF_DOCUMENT:
            kept = staged.get(name(table))
            kept = kept if kept is not None else to_arrow(table, [])
            connection.register("kept_rows", kept.select(keys(table)))
            match = " AND ".join(f"k.{k} = t.{k}" for k in keys(table))
            gone = connection.execute(
                f"DELETE FROM {name(table)} t WHERE document_id IN (SELECT document_id FROM batch_documents) "
                f"AND NOT EXISTS (SELECT 1 FROM kept_rows k WHERE {match})"
            ).fetchall()
            _count(counts.deleted, name(table), gone[0][0] if gone else 0)
            connection.unregister("kept_rows")
        connection.unregister("batch_documents")


def _unique(rows: pa.Table, table: type) -> pa.Table:
    """One row per key: two documents of a batch may bring the same dimension member."""
    by = keys(table)
    if not name(table).startswith("dim_") and name(table) != "fact_quarantine":
        return rows
    seen: set[Any] = set()
    keep = []
    for i, key in enumerate(zip(*(rows[k].to_pylist() for k in by), strict=True)):
        if key not in seen:
            seen.add(key)
            keep.append(i)
    return rows.take(keep)


def _merge(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, counts: LoadCounts) -> None:
    """MERGE by key; rows that are equal in every column are left alone."""
    declared = TABLES[table]
    by = keys(declared)
    others = [c for c in columns(declared) if c.name not in by]
    connection.register("incoming", rows)
    on = " AND ".join(f"t.{k} = s.{k}" for k in by)
    differs = " OR ".join(f"t.{c.name} IS DISTINCT FROM s.{c.name}" for c in others if not c.spec.stamp) or "false"
    sets = ", ".join(f"{c.name} = s.{c.name}" for c in others if not c.spec.keep)
    update = f"WHEN MATCHED AND ({differs}) THEN UPDATE SET {sets} " if sets else ""
    names = ", ".join(c.name for c in columns(declared))
    actions = connection.execute(
        f"MERGE INTO {table} t USING incoming s ON ({on}) {update}"
        f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({', '.join('s.' + c.name for c in columns(declared))}) RETURNING merge_action"
    ).fetchall()
    connection.unregister("incoming")
    _count(counts.inserted, table, sum(a[0] == "INSERT" for a in actions))
    _count(counts.updated, table, sum(a[0] == "UPDATE" for a in actions))


def _count(into: dict[str, int], table: str, number: int) -> None:
    if number:
        into[table] = into.get(table, 0) + number


class _Transaction:
    """BEGIN, then COMMIT or ROLLBACK."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("BEGIN TRANSACTION")

    def __exit__(self, kind: object, *_: object) -> None:
        self.connection.execute("COMMIT" if kind is None else "ROLLBACK")
