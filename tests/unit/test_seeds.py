"""The seed tables load, and a table that is not as declared is refused with file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003  the reader asks for the types of the fields

import pytest

import seeds
from seeds import SeedError, load, refuse_clashes
from seeds.tables import groups, indicators, official_series, plan_periods, regions, spun_terms, units
from transforms.frames import measures, terms


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    size: int
    share: Decimal | None
    names: tuple[str, ...]


def written(folder, text):
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return load("t", Row, root=folder)


def test_values_take_their_declared_types(tmp_path):
    assert written(tmp_path, "code,size,share,names\na,3,,x|y\n") == (Row("a", 3, None, ("x", "y")),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,size,names\na,3,\n", r"t\.csv:1: columns should be code,size,share,names .*missing: \['share'\]"),
        ("code,size,share,names,extra\n", r"unknown: \['extra'\]"),
        ("code,size,share,names\na,1,,\na,2,,\n", r"t\.csv:3: a stands already on line 2"),
        ("code,size,share,names\na,many,,\n", r"t\.csv:2: column size holds 'many'; a whole number is expected"),
        ("code,size,share,names\na,1\n", r"t\.csv:2: 2 cells where 4 are declared"),
    ],
)
def test_what_is_refused(tmp_path, text, message):
    with pytest.raises(SeedError, match=message):
        written(tmp_path, text)


def test_an_alias_belongs_to_one_code():
    with pytest.raises(SeedError, match="'专利' is claimed by a and by b"):
        refuse_clashes("t", [("专利", "a"), ("专利", "b")])


def test_every_table_of_the_project_loads():
    assert len(indicators()) > 100
    assert len(regions()) > 7000
    assert len(official_series()) == 5375
    assert min(map(len, (units(), groups(), plan_periods(), spun_terms()))) > 5


def test_measures_name_indicators_and_tags_that_exist():
    tags = set().union(*(t for _, t in terms().items())) | {"asof", "new"}
    codes = {i.code for i in indicators()}
    for m in measures():
        assert m.indicator in codes
        assert m.needs <= tags, m


def test_every_indicator_has_evidence():
    assert {i.code for i in indicators()} - {m.indicator for m in measures()} <= {"utility_models_in_force", "designs_in_force"}


def test_the_root_is_the_package():
    assert (seeds.ROOT / "indicators.csv").exists()
