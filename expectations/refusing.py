"""The gate at staging: rows that break a fatal rule go to quarantine with the reason, the others go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.beliefs import BATCH, ROWS
from expectations.gate import as_failure, broken_rows, check
from expectations.rules import GateClosedError
from expectations.suites import declared_rules
from warehouse.facts import FactQuarantine, Severity
from warehouse.reference import reference_rows
from warehouse.rows import quarantined
from warehouse.star import OF_DOCUMENT, STAR, TABLES
from warehouse.tables import arrow_schema, columns, keys, name, to_arrow

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from expectations.rules import Rule, Verdict

GATE = "staging"
_KEPT = ("fact_quarantine", "etl_batch")  # what stays of a document that is refused as a whole


@dataclass(frozen=True, slots=True)
class Gated:
    """What passed, and what was found."""

    tables: dict[str, pa.Table]
    verdicts: tuple[Verdict, ...]


def gate_staging(staged: Mapping[str, pa.Table], run_id: str) -> Gated:
    """Check a batch of staged tables; the same rows come back without those that break a fatal rule.

    Raises:
        GateClosedError: a rule could not be checked, or so many rows break the rules that the batch is not to be trusted.
    """
    with duckdb.connect() as connection:
        _lay_out(connection, staged)
        rules = [r for r in (*declared_rules(), *ROWS) if r.table in staged and staged[r.table].num_rows]
        verdicts = [replace(v, refused=_refusable(v)) for v in check(connection, rules, GATE)]
        for verdict in verdicts:
            if verdict.refused:
                _refuse(connection, verdict.rule, run_id)
        for rule in rules:
            if (
                rule.severity is Severity.FATAL and " FROM dim_" in rule.breaks
            ):  # what was refused above may have been a dimension's member
                _refuse(connection, rule, run_id)
        verdicts += check(connection, BATCH, GATE)
        if any(v.closes for v in verdicts):
            raise GateClosedError(GATE, tuple(verdicts))
        return Gated(_passed(connection, staged), tuple(verdicts))


def _refusable(verdict: Verdict) -> bool:
    return not verdict.passed and verdict.failed > 0 and verdict.rule.severity is Severity.FATAL


def _lay_out(connection: duckdb.DuckDBPyConnection, staged: Mapping[str, pa.Table]) -> None:
    """All tables of the star without their constraints: staged rows, and behind them the reference rows that facts point to."""
    connection.execute("SET TimeZone = 'UTC'")
    for table in STAR:
        n = name(table)
        rows = staged.get(n)
        connection.register("incoming", to_arrow(table, []) if rows is None else rows)
        # The same member of a dimension comes with every shard.
        connection.execute(f"CREATE TABLE {n} AS SELECT {'DISTINCT' if n.startswith('dim_') else ''} * FROM incoming")
        connection.unregister("incoming")
    for n, members in reference_rows().items():
        (key,) = keys(TABLES[n])[:1]
        connection.register("reference", to_arrow(TABLES[n], members))
        connection.execute(f"INSERT INTO {n} SELECT r.* FROM reference AS r WHERE r.{key} NOT IN (SELECT {key} FROM {n})")
        connection.unregister("reference")


def _refuse(connection: duckdb.DuckDBPyConnection, rule: Rule, run_id: str) -> None:
    """Move the rows that break a rule to quarantine; with a document goes all that was read from it."""
    rows = broken_rows(connection, rule)
    if not rows:
        return
    connection.register("refused", to_arrow(FactQuarantine, [_quarantined(rule, row, run_id) for row in rows]))
    connection.execute(
        "INSERT INTO fact_quarantine SELECT * FROM refused WHERE quarantine_id NOT IN (SELECT quarantine_id FROM fact_quarantine)"
    )
    connection.unregister("refused")
    connection.execute(f"DELETE FROM {rule.table} WHERE rowid IN ({', '.join(str(row['rowid']) for row in rows)})")
    if rule.table == "dim_document":
        for table in OF_DOCUMENT:
            if name(table) not in _KEPT:
                connection.execute(f"DELETE FROM {name(table)} WHERE document_id NOT IN (SELECT document_id FROM dim_document)")


def _quarantined(rule: Rule, row: dict[str, Any], run_id: str) -> FactQuarantine:
    failure = as_failure(rule, row)
    kept = {c.name: row[c.name] for c in columns(TABLES[rule.table])}
    return quarantined(
        failure.document, run_id, stage=GATE, table=rule.table, rule=rule.what, reason=f"{failure.reason}; {rule.why}",
        row=kept, quote=failure.quote,
    )  # fmt: skip


def _passed(connection: duckdb.DuckDBPyConnection, staged: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """What is left of the staged rows, in their order, without the reference rows."""
    kept: dict[str, pa.Table] = {}
    for n in {*staged, "fact_quarantine"}:
        own = ""
        if n.startswith("dim_") and n in staged:
            connection.register("incoming", staged[n])
            own = f"SEMI JOIN incoming USING ({', '.join(keys(TABLES[n]))})"
        rows: Any = connection.sql(f"SELECT t.* FROM {n} AS t {own} ORDER BY t.rowid")
        kept[n] = rows.to_arrow_table().cast(arrow_schema(TABLES[n]))
    return kept
