"""A rule that rows must obey, and what a gate found when it checked the rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.facts import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One belief about one table. Either `breaks` (row by row) or `measure` with bounds (the table as a whole) is given.

    `table` is the table whose rows are shown when the rule fails; SQL speaks of it as `t`.
    """

    table: str
    what: str  # in words, so that it can stand alone after the table's name
    severity: Severity
    why: str
    breaks: str = ""  # an SQL condition that is true for a row that breaks the rule
    measure: str = ""  # an SQL query for one number (NULL: nothing to measure)
    least: float | None = None
    most: float | None = None
    sample: str = ""  # with `measure`: an SQL condition for the rows that speak against the rule
    shows: tuple[str, ...] = ()  # the columns that tell why a row fails
    shows_empty: tuple[str, ...] = ()  # columns that are named where they are empty
    native: str = ""  # the class of Great Expectations that says the same; empty: a query of ours
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Table and rule."""
        return f"{self.table}: {self.what}"

    @property
    def query(self) -> str:
        """The rows that break the rule. Great Expectations fills in `{batch}`; as that hides rowid, it stands in a comment."""
        if self.breaks:
            return _literal(f"SELECT * FROM {self.table} AS t WHERE {self.breaks}") + " /* {batch} */"
        outside = [f"measured {sign} {bound}" for sign, bound in (("<", self.least), (">", self.most)) if bound is not None]
        return _literal(f"SELECT * FROM (SELECT ({self.measure}) AS measured) WHERE {' OR '.join(outside)}") + " /* {batch} */"


def _literal(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that breaks a rule."""

    document: str  # URI; empty where the row belongs to no document
    key: str
    quote: str
    reason: str

    def __str__(self) -> str:
        words = f"“{self.quote}”" if self.quote else self.key
        return f"{self.document or '(no document)'}: {words}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate found for one rule."""

    gate: str  # staging or warehouse
    rule: Rule
    passed: bool
    checked: int
    failed: int
    detail: str = ""
    failures: tuple[Failure, ...] = ()  # the first few
    refused: bool = False  # the rows were taken out, so that the rest may pass

    @property
    def closes(self) -> bool:
        """Whether the gate stays shut for it."""
        return not self.passed and not self.refused and self.rule.severity.value == "fatal"


class GateClosedError(Exception):
    """A gate that stays shut, with the verdicts that shut it."""

    def __init__(self, gate: str, verdicts: tuple[Verdict, ...]) -> None:
        """Keep what the gate found; the message names the rules."""
        self.gate = gate
        self.verdicts = verdicts
        self.closing = tuple(v for v in verdicts if v.closes)
        super().__init__(f"the {gate} gate is closed: " + "; ".join(f"{v.rule.name} ({v.detail})" for v in self.closing))
