"""Kill runs at many moments and compare what the same command makes of it with an undisturbed run.

    python -m tests.integration.kills [KILLS] [FOLDER]

A process that has everything loaded forks a child for each run, so that a kill costs a second. Half of the children kill themselves
before their n-th change of a file (an audit hook counts opens for writing, renames, removals, links); the others are killed after a part
of the time that a run takes, which also hits DuckDB and Parquet, whose files Python does not see. The gates ask the rules of DuckDB
instead of Great Expectations, which would take most of the time and writes nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.integration.homes import contents, leftovers
from tests.integration.pages import GOOD, write

OLD = ("hunan-2020.html", "nothing.html")  # what the warehouse has when the second kind of run begins
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod")


def run(pages: Path, home: Path) -> None:
    """One run without Prefect, in shards of one page and batches of two."""
    from flows import running
    from flows.lock import locked
    from flows.settings import read_settings
    from flows.sources import open_sources

    running.BATCH = 2
    settings = read_settings(home, {"ZHICANG_SHARD_SIZE": "1", "ZHICANG_WORKERS": "1"})
    with locked(home):
        running.run_once(open_sources([str(pages)]), settings, running.Plain())


def load() -> None:
    """Everything that children need, but no database: its threads do not survive a fork."""
    import pandas  # noqa: F401, ICN001  DuckDB asks for it when it is handed rows

    from expectations import gate
    from flows import running  # noqa: F401
    from flows.version import pipeline_version
    from transforms.document import read
    from transforms.records import RawPage
    from warehouse.reference import reference_rows

    for body in GOOD.values():
        read(RawPage("", body))
    reference_rows()
    pipeline_version()  # of now: the sources may be edited while the children run
    gate._judge = lambda connection, rules: {
        n: "" if connection.execute(rule.query.format(batch=rule.table)).fetchall() else None for n, rule in enumerate(rules)
    }


def forked(work) -> int:
    """Start a child that does the work; its answer lies in its exit code."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def done(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def changes_counted(home: Path, at: int, note: Path | None = None):
    """Count the changes of files below home; at the n-th, kill this process."""
    count = 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal count
        if event in _CHANGES:
            path = arguments[1] if event == "os.symlink" else arguments[0]
        elif event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES:
            path = arguments[0]
        else:
            return
        if not str(path).startswith(str(home)):
            return
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: note.write_text(str(count), encoding="utf-8") if note else None


def look(home: Path, note: Path) -> None:
    """What the publication holds and what was left lying about."""
    published = contents(home, stamps=False) if (home / "published" / "current").exists() else None
    note.write_text(json.dumps({"published": published, "left": leftovers(home)}), encoding="utf-8")


def seen(home: Path, note: Path) -> dict:
    assert done(forked(lambda: look(home, note))) == 0, f"{home}: what is published cannot be read"
    return json.loads(note.read_text(encoding="utf-8"))


def main(kills: int, folder: Path) -> list[str]:
    """Run, kill, run again, compare. Returns what went wrong."""
    load()
    begun, whole, note = folder / "begun", folder / "whole", folder / "note"
    # The second kind of run begins with a warehouse of two pages, one of which has changed since.
    pages = write(folder / "pages", {n: GOOD[n].replace(b"78723", b"78724") for n in OLD})
    assert done(forked(lambda: run(pages, begun))) == 0
    before = seen(begun, note)["published"]
    write(pages, GOOD)
    start = time.monotonic()

    def counted() -> None:
        tell = changes_counted(whole, 0, folder / "count")
        run(pages, whole)
        tell()

    assert done(forked(counted)) == 0
    length = time.monotonic() - start
    wanted, number = seen(whole, note), int((folder / "count").read_text(encoding="utf-8"))
    wrong = [] if not wanted["left"] else [f"undisturbed: left {wanted['left']}"]
    died = 0
    for n in range(kills):
        part = (n // 2 + 0.5) / ((kills + 1) // 2)
        home = folder / f"home{n}"
        fresh = n % 4 < 2
        if not fresh:
            shutil.copytree(begun, home, symlinks=True)
        if n % 2:
            what = f"kill {n}, after {part:.0%} of the time, {'first' if fresh else 'second'} run"
            child = forked(lambda home=home: run(pages, home))
            time.sleep(part * length)
            os.kill(child, signal.SIGKILL)
            code = done(child)
        else:
            at = 1 + int(part * number)
            what = f"kill {n}, before change {at} of {number}, {'first' if fresh else 'second'} run"

            def killed(home=home, at=at) -> None:
                changes_counted(home, at)
                run(pages, home)

            code = done(forked(killed))
        died += code == -signal.SIGKILL
        between = seen(home, note)["published"]
        if between not in (None if fresh else before, wanted["published"]):
            wrong.append(f"{what}: the publication is neither the old nor the new one")
        if (code := done(forked(lambda home=home: run(pages, home)))) != 0:
            wrong.append(f"{what}: the same command ended with {code}")
        elif (after := seen(home, note)) != wanted:
            tables = [t for t, rows in wanted["published"].items() if (after["published"] or {}).get(t) != rows]
            wrong.append(f"{what}: tables that differ: {tables}, left: {after['left']}")
        print(what, "wrong" if any(w.startswith(what) for w in wrong) else "ok", flush=True)
        shutil.rmtree(home)
    print(f"{died} of {kills} died at work, {number} changes of files and {length:.1f} s a run")
    return wrong if died >= 0.6 * kills else [*wrong, f"only {died} of {kills} were killed at work"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        faults = main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, Path(sys.argv[2] if len(sys.argv) > 2 else place))
    print("\n".join(faults))
    sys.exit(bool(faults))
