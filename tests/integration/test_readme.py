"""What the READMEs print is what the commands say on the warehouse of the sample pages."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import split

import pytest

from flows.cli import main
from flows.running import Plain, run_once
from flows.settings import read_settings
from flows.sources import open_sources
from tests.integration.gates import quick
from warehouse.publication import current
from warehouse.views import views

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
SHOWN = re.compile(r"```console\n\$ zhicang (.+)\n([^`]+)```")
EXAMPLES = [(name, *found) for name in READMES for found in SHOWN.findall((ROOT / name).read_text(encoding="utf-8"))]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    """The home after a run on the samples."""
    settings = read_settings(tmp_path_factory.mktemp("samples") / "data")
    with quick():
        assert run_once(open_sources([]), settings, Plain()).published
    return settings.home


def test_there_is_something_shown_in_each():
    assert {name for name, _, _ in EXAMPLES} == set(READMES)


@pytest.mark.parametrize(("readme", "command", "printed"), EXAMPLES)
def test_the_answer_is_the_one_that_is_printed(capsys, sampled, readme, command, printed):
    assert main([*split(command), "--home", str(sampled)]) == 0
    assert capsys.readouterr().out.split() == printed.split()


def test_the_sentence_stands_on_the_page():
    page = (ROOT / "seeds" / "documents" / "05-jiangsu-news-2021-pinyin.txt").read_text(encoding="utf-8")
    for name in READMES:
        (sentence,) = re.findall(r"^    (2021年.+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert sentence in page


def test_every_view_that_is_named_has_rows(sampled):
    """A view that stays empty on the samples would be a promise that nobody has seen kept."""
    import duckdb

    named = [name for name, _, _ in views() if f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")]
    assert len(named) >= 10
    with duckdb.connect(str(current(read_settings(sampled).published)), read_only=True) as db:
        assert {name: bool(db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]) for name in named} == dict.fromkeys(
            named, True
        )
