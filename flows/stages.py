"""The stages between staging and publication as plain functions; `pipeline` makes tasks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.beliefs import ROWS, WHOLE
from expectations.gate import check, result_rows
from expectations.refusing import gate_staging
from expectations.rules import GateClosedError
from expectations.suites import declared_rules
from flows import building
from warehouse.facts import FactQuarantine
from warehouse.loading import LoadCounts, connect, load_batch, load_reference
from warehouse.rows import quarantined
from warehouse.staging import read_table
from warehouse.star import TABLES
from warehouse.tables import to_arrow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from expectations.rules import Verdict
    from flows.plan import Refused
    from warehouse.rows import RunRef
    from warehouse.staging import Manifest

GATE = "warehouse"


def bring_up(build: Path) -> bool:
    """Tables and reference rows as the seeds have them now. Returns whether that changed anything."""
    counts = LoadCounts()
    with connect(build) as connection:
        load_reference(connection, counts)
    return counts.changed


def load_refused(build: Path, refused: Sequence[Refused], run: RunRef) -> bool:
    """Note the pages whose bytes could not be had. Returns whether that is news."""
    rows = [
        quarantined(r.uri, run.run_id, stage="read", table="", rule="a document can be read", reason=r.reason) for r in refused
    ]
    counts = LoadCounts()
    if rows:
        with connect(build) as connection:
            load_batch(connection, {"fact_quarantine": to_arrow(FactQuarantine, rows)}, counts)
    return counts.changed


def gate_and_load(build: Path, manifests: Sequence[Manifest], run: RunRef) -> tuple[Verdict, ...]:
    """Staged shards through the first gate into the build file, in one transaction.

    Raises:
        GateClosedError: the batch is not to be trusted; nothing of it is loaded.
    """
    staged = {table: read_table(manifests, table) for table in TABLES if any(m.rows(table) for m in manifests)}
    gated = gate_staging(staged, run.run_id)
    with connect(build) as connection:
        load_batch(connection, gated.tables, LoadCounts())
    return gated.verdicts


def gate_build(build: Path) -> tuple[Verdict, ...]:
    """The second gate: every rule on everything.

    Raises:
        GateClosedError: a fatal rule does not hold.
    """
    with connect(build) as connection:
        verdicts = check(connection, (*declared_rules(), *ROWS, *WHOLE), GATE)
    if any(v.closes for v in verdicts):
        raise GateClosedError(GATE, verdicts)
    return verdicts


def unread_documents(build: Path, uris: Sequence[str]) -> dict[str, str]:
    """Which of these documents are in quarantine as a whole, and why."""
    with connect(build) as connection:
        rows = connection.execute(
            "SELECT uri, min(reason) FROM fact_quarantine WHERE stage = 'read' AND severity = 'fatal' GROUP BY uri ORDER BY uri"
        ).fetchall()
    wanted = set(uris)
    return {uri: reason for uri, reason in rows if uri in wanted}


def has_documents(build: Path) -> bool:
    """Whether there is anything to publish."""
    with connect(build) as connection:
        return bool(connection.execute("SELECT count(*) FROM dim_document").fetchall()[0][0])


def settle(build: Path, verdicts: Sequence[Verdict], run_id: str) -> None:
    """Write the verdicts of an opened gate, let the copy go."""
    building.note_results(build, result_rows(verdicts, run_id))
    building.drop_copy(build)


def roll_back(build: Path, closed: GateClosedError, run_id: str) -> None:
    """A gate stayed shut: the build file is as it was before the run, but for the verdicts."""
    building.restore_copy(build)
    building.note_results(build, result_rows(closed.verdicts, run_id))
