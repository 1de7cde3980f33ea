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
from warehouse.keys import document_id
from warehouse.loading import LoadCounts, connect, load_batch, load_reference
from warehouse.rows import quarantined
from warehouse.staging import read_table
from warehouse.star import TABLES
from warehouse.tables import to_arrow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from expectations.rules import Verdict
    from flows.plan import Intake
    from warehouse.rows import RunRef
    from warehouse.staging import Manifest

GATE = "warehouse"


def bring_up(build: Path) -> None:
    """Tables and reference rows as the seeds have them now."""
    with connect(build) as connection:
        load_reference(connection, LoadCounts())


def note_refused(build: Path, intake: Intake, run: RunRef) -> None:
    """Note the pages whose bytes could not be had; the notes on pages that arrived this time go."""
    rows = [
        quarantined(r.uri, run.run_id, stage="fetch", table="", rule="the page can be had", reason=r.reason)
        for r in intake.refused
    ]
    arrived = {document_id(d.uri) for d in intake.documents}
    with connect(build) as connection:
        noted = connection.execute("SELECT document_id FROM fact_quarantine WHERE stage = 'fetch'").fetchall()
        over = [d for (d,) in noted if d in arrived]
        if over:
            connection.execute("DELETE FROM fact_quarantine WHERE stage = 'fetch' AND document_id IN (SELECT unnest(?))", [over])
        if rows:
            load_batch(connection, {"fact_quarantine": to_arrow(FactQuarantine, rows)}, LoadCounts())


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
            "SELECT uri, min(reason) FROM fact_quarantine WHERE table_name = '' GROUP BY uri ORDER BY uri"
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
