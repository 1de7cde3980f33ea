"""The command `zhicang`. Each command imports what it needs when it runs, so that help and `read` start at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from flows.errors import UsageError, ZhicangError, in_plain_words
from flows.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings

GATE_CLOSED = 3
_HELP = """Read Chinese intellectual-property statistics out of web pages into a warehouse that SQL can ask.
从网页读出知识产权统计数据，建成可用 SQL 查询的数据仓库。"""
_EPILOGUE = """Examples:

  zhicang run                         the bundled samples, into ./data
  zhicang run pages/ --home /srv/ip   a folder, into a warehouse of its own
  zhicang read page.html              what one page says
  zhicang sql "SELECT * FROM observations LIMIT 5"
  zhicang explain 3f9a0c              one figure back to its page's bytes
  zhicang check                       every rule on what is published

Exit codes: 0 done; 1 stopped by something outside, such as a full disk;
2 wrong usage; 3 a gate is closed; 4 nothing could be read.

Settings: ZHICANG_HOME, ZHICANG_SIZE_LIMIT (50MB), ZHICANG_SHARD_SIZE (200),
ZHICANG_WORKERS (one a core), ZHICANG_KEEP_RELEASES (3)."""
_EXAMPLES = {
    "run": 'Examples:\n\n  zhicang run\n  zhicang run pages/ "archive/**/*.html" --home /srv/ip',
    "read": "Examples:\n\n  zhicang read page.html\n  zhicang read page.html --numbers\n  zhicang read page.txt --json",
    "sql": 'Examples:\n\n  zhicang sql "SHOW TABLES"\n  zhicang sql "FROM observations" --format csv > observations.csv',
    "explain": "Example:\n\n  zhicang explain 3f9a0c",
    "check": "Example:\n\n  zhicang check --home /srv/ip",
}


def _version() -> str:
    from flows.version import pipeline_version

    return pipeline_version()


Home = Annotated[Path | None, Parameter(help="Folder of the warehouse; default: ZHICANG_HOME, else ./data.")]

app = App(name="zhicang", help=_HELP, help_epilogue=_EPILOGUE, help_format="plaintext", version=_version)


@app.command(help_epilogue=_EXAMPLES["run"])
def run(
    *source: str, home: Home = None, verbose: Annotated[bool, Parameter(negative="", help="Show Prefect's log.")] = False
) -> int:
    """Read new pages, check them, publish the warehouse and write the report. A second run does only what is new.

    Parameters
    ----------
    source:
        Files, folders or patterns ("pages/*.html"); default: the samples that come with the program.
    """
    from flows.lock import locked
    from flows.sources import open_sources

    settings = read_settings(home)
    open_sources(source)  # a wrong path is told before anything is started
    with locked(settings.home):
        return _run([_absolute(s) for s in source], settings, verbose=verbose)


def _run(sources: list[str], settings: Settings, *, verbose: bool) -> int:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from flows import engine, progress
    from flows.showing import ERR

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    engine.prepare(settings.prefect, verbose=verbose)
    with (
        Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal or verbose) as bars,
        engine.temporary_server() as server,
    ):
        shown = progress.Bar(bars)
        progress.show(shown)
        shown.start("starting", None)
        _load_libraries(sources, settings)
        from flows.pipeline import pipeline  # Prefect reads its settings when it is imported

        with engine.connected(server):
            outcome = pipeline(sources, str(settings.home))
    from flows.summary import show_summary

    return show_summary(outcome, settings)


def _load_libraries(sources: list[str], settings: Settings) -> None:
    """Where there is likely something to read and to check, load what that takes while Prefect's server starts elsewhere."""
    from flows.sources import open_sources

    build = settings.build
    since = build.stat().st_mtime if build.exists() else 0.0
    if any(s.may_have_news(since) for s in open_sources(sources)):
        import great_expectations  # noqa: F401

        from transforms.document import read
        from transforms.records import RawPage

        read(RawPage("", "知识产权".encode()))  # the dictionaries


def _absolute(source: str) -> str:
    return source if "://" in source else os.path.abspath(source)  # noqa: PTH100  the flow may run in another folder


@app.command(help_epilogue=_EXAMPLES["read"])
def read(
    file: str,
    *,
    numbers: Annotated[
        bool, Parameter(negative="", help="Print the text with every number marked: read, ignored, unread.")
    ] = False,
    json: Annotated[bool, Parameter(negative="", help="Print JSON.")] = False,
) -> int:
    """Show what one page says and how it was read: encoding, repairs, observations with their words, numbers not read.

    Parameters
    ----------
    file:
        A page, HTML or text.
    """
    from flows.readable import UnreadableError, readable
    from flows.sources import open_sources
    from transforms.document import read as read_page
    from transforms.records import RawPage

    settings = read_settings()
    arrivals = [a for s in open_sources([file]) for a in s.arrivals(settings.size_limit)]
    if len(arrivals) != 1:
        raise UsageError(f"{file}: `read` shows one page, here are {len(arrivals)}; `zhicang run` reads many")
    (arrival,) = arrivals
    if arrival.open is None:
        raise UnreadableError(f"{file}: {arrival.refusal}")
    with arrival.open() as stream:
        body = stream.read()
    try:
        reading = readable(RawPage(arrival.uri, body), read_page)
    except UnreadableError as e:
        raise UnreadableError(f"{file}: {e}") from e
    if json:
        from flows.jsonform import as_json

        sys.stdout.write(as_json(reading))
    else:
        from flows.showing import show_numbers, show_reading

        (show_numbers if numbers else show_reading)(reading)
    return 0


@app.command(help_epilogue=_EXAMPLES["sql"])
def sql(query: str, *, format: Literal["table", "csv", "json"] = "table", home: Home = None) -> int:  # noqa: A002
    """Ask the published warehouse in SQL; it is read only.

    Parameters
    ----------
    query:
        A query, such as "SELECT * FROM observations LIMIT 5"; "SHOW TABLES" lists what there is.
    format:
        How the answer is printed; a table shows the first 100 rows.
    """
    from flows.query import as_csv, as_json, ask, published

    with published(read_settings(home)) as connection:
        names, rows = ask(connection, query)
    if format == "table":
        from flows.showing import show_answer

        show_answer(names, rows)
    else:
        sys.stdout.write(as_csv(names, rows) if format == "csv" else as_json(names, rows))
    return 0


@app.command(help_epilogue=_EXAMPLES["explain"])
def explain(observation_id: str, *, home: Home = None) -> int:
    """Follow one figure back to the bytes of its page.

    Parameters
    ----------
    observation_id:
        Its observation_id in the warehouse; the first digits are enough.
    """
    from flows.explain import explain as follow
    from flows.showing import show_steps

    steps = follow(read_settings(home), observation_id)
    show_steps(steps)
    return 0 if all(s.ok for s in steps) else 1


@app.command(help_epilogue=_EXAMPLES["check"])
def check(*, home: Home = None) -> int:
    """Check every rule on the published warehouse."""
    from expectations.beliefs import ROWS, WHOLE
    from expectations.gate import check as judge
    from expectations.suites import declared_rules
    from flows.query import published
    from flows.showing import ERR, say, show_verdicts

    with published(read_settings(home)) as connection, ERR.status("checking"):
        verdicts = judge(connection, (*declared_rules(), *ROWS, *WHOLE), "warehouse")
    say("Gates 检验", "bold")
    show_verdicts(verdicts)
    return GATE_CLOSED if any(v.closes for v in verdicts) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; every error that can be foreseen is told in plain words."""
    from flows.showing import complain

    try:
        result: Any = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as e:
        complain(f"zhicang: {str(e).strip()}")
        complain("`zhicang --help` shows the commands", "dim")
        return UsageError.exit_code
    except ZhicangError as e:
        complain(f"zhicang: {e}")
        return e.exit_code
    except KeyboardInterrupt:
        complain("zhicang: stopped; the same command goes on where it was")
        return 130
    except BrokenPipeError:  # the reader of our output has had enough (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as e:  # noqa: BLE001  the outermost boundary: users get words, not tracebacks
        return _failed(e)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    """A closed gate, a trouble of the disk, or a mistake of ours."""
    from flows.showing import complain

    told = in_plain_words(error)
    if told is not None:
        complain(f"zhicang: {told}; then run the same command again. What was published before is untouched.")
        return ZhicangError.exit_code
    if type(error).__name__ == "GateClosedError":  # its module is heavy, and loaded only where a gate was
        from flows.showing import show_closed

        show_closed(error)  # type: ignore[arg-type]
        return GATE_CLOSED
    if os.environ.get("ZHICANG_DEBUG"):
        raise error
    complain(f"zhicang: this should not happen: {type(error).__name__}: {error}")
    complain("Please report it with the output of the same command under ZHICANG_DEBUG=1.", "dim")
    return ZhicangError.exit_code


if __name__ == "__main__":
    sys.exit(main())
