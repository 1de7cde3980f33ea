"""Where a set's score comes from: by field, by transformation and by rule, with the scorer's own pairing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
Table = list[tuple[str, ...]]


def judged(scorer: Any, gold: Sequence[Row], stated: Sequence[Row]) -> list[tuple[str, Row]]:
    """Every stated figure as right, differs or false, every missed one with its label."""
    found: list[tuple[str, Row]] = []
    for document in {r["doc"] for r in gold} | {r["document"] for r in stated}:
        wanted = [scorer.clean(r) for r in gold if r["doc"] == document]
        here = [r for r in stated if r["document"] == document]
        cleaned = [scorer.clean(r) for r in here]
        pairs = scorer.match(wanted, cleaned)
        for i, j in pairs:
            if wanted[i]["scored"] != "optional":
                right = all(scorer.agree(f, wanted[i], cleaned[j]) for f in scorer.FIELDS)
                found.append(("right" if right else "differs", here[j]))
        missed = set(range(len(wanted))) - {i for i, _ in pairs}
        false = set(range(len(here))) - {j for _, j in pairs}
        found += [("missed", wanted[i]) for i in missed if wanted[i]["scored"] != "optional"]
        found += [("false", here[j]) for j in false if not scorer.is_open(here[j]["indicator"])]
    return found


def detail(scorer: Any, name: str, result: Row, gold: Sequence[Row], stated: Sequence[Row]) -> Iterator[Table]:
    """Three tables, each with its heads."""
    yield [(f"{name}: field", "right"), *((k, f"{v or 0:.3f}") for k, v in result["field_accuracy"].items())]
    verdicts = judged(scorer, gold, stated)
    for what, kinds in (("transformation", ("right", "differs", "false", "missed")), ("rule", ("right", "differs", "false"))):
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for verdict, row in verdicts:
            if verdict in kinds:  # a missed figure has no rule
                counted[row[what]][verdict] += 1
        rows = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))
        yield [(f"{name}: {what}", *kinds), *((key, *(str(n[k]) for k in kinds)) for key, n in rows)]
