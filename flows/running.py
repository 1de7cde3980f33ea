"""One run from sources to report. Every step goes through `Steps`, so that Prefect may watch, and tests may run without it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice, starmap
from typing import TYPE_CHECKING, Protocol, TypeVar

from expectations.rules import GateClosedError
from flows import building, stages
from flows.outcome import Outcome, as_markdown, gates_as_markdown
from flows.plan import finish, plan_run, take_in
from flows.progress import current
from flows.reading import read_shard
from flows.report import write_report
from flows.version import pipeline_version
from flows.workers import in_workers
from warehouse.publication import current as published
from warehouse.publication import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from expectations.rules import Verdict
    from flows.plan import Intake, Plan
    from flows.reading import ShardResult
    from flows.settings import Settings
    from flows.sources import Source

T = TypeVar("T")
BATCH = 10  # shards that are gated and loaded together, in one transaction


class Steps(Protocol):
    """Who does the steps of a run."""

    def call(self, name: str, function: Callable[..., T], *arguments: object) -> T:
        """Do one step."""

    def each(self, name: str, function: Callable[..., T], calls: Iterable[tuple[object, ...]]) -> Iterator[T]:
        """Do a step for many arguments, perhaps several at a time; the results come in the order of the arguments."""

    def tell(self, key: str, description: str, markdown: str) -> None:
        """Keep a note for people."""


class Plain:
    """Does them one after the other."""

    def call(self, name: str, function: Callable[..., T], *arguments: object) -> T:  # noqa: ARG002
        """Call the function."""
        return function(*arguments)

    def each(self, name: str, function: Callable[..., T], calls: Iterable[tuple[object, ...]]) -> Iterator[T]:  # noqa: ARG002
        """Call the function again and again."""
        return starmap(function, calls)

    def tell(self, key: str, description: str, markdown: str) -> None:
        """Nobody is there to be told."""


def run_once(sources: Sequence[Source], settings: Settings, steps: Steps) -> Outcome:
    """Read what is new in the sources, publish the warehouse if anything changed. The caller holds the home's lock.

    Raises:
        GateClosedError: a gate stayed shut; the last publication stays.
    """
    now = datetime.now(UTC)
    build = settings.build
    intake = steps.call("collect", take_in, sources, settings, now, current())
    known = building.loaded(build)
    plan = plan_run(settings, intake, known, pipeline_version(), now)
    verdicts: list[Verdict] = []
    try:
        if plan.shards or intake.refused:
            building.keep_copy(build)
        stages.bring_up(build)
        stages.note_refused(build, intake, plan.run)
        verdicts += _read_and_load(plan, settings, steps)
        release = published(settings.published)
        fresh = not building.is_published(build, release) and stages.has_documents(build)
        if fresh:
            current().start("checking the warehouse", None)
            verdicts += steps.call("gate the warehouse", stages.gate_build, build)
            stages.settle(build, verdicts, plan.run.run_id)
    except GateClosedError as closed:
        found = GateClosedError(closed.gate, (*verdicts, *closed.verdicts))
        stages.roll_back(build, found, plan.run.run_id)
        steps.tell("gates", "A gate stayed shut.", gates_as_markdown(found.verdicts))
        raise found from None
    building.drop_copy(build)
    if fresh:
        current().start("publishing", None)
        steps.call("publish", publish, build, settings.published, plan.run.run_id, settings.keep_releases)
    if fresh or (release is not None and not settings.report.exists()):
        steps.call("report", write_report, settings)
    finish(settings)
    outcome = _outcome(intake, plan, {uri for uri, _, _ in known}, build, tuple(verdicts), published=fresh)
    steps.tell("summary", "The run.", as_markdown(outcome) + "\n" + gates_as_markdown(verdicts))
    return outcome


def _read_and_load(plan: Plan, settings: Settings, steps: Steps) -> list[Verdict]:
    """Read the shards and load them batch by batch as they come."""
    verdicts: list[Verdict] = []
    current().start("reading and loading pages", plan.documents)
    with in_workers(read_shard, min(settings.workers, len(plan.shards))) as read:
        calls = [(settings.raw, settings.staging, plan.run, shard) for shard in plan.shards]
        results = _counted(steps.each("read shard", read, calls))
        while manifests := [r.manifest for r in islice(results, BATCH)]:
            verdicts += steps.call("gate and load", stages.gate_and_load, settings.build, manifests, plan.run)
    return verdicts


def _counted(results: Iterable[ShardResult]) -> Iterator[ShardResult]:
    for result in results:
        current().advance(result.documents)
        yield result


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
