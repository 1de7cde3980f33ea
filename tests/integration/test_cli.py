"""The command line as people use it: what it prints, where it stops, which code it leaves."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.rules import Rule
from flows import stages
from flows.cli import main
from tests.integration.pages import GOOD, write
from warehouse.facts import Severity

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("prefect", "great_expectations", "duckdb", "pyarrow", "pandas", "sqlalchemy")


def call(capsys, *arguments):
    """Code, output, error output."""
    code = main([str(a) for a in arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err + told.out
    return code, told.out, told.err


def flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def page(tmp_path):
    return write(tmp_path, {"页.html": GOOD["hunan-2020.html"]}) / "页.html"


def test_help_names_every_command_with_examples_and_codes(capsys):
    code, out, _ = call(capsys, "--help")
    assert code == 0
    for words in ("run", "read", "sql", "explain", "check", "Examples:", "3 a gate is closed", "ZHICANG_HOME"):
        assert words in flat(out)


@pytest.mark.parametrize("command", ["run", "read", "sql", "explain", "check"])
def test_every_command_has_help_with_an_example(capsys, command):
    code, out, _ = call(capsys, command, "--help")
    assert code == 0
    assert f"zhicang {command}" in out.partition("Example")[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnu"], "Did you mean"),
        (["read"], "requires an argument"),
        (["sql", "SELECT 1", "--format", "xml"], "xml"),
        (["read", "no-such-page.html"], "there is no such file or folder"),
        (["run", "no-such-folder"], "there is no such file or folder"),
        (["run", "https://example.org/"], "save the page and name the file"),
    ],
)
def test_wrong_usage_is_told_and_leaves_2(capsys, arguments, words):
    code, _, err = call(capsys, *arguments)
    assert code == 2
    assert words in err


def test_a_misspelt_setting_leaves_2(capsys, monkeypatch, page):
    monkeypatch.setenv("ZHICANG_SIZE_LIMITS", "1MB")
    code, _, err = call(capsys, "read", page)
    assert code == 2
    assert "ZHICANG_SIZE_LIMIT" in err


def test_read_shows_how_the_page_was_read(capsys, page):
    code, out, _ = call(capsys, "read", page)
    assert code == 0
    for words in (
        "gb18030",
        "meta",
        "湖南省知识产权工作再上新台阶",
        "2021-03-25",
        "78723",
        "430000",
        "2020",
        "全省专利授权量78723件",
    ):
        assert words in out


def test_read_shows_repairs_before_and_after(capsys, tmp_path):
    folder = write(tmp_path, {"damaged.txt": GOOD["damaged.txt"]})
    _, out, _ = call(capsys, "read", folder / "damaged.txt")
    assert re.search(r"pinyin: ….*\(chǎn\) → ", out)


def test_read_as_json_holds_the_promise(capsys, page):
    code, out, _ = call(capsys, "read", page, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["observations"]
    for o in told["observations"]:
        assert told["text"][o["start"] : o["end"]] == o["quote"]
    assert {o["value"] for o in told["observations"]} >= {78723, 43.96, 11537}


def test_read_loads_neither_prefect_nor_databases(page):
    code = f"import sys; from flows.cli import main; c = main(['read', {str(page)!r}]); print([m for m in {HEAVY} if m in sys.modules]); sys.exit(c)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
@pytest.mark.usefixtures("prefect")
def test_run_ends_with_a_summary_and_a_second_run_says_that_nothing_changed(capsys, ran, pages, tmp_path):
    home = tmp_path / "data"
    shutil.copytree(ran[0], home, symlinks=True)
    code, out, _ = call(capsys, "run", pages, "--home", home)
    assert code == 0
    for words in (
        f"{len(GOOD)} pages",
        "Nothing has changed",
        "没有变化",
        "创造",
        "creation",
        "warehouse: open",
        "warehouse.duckdb",
        "index.html",
        "zhicang sql",
    ):
        assert words in out
    assert re.search(r"湖南省 .* 78723 ", out)  # the answer to the query that is suggested


@pytest.mark.slow
@pytest.mark.real_gates
@pytest.mark.usefixtures("prefect")
def test_a_closed_gate_leaves_3_and_shows_rule_page_and_words(capsys, ran, tmp_path, monkeypatch):
    home = tmp_path / "data"
    shutil.copytree(ran[0], home, symlinks=True)
    rule = Rule("fact_observation", "no figure at all", Severity.FATAL, "to see the gate closed",
                measure="SELECT count(*) FROM fact_observation", most=0, sample="t.value = 78723", shows=("value",))  # fmt: skip
    monkeypatch.setattr(stages, "WHOLE", (rule,))
    more = write(tmp_path / "more", {"new.txt": "长沙市2021年专利授权量45926件。\n".encode()})
    code, _, err = call(capsys, "run", more, "--home", home)
    assert code == 3
    for words in ("gate is closed", "no figure at all", "hunan-2020.html", "专利授权量78723件", "last publication stays"):
        assert words in err


@pytest.mark.slow
class TestAsking:
    """Questions to what was published."""

    def test_sql_as_csv(self, capsys, ran):
        code, out, _ = call(
            capsys, "sql", "SELECT value, unit, scope FROM observations WHERE value = 78723", "--format", "csv", "--home", ran[0]
        )
        assert code == 0
        assert list(csv.DictReader(io.StringIO(out))) == [{"value": "78723", "unit": "件", "scope": ""}]

    def test_sql_as_json(self, capsys, ran):
        _, out, _ = call(
            capsys,
            "sql",
            "SELECT published_on, 7.50 AS n, NULL AS e FROM dim_document WHERE uri LIKE '%hunan%'",
            "--format",
            "json",
            "--home",
            ran[0],
        )
        assert json.loads(out) == [{"published_on": "2021-03-25", "n": 7.5, "e": None}]

    def test_sql_as_a_table(self, capsys, ran):
        _, out, _ = call(capsys, "sql", "SHOW TABLES", "--home", ran[0])
        assert "fact_observation" in out

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("SELEC 1", "syntax error"),
            ("SELECT * FROM no_such_table", "no_such_table"),
            ("DELETE FROM fact_observation", "read-only"),
            ("COPY (SELECT 1) TO '/tmp/zhicang-test.csv'", "not allowed here"),
            ("SELECT * FROM read_csv('/etc/passwd')", "not allowed here"),
            ("SET enable_external_access = true", "locked"),
        ],
    )
    def test_what_cannot_be_asked_is_told(self, capsys, ran, query, words):
        code, _, err = call(capsys, "sql", query, "--home", ran[0])
        assert code == 2
        assert words in err

    def test_explain_goes_back_to_the_bytes(self, capsys, ran, pages):
        _, out, _ = call(
            capsys, "sql", "SELECT observation_id FROM observations WHERE value = 9120", "--format", "csv", "--home", ran[0]
        )
        code, out, _ = call(capsys, "explain", out.split()[1], "--home", ran[0])
        assert code == 0
        first, last = map(int, re.search(r"bytes (\d+) to (\d+)", out).groups())
        raw = (pages / "damaged.txt").read_bytes()[first:last].decode()
        assert f"“{raw}”" in out
        assert "(shí)" in raw
        for words in ("utf-8", "pinyin: “(shí)” was taken out", "9120 件", "350100", "2018"):
            assert words in out

    def test_explain_tells_when_the_stored_page_is_gone(self, capsys, ran, tmp_path):
        home = tmp_path / "data"
        shutil.copytree(ran[0], home, symlinks=True)
        shutil.rmtree(home / "raw")
        _, out, _ = call(capsys, "sql", "SELECT observation_id FROM observations LIMIT 1", "--format", "csv", "--home", home)
        code, out, _ = call(capsys, "explain", out.split()[1], "--home", home)
        assert code == 1
        assert "cannot be read" in out

    @pytest.mark.parametrize(("wanted", "words"), [("zzzz", "no observation"), ("", "several observations")])
    def test_explain_wants_one_observation(self, capsys, ran, wanted, words):
        code, _, err = call(capsys, "explain", wanted, "--home", ran[0])
        assert code == 2
        assert words in err

    @pytest.mark.real_gates
    def test_check_passes_on_what_was_published(self, capsys, ran):
        code, out, _ = call(capsys, "check", "--home", ran[0])
        assert code == 0
        assert "warehouse: open" in out

    def test_without_a_publication_there_is_a_remedy(self, capsys, tmp_path):
        for command in (["sql", "SELECT 1"], ["check"], ["explain", "ab"]):
            code, _, err = call(capsys, *command, "--home", tmp_path)
            assert code == 2
            assert "`zhicang run` makes a warehouse" in err
