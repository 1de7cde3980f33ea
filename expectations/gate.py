"""The gates: Great Expectations judges the rules on an open DuckDB connection, DuckDB shows the rows that break them.

Importing Great Expectations takes seconds, so only the functions that judge do it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from expectations.rules import Failure, Rule, Verdict
from warehouse.facts import FactGateResult, Severity
from warehouse.star import TABLES
from warehouse.tables import columns, keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

SHOWN = 5  # failing rows that a verdict carries
_LONG = 300  # characters of a quote that are shown


def check(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule], gate: str) -> tuple[Verdict, ...]:
    """Every rule's verdict on the tables of this connection, in the order of the rules.

    A rule that cannot be checked has failed, and is fatal whatever it was before.
    """
    rules = tuple(rules)
    counts = {t: _scalar(connection, f"SELECT count(*) FROM {t}") for t in {r.table for r in rules}}
    judged = _judge(connection, rules)
    return tuple(_verdict(connection, rule, gate, counts[rule.table], judged[n]) for n, rule in enumerate(rules))


def _judge(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[int, str | None]:
    """By the rule's number: None where it holds, empty where it fails, an error's message where it could not be checked."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from expectations.dialect import lent

    # This one logger sets its own level, to tell of a temporary folder.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    judged: dict[int, str | None] = {}
    numbered = sorted(enumerate(rules), key=lambda pair: pair[1].table)
    with lent(connection) as address:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_sql("warehouse", connection_string=address)
        try:
            for table, members in groupby(numbered, key=lambda pair: pair[1].table):
                batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all").get_batch()
                suite = gx.ExpectationSuite(name=table, expectations=[_expectation(n, rule) for n, rule in members])
                for result in batch.validate(suite, result_format="BASIC").results:
                    number = result.expectation_config.meta["rule"]
                    judged[number] = None if result.success else _error(result.exception_info)
        finally:
            source.get_engine().dispose()
    return judged


def _expectation(number: int, rule: Rule) -> Any:
    import great_expectations.expectations as gxe

    severity = "critical" if rule.severity is Severity.FATAL else "warning"
    described = {"meta": {"rule": number}, "severity": severity, "description": f"{rule.name}. {rule.why}."}
    if rule.native:
        return getattr(gxe, rule.native)(**rule.arguments, **described)
    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=rule.query, **described)


def _error(info: Any) -> str:
    """The message of the error that kept an expectation from being checked; empty if there was none."""
    infos = [info, *info.values()] if isinstance(info, dict) else []
    messages = [i["exception_message"] for i in infos if isinstance(i, dict) and i.get("exception_message")]
    return str(messages[0]) if messages else ""


def _verdict(connection: duckdb.DuckDBPyConnection, rule: Rule, gate: str, checked: int, judged: str | None) -> Verdict:
    if judged is None:
        return Verdict(gate, rule, passed=True, checked=checked, failed=0)
    if judged:
        first = judged.strip().splitlines()[0]
        return Verdict(gate, replace(rule, severity=Severity.FATAL), False, checked, 0, f"the rule could not be checked: {first}")
    if rule.measure:
        measured = _scalar(connection, rule.measure)
        bounds = " and ".join(f"{w} {b:.3g}" for w, b in (("at least", rule.least), ("at most", rule.most)) if b is not None)
        sample = replace(rule, breaks=rule.sample) if rule.sample else None
        failed = count_broken(connection, sample) if sample else 1
        shown = failures(connection, sample, SHOWN) if sample else ()
        return Verdict(gate, rule, False, checked, failed, f"{measured:.3g} was found, expected {bounds}", shown)
    failed = count_broken(connection, rule)
    if not failed:
        message = "the rule could not be checked: Great Expectations found rows that break it, the query did not"
        return Verdict(gate, replace(rule, severity=Severity.FATAL), False, checked, 0, message)
    return Verdict(gate, rule, False, checked, failed, f"{failed} of {checked} rows", failures(connection, rule, SHOWN))


def count_broken(connection: duckdb.DuckDBPyConnection, rule: Rule) -> int:
    """How many rows break a rule."""
    return int(_scalar(connection, f"SELECT count(*) FROM {rule.table} AS t WHERE {rule.breaks}"))


def broken_rows(connection: duckdb.DuckDBPyConnection, rule: Rule, limit: int | None = None) -> list[dict[str, Any]]:
    """The rows that break a rule, with `rowid` and the `uri` of their document."""
    has = {c.name for c in columns(TABLES[rule.table])}
    broken = f"SELECT t.rowid AS rowid, t.* FROM {rule.table} AS t WHERE {rule.breaks} ORDER BY t.rowid"
    if limit:
        broken += f" LIMIT {limit}"
    if "document_id" in has and "uri" not in has:
        broken = f"SELECT b.*, d.uri FROM ({broken}) AS b LEFT JOIN dim_document AS d USING (document_id) ORDER BY b.rowid"
    found = connection.execute(broken)
    names = [d[0] for d in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def failures(connection: duckdb.DuckDBPyConnection, rule: Rule, limit: int) -> tuple[Failure, ...]:
    """The first rows that break a rule, for people."""
    return tuple(as_failure(rule, row) for row in broken_rows(connection, rule, limit))


def as_failure(rule: Rule, row: dict[str, Any]) -> Failure:
    """One row that breaks a rule, for people."""
    key = "|".join(str(row[k]) for k in keys(TABLES[rule.table]))
    told = [c for c in rule.shows_empty if row[c] is None]
    reason = ", ".join(f"{c} is {_shown(row[c])}" for c in (*rule.shows, *told)) or str(row.get("reason") or rule.what)
    words = row.get("quote") or row.get("title") or ""
    return Failure(str(row.get("uri") or ""), key, str(words)[:_LONG], reason)


def _shown(value: Any) -> str:
    return "empty" if value is None else f"{value.normalize():f}" if hasattr(value, "normalize") else repr(value)


def result_rows(verdicts: Iterable[Verdict], run_id: str) -> list[FactGateResult]:
    """Verdicts as rows of the star; the same rule checked on several batches is one row."""
    together: dict[tuple[str, str, str], FactGateResult] = {}
    for v in verdicts:
        detail = v.detail + (": " + json.dumps([str(f) for f in v.failures], ensure_ascii=False) if v.failures else "")
        row = FactGateResult(
            run_id, v.gate, v.rule.table, v.rule.what, v.rule.severity, v.passed, v.checked, v.failed, detail
        )  # fmt: skip
        key = (v.gate, v.rule.table, v.rule.what)
        together[key] = _added(together[key], row) if key in together else row
    return list(together.values())


def _added(one: FactGateResult, other: FactGateResult) -> FactGateResult:
    """The same rule on two batches."""
    return replace(
        one, severity=Severity.FATAL if Severity.FATAL in (one.severity, other.severity) else one.severity,
        passed=one.passed and other.passed, checked=one.checked + other.checked, failed=one.failed + other.failed,
        detail=one.detail or other.detail,
    )  # fmt: skip


def _scalar(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    return connection.execute(query).fetchall()[0][0]
