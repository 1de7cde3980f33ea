"""What a person sees while a long step runs; a silent one for scheduled runs and tests."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress(Protocol):
    """Steps are started one after the other; each advances until the next starts."""

    def start(self, step: str, total: int | None) -> None:
        """Begin a step of so many parts; None: nobody knows how many."""

    def advance(self, by: int = 1) -> None:
        """Parts of the step are done."""


class Silent:
    """Says nothing."""

    def start(self, step: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, by: int = 1) -> None:
        """Say nothing."""


class Bar:
    """A line per step on a terminal."""

    def __init__(self, bars: Bars) -> None:
        """Draw into these bars, which the caller has started."""
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, step: str, total: int | None) -> None:
        """Close the step before, begin this one."""
        if self._task is not None:
            done = self._bars.tasks[-1].completed
            self._bars.update(self._task, total=done or 1, completed=done or 1)
        self._task = self._bars.add_task(step, total=total)

    def advance(self, by: int = 1) -> None:
        """Parts of the step are done."""
        if self._task is not None:
            self._bars.advance(self._task, by)


_CURRENT: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039  it has no state


def current() -> Progress:
    """The one that the command set up."""
    return _CURRENT.get()


def show(progress: Progress) -> None:
    """Make this the current one."""
    _CURRENT.set(progress)
