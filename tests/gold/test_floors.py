"""Floors only rise, and what the quality check looks for is found."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.gold import quality
from tests.gold.detail import judged
from transforms.document import read
from transforms.records import RawPage

PAGE = "湖南省知識(shí)產(chǎn)權(quán)工作會(huì)議召開\n2021-03-25\n2020年，全省專利授權(quán)量達(dá)到78723件，同比增長(zhǎng)43.96%。\n"


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=quality.ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else ""


def committed():
    """Every version of the floors that the history has, the last one first."""
    path = quality.FLOORS.relative_to(quality.ROOT).as_posix()
    return [json.loads(git("show", f"{h}:{path}")) for h in git("log", "--format=%H", "--diff-filter=d", "--", path).split()]


def test_no_floor_is_lower_than_it_ever_was():
    now = json.loads(quality.FLOORS.read_text(encoding="utf-8"))
    for before in committed():
        assert not [
            f"{name} {kind}" for name, floor in before.items() for kind in floor if now.get(name, {}).get(kind, 0) < floor[kind]
        ]


def test_every_floor_belongs_to_a_set():
    assert json.loads(quality.FLOORS.read_text(encoding="utf-8")).keys() <= {s.name for s in quality.SETS}


def test_raising_never_lowers():
    floors = {"news": {"value": 0.8, "strict": 0.6}, "seeds": {"value": 0.9, "strict": 0.9}}
    assert quality.raised({"news": {"value": 0.7, "strict": 0.5}}, floors) == floors


def test_a_step_below_the_floor_is_seen_and_rounding_is_not():
    floors = {"news": {"value": 0.8, "strict": 0.6}}
    assert not quality.below({"news": {"value": 0.7997, "strict": 0.6}}, floors)
    assert len(quality.below({"news": {"value": 0.79, "strict": 0.59}}, floors)) == 2


@pytest.fixture
def stated(tmp_path):
    """Observations of one damaged page, as the view tells them."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    found = read(RawPage("page.txt", PAGE.encode())).observations
    return [
        {"document": "page.txt", "quote": o.quote, "start_char": o.start, "end_char": o.end,
         "raw_quote": o.raw_quote, "raw_start": o.raw_start, "raw_end": o.raw_end}
        for o in found
    ]  # fmt: skip


def test_quotes_that_hold_pass(stated, tmp_path):
    assert len(stated) == 2
    assert not quality.misquoted(stated, tmp_path)


@pytest.mark.parametrize("slot", ["start_char", "end_char", "raw_start", "raw_end"])
def test_a_quote_that_is_one_character_off_is_found(stated, tmp_path, slot):
    stated[0][slot] += 1
    assert quality.misquoted(stated, tmp_path) == [f"page.txt: {stated[0]['quote']!r}"]


@pytest.mark.skipif(not quality.GOLD.exists(), reason="../shared/gold is absent")
def test_pages_are_held_to_their_texts():
    row = {"transformation": "level", "value": "7", "unit": "件", "scored": "yes"}
    name = quality.labels(quality.TWINS)[0]["made_from"]

    def scored(kind, document, values):
        stated = [row | {"document": document, "indicator": "patent_grants", "value": v} for v in values]
        gold = [row | {"doc": document, "indicator": "patent_grants"}]
        result, errors = quality.scorer().score(gold, stated, {document})
        return quality.Scored(kind, result, errors, gold, stated)

    good, worse = scored("local", name, ["7"]), scored("local_html", "page.html", ["8"])
    assert len(quality.behind_twins({"local": good, "local_html": worse})) == 2
    assert not quality.behind_twins({"local": good, "local_html": scored("local_html", "page.html", ["7"])})
    assert [verdict for verdict, _ in judged(quality.scorer(), worse.gold, worse.stated)] == ["missed", "false"]
