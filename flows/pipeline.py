"""The flow: `run_once` with every step a Prefect task. The only file that knows Prefect.

Tasks are shards and stages, never documents: a task costs Prefect milliseconds, a document costs us as much.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import Task, flow
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from flows.lock import locked
from flows.outcome import Outcome  # noqa: TC001  Prefect looks the annotations up
from flows.running import run_once
from flows.settings import read_settings
from flows.sources import open_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


class Tasks:
    """Every step is a task without cache: what is done already is known from the warehouse, not from Prefect."""

    def call(self, name: str, function: Callable[..., T], *arguments: object) -> T:
        """Run one task."""
        result: T = _task(name, function)(*arguments)
        return result

    def each(self, name: str, function: Callable[..., T], calls: Iterable[tuple[object, ...]]) -> Iterator[T]:
        """Submit all, wait for one after the other."""
        task = _task(name, function)
        futures = [task.submit(*arguments) for arguments in calls]
        return (future.result() for future in futures)

    def tell(self, key: str, description: str, markdown: str) -> None:
        """Leave an artifact."""
        create_markdown_artifact(markdown, key=key, description=description)


def _task(name: str, function: Callable[..., Any]) -> Any:
    return Task(function, name=name, cache_policy=NO_CACHE, persist_result=False)


_RUNNER: Any = ThreadPoolTaskRunner(max_workers=16)  # these threads only wait for the worker processes


@flow(name="pipeline", task_runner=_RUNNER, validate_parameters=False)
def pipeline(sources: list[str] | None = None, home: str | None = None) -> Outcome:
    """Read what is new in the sources, publish the warehouse if anything changed.

    Raises:
        GateClosedError: a gate stayed shut; the last publication stays.
        ZhicangError: the sources or the home cannot be used.
    """
    settings = read_settings(Path(home) if home else None)
    with locked(settings.home):
        return run_once(open_sources(sources or []), settings, Tasks())
