"""What goes wrong outside: pages that are none, disks that are full, homes that are taken. Clear words, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows import rawstore
from flows.cli import main
from tests.integration.gates import quick
from tests.integration.homes import ask, contents, copied, leftovers
from tests.integration.pages import BAD, GOOD, write

ROOT = Path(__file__).resolve().parents[2]


def call(capsys, *arguments):
    code = main([str(a) for a in arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err + told.out
    return code, told.out, told.err


@pytest.fixture(scope="module")
def mixed(prefect, pages, bad_pages, tmp_path_factory):
    """Good and bad pages in one run."""
    from flows.pipeline import pipeline

    home = tmp_path_factory.mktemp("mixed") / "data"
    with quick():
        return home, pipeline([str(pages), str(bad_pages)], str(home))


@pytest.mark.slow
class TestBadPages:
    """They go to quarantine with their reasons, and the others are read."""

    def test_the_run_goes_on(self, mixed):
        home, outcome = mixed
        assert (outcome.found, outcome.quarantined, outcome.published) == (len(GOOD) + len(BAD) + 1, len(BAD) + 1, True)
        assert ask(home, "SELECT count(*) FROM dim_document") == [(len(GOOD),)]

    @pytest.mark.parametrize("name", [*BAD, "huge.html"])
    def test_each_has_its_reason(self, mixed, bad_pages, name):
        home, _ = mixed
        (row,) = ask(
            home, f"SELECT stage, rule, reason, severity FROM fact_quarantine WHERE uri = '{(bad_pages / name).as_uri()}'"
        )
        assert row[:2] == (("fetch", "the page can be had") if name == "huge.html" else ("read", "a document can be read"))
        assert row[3] == "fatal"
        assert (BAD[name][1] if name in BAD else "200 MB is over the limit of 50 MB") in row[2]

    def test_the_good_pages_give_what_they_give_alone(self, mixed, ran):
        figures = "SELECT document_id, value, quote FROM fact_observation ORDER BY ALL"
        assert ask(mixed[0], figures) == ask(ran[0], figures)

    def test_a_second_run_is_no_news(self, mixed, pages, bad_pages, tmp_path):
        from flows.pipeline import pipeline

        home = copied(mixed[0], tmp_path)
        before = contents(home)
        outcome = pipeline([str(pages), str(bad_pages)], str(home))
        assert (outcome.new, outcome.published, outcome.quarantined) == (0, False, len(BAD) + 1)
        assert contents(home) == before

    def test_a_mended_page_leaves_quarantine(self, mixed, bad_pages, tmp_path):
        from flows.pipeline import pipeline

        home = copied(mixed[0], tmp_path)
        path = bad_pages / "empty.html"
        try:
            path.write_bytes(GOOD["plan.txt"])
            pipeline([str(path)], str(home))
        finally:
            path.write_bytes(b"")
        assert ask(home, f"SELECT count(*) FROM fact_quarantine WHERE uri = '{path.as_uri()}'") == [(0,)]
        assert ask(home, f"SELECT count(*) FROM dim_document WHERE uri = '{path.as_uri()}'") == [(1,)]

    def test_a_reader_that_fails_fails_for_its_page_only(self, prefect, pages, tmp_path, monkeypatch):
        from flows.pipeline import pipeline
        from transforms import document

        real = document.read

        def read(page):
            if page.uri.endswith("plan.txt"):
                raise ZeroDivisionError("by accident")
            return real(page)

        monkeypatch.setattr(document, "read", read)
        outcome = pipeline([str(pages)], str(tmp_path / "data"))
        assert (outcome.quarantined, outcome.published) == (1, True)
        ((reason,),) = ask(tmp_path / "data", "SELECT reason FROM fact_quarantine")
        assert "ZeroDivisionError: by accident" in reason
        assert "test_bad_input.py" in reason

    def test_nothing_readable_at_all_leaves_4_and_no_publication(self, capsys, prefect, bad_pages, tmp_path):
        code, out, err = call(capsys, "run", bad_pages, "--home", tmp_path / "data")
        assert code == 4
        assert not (tmp_path / "data" / "published" / "current").exists()
        assert "in quarantine" in out
        assert "200 MB is over the limit" in out + err


@pytest.mark.parametrize("name", [*BAD, "huge.html"])
def test_read_tells_why_a_page_cannot_be_read(capsys, bad_pages, name):
    code, out, err = call(capsys, "read", bad_pages / name)
    assert code == 4
    assert (BAD[name][1] if name in BAD else "over the limit of 50 MB") in err
    assert not out


def test_the_limit_can_be_raised(capsys, tmp_path, monkeypatch):
    page = tmp_path / "page.txt"
    page.write_bytes(GOOD["plan.txt"])
    monkeypatch.setenv("ZHICANG_SIZE_LIMIT", "20")
    assert call(capsys, "read", page)[0] == 4
    monkeypatch.setenv("ZHICANG_SIZE_LIMIT", "1MB")
    assert call(capsys, "read", page)[0] == 0


def test_a_folder_without_files_leaves_4(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, err = call(capsys, "run", tmp_path / "empty", "--home", tmp_path / "data")
    assert code == 4
    assert "holds no file" in err
    assert not (tmp_path / "data").exists()


def test_a_home_that_is_a_file(capsys, tmp_path, pages):
    (tmp_path / "data").write_text("x", encoding="utf-8")
    code, _, err = call(capsys, "run", pages, "--home", tmp_path / "data")
    assert code == 2
    assert "home cannot be written" in err


@pytest.mark.parametrize(("number", "words"), [(errno.EROFS, "mounted read-only"), (errno.EACCES, "permission is refused")])
def test_a_home_that_cannot_be_written(capsys, tmp_path, pages, monkeypatch, number, words):
    home = tmp_path / "data"

    def refuse(path, *_, **__):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    code, _, err = call(capsys, "run", pages, "--home", home)
    assert code == 2
    assert words in err
    assert str(home) in err
    assert "--home" in err


def test_a_second_run_at_the_same_time_is_told_who_is_there(capsys, tmp_path, pages):
    home = tmp_path / "data"
    hold = f"import time, pathlib; from flows.lock import locked\nwith locked(pathlib.Path({str(home)!r})): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline().strip() == "held"
        code, _, err = call(capsys, "run", pages, "--home", home)
        other.kill()
    assert code == 2
    assert f"process {other.pid} on " in err
    assert "another run is at work here" in err


@pytest.mark.slow
def test_after_the_other_run_was_killed_the_home_is_free(ran, tmp_path, pages):
    """The lock belongs to the process, not to a file that is left behind."""
    home = copied(ran[0], tmp_path)
    hold = f"import os, pathlib, signal; from flows.lock import locked\nwith locked(pathlib.Path({str(home)!r})): os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", hold], cwd=ROOT, check=False)
    assert (home / ".run.owner").exists()
    from flows.pipeline import pipeline

    assert pipeline([str(pages)], str(home)).unchanged == len(GOOD)


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device", "raw/ab/abcd.bin")


@pytest.mark.slow
class TestFullDisk:
    """Told in plain words at every stage; what was published stays, and the same command goes on later."""

    @pytest.fixture
    def more(self, tmp_path):
        return write(tmp_path / "more", {"new.txt": "长沙市2021年专利授权量45926件。\n".encode()})

    def check(self, capsys, home, more, before):
        code, _, err = call(capsys, "run", more, "--home", home)
        assert code == 1
        assert "the disk is full: free some space" in err
        assert "run the same command again" in err
        assert contents(home) == before

    def test_while_pages_are_stored(self, capsys, ran, more, tmp_path, monkeypatch):
        home = copied(ran[0], tmp_path)
        monkeypatch.setattr(rawstore, "_write", full)
        self.check(capsys, home, more, contents(home))

    def test_while_rows_are_staged(self, capsys, ran, more, tmp_path, monkeypatch):
        home = copied(ran[0], tmp_path)
        monkeypatch.setattr("flows.reading.write_shard", full)
        self.check(capsys, home, more, contents(home))

    def test_while_the_release_is_written_and_then_it_works(self, capsys, ran, more, tmp_path, monkeypatch):
        home = copied(ran[0], tmp_path)
        with monkeypatch.context() as patch:

            def fail(*_):
                raise duckdb.IOException('IO Error: Could not write file "warehouse.duckdb": No space left on device')

            patch.setattr("warehouse.publication._write", fail)
            self.check(capsys, home, more, contents(home))
        code, out, _ = call(capsys, "run", more, "--home", home)
        assert code == 0
        assert "Nothing has changed" not in out
        assert ask(home, "SELECT count(*) FROM dim_document") == [(len(GOOD) + 1,)]


_LIMITED = """
import resource, sys
from pathlib import Path
from flows.errors import in_plain_words
from tests.integration import kills
kills.load()
pages, home = Path(sys.argv[1]), Path(sys.argv[2])
before = resource.getrlimit(resource.RLIMIT_FSIZE)
for limit in (100_000, 3_000_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        kills.run(pages, home)
    except Exception as e:
        print(in_plain_words(e) or repr(e))
    else:
        print("it went through")
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
kills.run(pages, home)
"""


@pytest.mark.slow
def test_files_that_cannot_grow_any_more(ran, pages, tmp_path):
    """The system itself refuses, at two sizes: while rows are loaded, and while the release is written."""
    pytest.importorskip("resource")
    home = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(pages), str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("a file would grow over the limit") == 2, done.stdout
    assert contents(home, stamps=False) == contents(ran[0], stamps=False)
    assert not leftovers(home)


@pytest.mark.slow
def test_a_release_that_was_half_written_is_cleared_away(ran, tmp_path, pages):
    from flows.pipeline import pipeline

    home = copied(ran[0], tmp_path)
    shutil.rmtree(home / "published" / "current", ignore_errors=True)
    (home / "published" / "current").unlink(missing_ok=True)
    (home / "published" / "releases" / ".half.tmp").mkdir()
    assert pipeline([str(pages)], str(home)).published
    assert not (home / "published" / "releases" / ".half.tmp").exists()
    manifest = json.loads((home / "published" / "current" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["storage_version"] == "v1.2.0"
