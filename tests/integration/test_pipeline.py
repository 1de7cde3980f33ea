"""The flow from files to the publication: what is new is read, what is known is left alone, a closed gate publishes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from expectations.rules import GateClosedError, Rule
from flows import building, stages
from flows.settings import read_settings
from tests.integration.homes import ask, contents, copied, leftovers
from tests.integration.pages import GOOD, write
from transforms.decode import decode
from transforms.document import read
from transforms.records import RawPage
from warehouse.facts import Severity
from warehouse.publication import current

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def run(sources, home):
    from flows.pipeline import pipeline

    return pipeline([str(s) for s in sources], str(home))


def test_every_page_is_read_and_published(ran, pages):
    home, outcome = ran
    assert (outcome.found, outcome.new, outcome.unchanged, outcome.quarantined) == (len(GOOD), len(GOOD), 0, 0)
    assert outcome.published
    uris = {uri for (uri,) in ask(home, "SELECT uri FROM dim_document")}
    assert uris == {(pages / n).as_uri() for n in GOOD}


def test_the_warehouse_says_what_the_reader_says(ran, pages):
    home, _ = ran
    for page in GOOD:
        path = pages / page
        told = read(RawPage(path.as_uri(), path.read_bytes()))
        rows = ask(
            home,
            f"SELECT value, quote, raw_quote, raw_start, raw_end FROM fact_observation JOIN dim_document USING (document_id) WHERE uri = '{path.as_uri()}'",
        )
        assert sorted((r[0], r[1]) for r in rows) == sorted((o.value, o.quote) for o in told.observations)
        text = decode(RawPage("", path.read_bytes())).text
        assert all(text[start:end] == raw for _, _, raw, start, end in rows)


def test_a_known_figure_stands_in_the_view(ran):
    home, _ = ran
    assert ask(
        home,
        "SELECT value, unit, status, qualifier FROM observations "
        "WHERE ref_area = '430000' AND time_period = '2020' AND indicator = 'patent_grants' AND transformation = 'level'",
    ) == [(78723, "件", "actual", "eq")]


def test_the_pages_are_kept_as_received(ran, pages):
    home, _ = ran
    kept = {p.read_bytes() for p in (home / "raw").rglob("*.bin")}
    assert kept == {(pages / n).read_bytes() for n in GOOD}


def test_verdicts_of_both_gates_are_published(ran):
    home, outcome = ran
    gates = dict(ask(home, "SELECT gate, bool_and(passed OR severity = 'warning') FROM fact_gate_result GROUP BY gate"))
    assert gates == {"staging": True, "warehouse": True}
    assert len(outcome.verdicts) == ask(home, "SELECT count(*) FROM fact_gate_result")[0][0]


def test_nothing_is_left_lying_about(ran):
    assert not leftovers(ran[0])


def test_the_release_is_read_only_and_linked(ran):
    home, outcome = ran
    assert (home / "published" / "current").resolve().name == outcome.run_id
    assert not current(home / "published").stat().st_mode & 0o222


class Links(HTMLParser):
    """What a page asks of the network."""

    def __init__(self):
        super().__init__()
        self.outside = []

    def handle_starttag(self, tag, attrs):
        self.outside += [v for k, v in attrs if k in ("src", "href") and v and not v.startswith("#")]


def test_the_report_works_offline_and_shows_what_was_found(ran):
    home, outcome = ran
    page = (home / "reports" / "index.html").read_text(encoding="utf-8")
    links = Links()
    links.feed(page)
    assert not links.outside
    assert "url(" not in page
    assert "@import" not in page
    for words in (outcome.run_id, "78,723", "湖南省", "hunan-2020.html", "pinyin", "prefers-color-scheme", "观测"):
        assert words in page


def test_a_second_run_changes_nothing(ran, pages, tmp_path):
    home = copied(ran[0], tmp_path)
    before, release = contents(home), (home / "published" / "current").resolve()
    build = (home / "build" / "build.duckdb").stat().st_mtime_ns
    outcome = run([pages], home)
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.published) == (0, 0, len(GOOD), False)
    assert contents(home) == before
    assert (home / "published" / "current").resolve() == release
    assert build <= (home / "build" / "build.duckdb").stat().st_mtime_ns  # opened, perhaps, but the same rows
    assert len(list((home / "published" / "releases").iterdir())) == 1


def test_a_changed_page_replaces_its_figures_and_no_others(ran, tmp_path):
    folder = write(tmp_path / "pages", {n: GOOD[n] for n in ("hunan-2020.html", "plan.txt")})
    home = tmp_path / "data"
    run([folder], home)
    (folder / "plan.txt").write_bytes(GOOD["plan.txt"].replace(b"35", b"36"))
    outcome = run([folder], home)
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.published) == (0, 1, 1, True)
    values = {v for (v,) in ask(home, "SELECT value FROM observations WHERE document LIKE '%plan.txt'")}
    assert 36 in values
    assert 35 not in values
    assert ask(home, "SELECT count(*) FROM observations WHERE value = 78723") == [(1,)]
    assert len(list((home / "published" / "releases").iterdir())) == 2


@pytest.fixture
def never(monkeypatch):
    """A rule that no warehouse obeys; it shows the figures of Hunan."""
    rule = Rule("fact_observation", "there is no such thing as a figure", Severity.FATAL, "to see the gate closed",
                measure="SELECT count(*) FROM fact_observation", most=0, sample="t.value = 78723", shows=("value",))  # fmt: skip
    monkeypatch.setattr(stages, "WHOLE", (*stages.WHOLE, rule))


def test_a_closed_gate_leaves_everything_as_it_was(ran, never, tmp_path):
    home = copied(ran[0], tmp_path)
    before, release = contents(home), (home / "published" / "current").resolve()
    loaded = building.loaded(home / "build" / "build.duckdb")
    more = write(tmp_path / "more", {"new.txt": "长沙市2021年专利授权量45926件。\n".encode()})
    with pytest.raises(GateClosedError) as closed:
        run([more], home)
    (verdict,) = closed.value.closing
    assert verdict.failures[0].quote.endswith("78723件")
    assert verdict.failures[0].document.endswith("hunan-2020.html")
    assert contents(home) == before
    assert (home / "published" / "current").resolve() == release
    assert building.loaded(home / "build" / "build.duckdb") == loaded
    with duckdb.connect(str(home / "build" / "build.duckdb")) as connection:
        assert connection.execute("SELECT count(*) FROM fact_gate_result WHERE NOT passed AND severity = 'fatal'").fetchall() == [
            (1,)
        ]


def test_after_a_closed_gate_the_mended_run_publishes(ran, pages, tmp_path, monkeypatch):
    home = copied(ran[0], tmp_path)
    more = write(tmp_path / "more", {"new.txt": "长沙市2021年专利授权量45926件。\n".encode()})
    with monkeypatch.context() as patch:
        patch.setattr(
            stages, "WHOLE", (Rule("dim_document", "never", Severity.FATAL, "to see it closed", measure="SELECT 1", most=0),)
        )
        with pytest.raises(GateClosedError):
            run([more], home)
    outcome = run([more], home)
    assert outcome.resumed  # what had been staged was not read again
    assert outcome.published
    assert ask(home, "SELECT count(*) FROM dim_document") == [(len(GOOD) + 1,)]


def test_a_lost_publication_is_made_again(ran, pages, tmp_path):
    """As after a kill between load and publication: nothing is new, yet the build file is not published."""
    home = copied(ran[0], tmp_path)
    shutil.rmtree(home / "published")
    (home / "reports" / "index.html").unlink()
    outcome = run([pages], home)
    assert (outcome.new, outcome.published) == (0, True)
    assert (home / "reports" / "index.html").exists()


def test_workers_read_shards_to_the_same_end(ran, pages, tmp_path, monkeypatch):
    monkeypatch.setenv("ZHICANG_WORKERS", "2")
    monkeypatch.setenv("ZHICANG_SHARD_SIZE", "2")
    run([pages], tmp_path / "data")
    assert contents(tmp_path / "data", stamps=False) == contents(ran[0], stamps=False)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_killed_in_the_middle_the_same_command_gives_the_same_result(ran, pages, tmp_path, monkeypatch):
    home = tmp_path / "data"
    environment = os.environ | {"ZHICANG_SHARD_SIZE": "1", "ZHICANG_WORKERS": "1", "PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    command = [sys.executable, "-m", "flows.cli", "run", str(pages), "--home", str(home)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 120
        while not list(home.glob("staging/run_id=*/shard=*/manifest.json")):
            assert process.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < deadline, "no shard was staged"
            time.sleep(0.005)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(is_alive(child) for child in children):
        assert time.monotonic() < deadline, "Prefect's temporary server outlived the run"
        time.sleep(0.1)
    assert current(read_settings(home).published) is None
    monkeypatch.setenv("ZHICANG_SHARD_SIZE", "1")
    outcome = run([pages], home)
    assert outcome.published
    assert contents(home, stamps=False) == contents(ran[0], stamps=False)
