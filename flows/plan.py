"""What a run has to do: which pages came in, which of them are new, which shards of an interrupted run stand already."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from flows import rawstore
from flows.reading import Shard
from warehouse.rows import DocumentRef, RunRef

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from flows.progress import Progress
    from flows.settings import Settings
    from flows.sources import Source

_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Refused:
    """A page whose bytes could not be had."""

    uri: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that the sources gave."""

    documents: tuple[DocumentRef, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is still to be read, and under which run."""

    run: RunRef
    shards: tuple[Shard, ...]
    resumed: bool = False  # an interrupted run is taken up

    @property
    def documents(self) -> int:
        """How many documents are to be read."""
        return sum(len(s.documents) for s in self.shards)


def take_in(sources: Sequence[Source], settings: Settings, now: datetime, progress: Progress) -> Intake:
    """Bring every page of the sources into the raw store."""
    documents: dict[str, DocumentRef] = {}
    refused: dict[str, Refused] = {}
    progress.start("collecting pages", None)
    rawstore.clear_unfinished(settings.raw)
    for source in sources:
        for arrival in source.arrivals(settings.size_limit):
            try:
                kept = rawstore.store(settings.raw, arrival, now, settings.size_limit)
            except rawstore.RefusedError as e:
                refused.setdefault(arrival.uri, Refused(arrival.uri, arrival.source, str(e)))
            else:
                documents.setdefault(
                    kept.uri, DocumentRef(kept.uri, kept.sha256, kept.bytes, kept.fetched_at, kept.content_type, kept.source)
                )  # fmt: skip
            progress.advance()
    rawstore.clear_unfinished(settings.raw)
    return Intake(tuple(documents.values()), tuple(refused.values()))


def plan_run(settings: Settings, intake: Intake, loaded: Collection[tuple[str, str, str]], version: str, now: datetime) -> Plan:
    """Cut what is not loaded yet into shards; an interrupted run of this version that covers it is taken up where it stood."""
    pending = [d for d in intake.documents if (d.uri, d.content_sha256, version) not in loaded]
    wanted = {(d.uri, d.content_sha256) for d in pending}
    for old in _unfinished(settings.staging):
        covered = {(d.uri, d.content_sha256) for s in old.shards for d in s.documents}
        if pending and old.run.pipeline_version == version and wanted <= covered:
            open_shards = tuple(s for s in old.shards if any((d.uri, d.content_sha256) in wanted for d in s.documents))
            _clear(settings.staging, old.run.run_id)
            return Plan(old.run, open_shards, resumed=True)
    run = RunRef(f"{now:%Y%m%dT%H%M%SZ}-{uuid4().hex[:4]}", now, version)
    size = settings.shard_size
    shards = tuple(Shard(n // size, tuple(pending[n : n + size])) for n in range(0, len(pending), size))
    _clear(settings.staging, run.run_id)
    plan = Plan(run, shards)
    if shards:
        _save(settings.staging, plan)
    return plan


def finish(settings: Settings) -> None:
    """The run is through: what it staged is in the warehouse."""
    _clear(settings.staging, "")


def _folder(staging: Path, run_id: str) -> Path:
    return staging / f"run_id={run_id}"


def _save(staging: Path, plan: Plan) -> None:
    folder = _folder(staging, plan.run.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{_PLAN}.tmp"
    temporary.write_text(json.dumps(asdict(plan), ensure_ascii=False, default=datetime.isoformat), encoding="utf-8")
    temporary.replace(folder / _PLAN)


def _unfinished(staging: Path) -> Iterable[Plan]:
    """The plans of runs that never finished; one that cannot be read is no plan."""
    for path in sorted(staging.glob(f"run_id=*/{_PLAN}"), reverse=True):
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            run = body["run"] | {"started_at": datetime.fromisoformat(body["run"]["started_at"])}
            shards = tuple(Shard(s["number"], tuple(map(_document, s["documents"]))) for s in body["shards"])
            yield Plan(RunRef(**run), shards)
        except (ValueError, KeyError, TypeError):
            continue


def _document(body: dict[str, str]) -> DocumentRef:
    return DocumentRef(**(body | {"fetched_at": datetime.fromisoformat(body["fetched_at"])}))  # type: ignore[arg-type]


def _clear(staging: Path, but: str) -> None:
    """Remove what other runs staged."""
    for folder in staging.glob("run_id=*"):
        if folder != _folder(staging, but):
            shutil.rmtree(folder, ignore_errors=True)
