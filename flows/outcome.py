"""What a run did, and how it is told in Markdown (for Prefect's artifacts) and on the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from expectations.rules import Failure, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the pages that the sources gave, and of the warehouse."""

    run_id: str
    new: int  # never seen before
    changed: int  # seen, with other bytes or by another version of the program
    unchanged: int
    unread: tuple[tuple[str, str], ...]  # address and reason of those that are in quarantine
    published: bool  # a new release was made
    resumed: bool  # an interrupted run was taken up
    verdicts: tuple[Verdict, ...] = ()

    @property
    def found(self) -> int:
        """All pages."""
        return self.new + self.changed + self.unchanged + self.quarantined

    @property
    def quarantined(self) -> int:
        """Pages that cannot be read."""
        return len(self.unread)

    @property
    def nothing_read(self) -> bool:
        """Whether no page of the sources could be read."""
        return self.found > 0 and self.quarantined == self.found


def shown_uri(uri: str) -> str:
    """An address for people: files by their path, spaces and signs unescaped.

    >>> shown_uri("file:///data/湖南%201.html")
    '/data/湖南 1.html'
    """
    return unquote(uri.removeprefix("file://")) if uri.startswith("file://") else uri


def failure_line(failure: Failure) -> str:
    """A failing row on one line: document, words, reason."""
    words = f"“{failure.quote}”" if failure.quote else failure.key
    return f"{shown_uri(failure.document) or '(no document)'}: {words}: {failure.reason}"


def gates_as_markdown(verdicts: Iterable[Verdict]) -> str:
    """The rules that do not hold, with rows; one line if all hold."""
    verdicts = list(verdicts)
    broken = [v for v in verdicts if not v.passed]
    lines = [f"{len(verdicts) - len(broken)} of {len(verdicts)} rules hold."]
    for v in broken:
        effect = "closes the gate" if v.closes else "rows refused" if v.refused else v.rule.severity.value
        lines.append(f"\n**{v.gate}: {v.rule.name}** ({effect}): {v.detail}. Why: {v.rule.why}.\n")
        lines += [f"* {failure_line(f)}" for f in v.failures]
    return "\n".join(lines) + "\n"


def as_markdown(outcome: Outcome) -> str:
    """The counts of a run."""
    return (
        "| found | new | changed | unchanged | in quarantine | published |\n| --: | --: | --: | --: | --: | :-- |\n"
        f"| {outcome.found} | {outcome.new} | {outcome.changed} | {outcome.unchanged} | {outcome.quarantined} "
        f"| {'yes' if outcome.published else 'no change'} |\n"
    )
