"""The flow: sources to raw store, shards to staging, gate, load, gate, publication, report. The only file that knows Prefect.

Tasks are shards and stages, never documents: a task costs Prefect milliseconds, a document costs us as much.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Task, flow
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.rules import GateClosedError
from flows import building, stages
from flows.engine import guard_server
from flows.lock import locked
from flows.outcome import Outcome, as_markdown, gates_as_markdown
from flows.plan import finish, plan_run, take_in
from flows.progress import current
from flows.reading import read_shard
from flows.report import write_report
from flows.settings import read_settings
from flows.sources import open_sources
from flows.version import pipeline_version
from flows.workers import in_workers
from warehouse.publication import current as published
from warehouse.publication import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from expectations.rules import Verdict
    from flows.plan import Intake, Plan
    from flows.settings import Settings

BATCH = 10  # shards that are gated and loaded together, in one transaction


def _stage(function: Callable[..., Any], name: str) -> Any:
    """A task without cache: what is done already is known from the warehouse, not from Prefect."""
    return Task(function, name=name, cache_policy=NO_CACHE, persist_result=False)


_collect = _stage(take_in, "collect")
_gate_and_load = _stage(stages.gate_and_load, "gate and load")
_gate_build = _stage(stages.gate_build, "gate the warehouse")
_publish = _stage(publish, "publish")
_report = _stage(write_report, "report")


_RUNNER: Any = ThreadPoolTaskRunner(max_workers=16)  # these threads only wait for the worker processes


@flow(name="pipeline", task_runner=_RUNNER, validate_parameters=False)
def pipeline(sources: list[str] | None = None, home: str | None = None) -> Outcome:
    """Read what is new in the sources, publish the warehouse if anything changed.

    Raises:
        GateClosedError: a gate stayed shut; the last publication stays.
        ZhicangError: the sources or the home cannot be used.
    """
    guard_server()
    settings = read_settings(Path(home) if home else None)
    with locked(settings.home):
        return _run(open_sources(sources or []), settings)


def _run(sources: list[Any], settings: Settings) -> Outcome:
    now = datetime.now(UTC)
    build = settings.build
    intake = _collect(sources, settings, now, current())
    known = building.loaded(build)
    plan = plan_run(settings, intake, known, pipeline_version(), now)
    verdicts: list[Verdict] = []
    try:
        if plan.shards or intake.refused:
            building.keep_copy(build)
        stages.bring_up(build)
        stages.load_refused(build, intake.refused, plan.run)
        verdicts += _load(plan, settings)
        release = published(settings.published)
        fresh = not building.is_published(build, release) and stages.has_documents(build)
        if fresh:
            current().start("checking the warehouse", None)
            verdicts += _gate_build(build)
            stages.settle(build, verdicts, plan.run.run_id)
    except GateClosedError as closed:
        found = GateClosedError(closed.gate, (*verdicts, *closed.verdicts))
        stages.roll_back(build, found, plan.run.run_id)
        create_markdown_artifact(gates_as_markdown(found.verdicts), key="gates", description="A gate stayed shut.")
        raise
    building.drop_copy(build)
    if fresh:
        current().start("publishing", None)
        _publish(build, settings.published, plan.run.run_id, settings.keep_releases)
    if fresh or (release is not None and not settings.report.exists()):
        _report(settings)
    finish(settings)
    outcome = _outcome(intake, plan, {uri for uri, _, _ in known}, build, tuple(verdicts), published=fresh)
    create_markdown_artifact(as_markdown(outcome) + "\n" + gates_as_markdown(verdicts), key="summary", description="The run.")
    return outcome


def _outcome(
    intake: Intake, plan: Plan, known: set[str], build: Path, verdicts: tuple[Verdict, ...], *, published: bool
) -> Outcome:
    """Each page that came in counts once: in quarantine, or new, changed or unchanged."""
    uris = {d.uri for d in intake.documents} | {r.uri for r in intake.refused}
    unread = stages.unread_documents(build, sorted(uris))
    readable = uris - unread.keys()
    pending = {d.uri for s in plan.shards for d in s.documents} & readable
    return Outcome(
        run_id=plan.run.run_id, new=len(pending - known), changed=len(pending & known), unchanged=len(readable - pending),
        unread=tuple(unread.items()), published=published, resumed=plan.resumed, verdicts=verdicts,
    )  # fmt: skip


def _load(plan: Plan, settings: Settings) -> list[Verdict]:
    """Read the shards, each a task, and load them batch by batch as they come."""
    verdicts: list[Verdict] = []
    progress = current()
    progress.start("reading pages", plan.documents)
    with in_workers(read_shard, min(settings.workers, len(plan.shards))) as work:
        read = _stage(work, "read shard")
        futures = [read.submit(settings.raw, settings.staging, plan.run, shard) for shard in plan.shards]
        for n in range(0, len(futures), BATCH):
            manifests = []
            for future in futures[n : n + BATCH]:
                result = future.result()
                manifests.append(result.manifest)
                progress.advance(result.documents)
            if n + BATCH >= len(futures):
                progress.start("checking and loading", None)
            verdicts += _gate_and_load(settings.build, manifests, plan.run)
    return verdicts
