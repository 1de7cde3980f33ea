"""What the commands print: plain text by rich, in colour where the terminal has it."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.outcome import failure_line, shown_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from expectations.rules import GateClosedError, Verdict
    from flows.explain import Step
    from transforms.records import Observation, Reading

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
_AROUND = 12  # characters before and behind a repair
# How a number stands in the text: its mark, for where there is no colour, and its colour.
_STATES = {"read": ("✓", "bold green"), "ignored": ("·", "yellow"), "unread": ("✗", "bold red")}
_SIGNS = {"eq": "=", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
# What would steer the terminal, or turn the reading direction: pages and file names may hold it.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_QUIET = ("simplified", "width")  # kinds of repair that are counted, not shown


def printed(text: str, style: str = "") -> Text:
    r"""A text as it is printed: brackets are brackets, and characters that would steer the terminal are spelt out.

    >>> printed("[bold]\x1b[31m").plain
    '[bold]\\x1b[31m'
    """
    return Text(_STEERING.sub(lambda m: m[0].encode("unicode_escape").decode(), text), style=style)


def say(text: str = "", style: str = "") -> None:
    """A line; brackets in it are brackets."""
    OUT.print(printed(text, style=style))


def complain(text: str, style: str = "bold red") -> None:
    """A line on the error stream."""
    ERR.print(printed(text, style=style))


def grid(names: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> None:
    """A table; columns in `numbers` are set to the right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, name in enumerate(names):
        table.add_column(printed(name), justify="right" if n in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(printed(cell) for cell in row))
    OUT.print(table, soft_wrap=False)


def show_reading(reading: Reading) -> None:
    """One page: encoding, repairs, header, observations, what was not read."""
    decoded, header = reading.decoded, reading.header
    say(shown_uri(reading.uri), "bold")
    _pair(
        "encoding 编码",
        f"{decoded.encoding} ({decoded.evidence}; quality {decoded.score:.2f}, {decoded.replaced} characters lost)",
    )
    _pair("title 标题", header.title or "(none)")
    when = f"{header.published_on} ({header.published_reason})" if header.published_on else "(not told)"
    _pair("published 发布", f"{when}; source: {header.source or '(not told)'}")
    spun = f", spun score {reading.spun_score}" if reading.spun_score else ""
    _pair(
        "text 正文",
        f"{len(reading.text)} characters, {reading.script}{spun}, {reading.parts} part(s), language {reading.language}",
    )
    kinds = Counter(r.kind for r in reading.repairs)
    _pair("repairs 修复", ", ".join(f"{k} {n}" for k, n in kinds.most_common()) or "none")
    _show_repairs(reading)
    say()
    say(f"{len(reading.observations)} observations 观测", "bold")
    for o in reading.observations:
        _show_observation(o)
    ours = [u for u in reading.unread if u.in_scope]
    if ours:
        say(f"{len(ours)} numbers look like statistics and were not read 未读数字", "bold")
        grid(("number", "sentence", "reason"), ((u.quote, _short(u.sentence, 80), u.reason) for u in ours))
    others = Counter(u.reason for u in reading.unread if not u.in_scope)
    if others:
        say(f"{sum(others.values())} other numbers: " + ", ".join(f"{r} {n}" for r, n in others.most_common(8)), "dim")


def show_numbers(reading: Reading) -> None:
    """The cleaned text with every number marked and coloured, then how many there are of each kind and why."""
    say(shown_uri(reading.uri), "bold")
    line, at = printed(""), 0
    for start, end, state in _numbers(reading):
        mark, style = _STATES[state]
        line.append(reading.text[at:start]).append(reading.text[start:end] + mark, style)
        at = end
    OUT.print(line.append(reading.text[at:]))
    say()
    for state, (mark, style) in _STATES.items():
        why = Counter(u.reason for u in reading.unread if state == ("unread" if u.in_scope else "ignored"))
        count = len({(o.start, o.end) for o in reading.observations}) if state == "read" else sum(why.values())
        say(f"{mark} {count} {state}" + (": " if why else "") + ", ".join(f"{r} {n}" for r, n in why.most_common()), style)


def _numbers(reading: Reading) -> list[tuple[int, int, str]]:
    """Spans of the numbers with their state, in order and apart; a date inside a statement is part of it."""
    spans = [(o.start, o.end, "read") for o in reading.observations]
    spans += [(u.start, u.end, "unread" if u.in_scope else "ignored") for u in reading.unread]
    apart: list[tuple[int, int, str]] = []
    for start, end, state in sorted(spans, key=lambda s: (s[0], s[2] != "read", -s[1])):
        begin = max(start, apart[-1][1]) if apart else start
        if begin < end:
            apart.append((begin, end, state))
    return apart


def _pair(name: str, text: str) -> None:
    OUT.print(printed(f"{name}: ", style="dim") + printed(text))


def _show_repairs(reading: Reading) -> None:
    """Some of each kind, with the words around as they were published and as they are now."""
    page = reading.decoded.text
    seen: Counter[str] = Counter()
    for r in reading.repairs:
        seen[r.kind] += 1
        if r.kind in _QUIET or seen[r.kind] > 3:
            continue
        before, after = page[max(0, r.raw_start - _AROUND) : r.raw_start], page[r.raw_end : r.raw_end + _AROUND]
        line = printed(f"  {r.kind}: …", style="dim") + printed(_flat(before))
        line += (
            printed(_flat(page[r.raw_start : r.raw_end]), style="red strike")
            + printed(" → ", style="dim")
            + printed(r.after, style="green")
        )
        OUT.print(line + printed(_flat(after)) + printed("…", style="dim"))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _short(text: str, length: int) -> str:
    text = _flat(text)
    return text if len(text) <= length else text[: length - 1] + "…"


def _show_observation(o: Observation) -> None:
    """Two lines: the slots, then the words with the reasons."""
    from transforms.places import name  # loads the gazetteer, which the other commands do not need

    place = f"{name(o.ref_area)} {o.ref_area}" if o.ref_area else "place unknown"
    measure = o.indicator + (f" [{o.scope}]" if o.scope else "")
    sign = _SIGNS[o.qualifier]
    what = ", ".join(x for x in (o.transformation, o.status) if x not in ("level", "actual"))
    line = printed("  ") + printed(f"{measure} {sign} {o.value.normalize():f} {o.unit}", style="bold")
    OUT.print(line + printed(f" ({what})" if what else "") + printed(f"  {place}, {o.time_period or 'period unknown'}"))
    reasons = "; ".join(f"{slot}: {why}" for slot, why in (("place", o.ref_area_reason), ("period", o.time_period_reason)) if why)
    OUT.print(printed(f"      “{_flat(o.quote)}”", style="green") + printed(f"  {reasons}", style="dim"))


def show_verdicts(verdicts: Sequence[Verdict], *, limit: int = 5) -> None:
    """What the gates found: a line for each gate, then the rules that do not hold with rows."""
    for gate in dict.fromkeys(v.gate for v in verdicts):
        mine = [v for v in verdicts if v.gate == gate]
        broken = [v for v in mine if not v.passed]
        state = "closed" if any(v.closes for v in broken) else "open"
        say(f"  {gate}: {state}, {len(mine) - len(broken)} of {len(mine)} rules hold", "green" if state == "open" else "bold red")
        for v in broken:
            effect = "closes the gate" if v.closes else "rows refused" if v.refused else "warning"
            say(f"    {effect}: {v.rule.name}: {v.detail} ({v.rule.why})", "red" if v.closes else "yellow")
            for failure in v.failures[:limit]:
                say(f"      {failure_line(failure)}")


def show_steps(steps: Iterable[Step]) -> None:
    """The way of an observation."""
    for step in steps:
        first, *others = step.lines
        OUT.print(printed(f"{step.name:>12}  ", style="bold" if step.ok else "bold red") + printed(first))
        for line in others:
            OUT.print(printed(" " * 14 + line, style="" if step.ok else "red"))


def show_answer(names: Sequence[str], rows: Sequence[Sequence[Any]], *, limit: int = 100) -> None:
    """The answer to a query."""
    from flows.query import shown

    if not names:
        return
    numbers = [n for n in range(len(names)) if rows and all(isinstance(r[n], int | float | Decimal) for r in rows[:limit])]
    grid(names, ([shown(x) for x in row] for row in rows[:limit]), numbers=numbers)
    if len(rows) > limit:
        say(f"{len(rows) - limit} more rows; --format csv prints them all", "dim")


def show_closed(closed: GateClosedError) -> None:
    """Why a gate stayed shut."""
    complain(f"zhicang: the {closed.gate} gate is closed; nothing was published, the last publication stays as it is")
    for v in closed.closing:
        complain(f"  {v.rule.name}: {v.detail}", "red")
        complain(f"    why it matters: {v.rule.why}", "dim")
        for failure in v.failures:
            complain(f"    {failure_line(failure)}", "")
    complain("Take these pages out of the sources or mend how they are read, then run the same command again.", "dim")
