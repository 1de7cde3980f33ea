"""The end of a run, told to a person."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flows import figures
from flows.errors import NothingReadError
from flows.outcome import shown_uri
from flows.query import ask, published, shown
from flows.showing import complain, grid, say, show_verdicts
from warehouse.publication import current

if TYPE_CHECKING:
    from pathlib import Path

    from flows.outcome import Outcome
    from flows.settings import Settings

_TRY = """SELECT ref_area_zh, time_period, indicator_zh, value, unit, quote
FROM observations
WHERE transformation = 'level' AND status = 'actual' AND NOT is_open
ORDER BY value DESC
LIMIT 5"""
_SHOWN = 10


def show_summary(outcome: Outcome, settings: Settings) -> int:
    """What was read, what it gave, what the gates said, where things lie. Returns the exit code."""
    release = current(settings.published)
    _show_documents(outcome, settings)
    if release is None:
        return _nothing_read()
    with published(settings) as connection:
        say()
        say("Observations by category 观测（按类别）", "bold")
        counted = figures.categories(connection)
        grid(("类别", "category", "observations"), [(c["zh"], c["en"], str(c["observations"])) for c in counted], numbers=(2,))
        say("Gates 检验", "bold")
        if outcome.verdicts:
            show_verdicts(outcome.verdicts, limit=2)
        else:
            _show_last_verdicts(figures.verdicts(connection))
        say()
        say(f"Warehouse 数据仓库: {_near(release)}", "bold")
        say(f"Report 报告:        {_near(settings.report)}", "bold")
        say()
        say("A query to try 试试:", "bold")
        say('  zhicang sql "' + " ".join(_TRY.split()) + '"' + _home_option(settings))
        names, rows = ask(connection, _TRY)
        grid(names, [[shown(x) for x in row] for row in rows], numbers=(3,))
    return _nothing_read() if outcome.nothing_read else 0


def _nothing_read() -> int:
    complain("zhicang: none of these pages could be read; the reasons stand above")
    return NothingReadError.exit_code


def _show_documents(outcome: Outcome, settings: Settings) -> None:
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged, {outcome.quarantined} in quarantine"
    say(f"{outcome.found} pages 页面: {counts}" + (" (an interrupted run was taken up)" if outcome.resumed else ""), "bold")
    if not outcome.published and current(settings.published) is not None:
        say("Nothing has changed since the last run: no row was loaded, the publication is as it was. 没有变化。", "green")
    for uri, reason in outcome.unread[:_SHOWN]:
        say(f"  in quarantine 隔离: {shown_uri(uri)}: {reason}", "yellow")
    if outcome.quarantined > _SHOWN:
        say(f"  … and {outcome.quarantined - _SHOWN} more, see fact_quarantine or the report", "yellow")


def _show_last_verdicts(rows: list[figures.Row]) -> None:
    """The verdicts that the last publication was made with."""
    for gate in dict.fromkeys(r["gate"] for r in rows):
        mine = [r for r in rows if r["gate"] == gate]
        say(f"  {gate}: open, {sum(r['passed'] for r in mine)} of {len(mine)} rules hold (when it was published)", "green")


def _near(path: Path) -> str:
    """The path from here, where that is shorter."""
    relative = os.path.relpath(path)
    return relative if not relative.startswith("..") else str(path)


def _home_option(settings: Settings) -> str:
    return (
        ""
        if settings.home == settings.home.cwd() / "data" or os.environ.get("ZHICANG_HOME")
        else f" --home {_near(settings.home)}"
    )
