"""Suites follow from the declaration: every column brings its rules, and the query of a rule finds what its expectation finds."""

import duckdb
import great_expectations.expectations as gxe
import pytest

from expectations.beliefs import ROWS, WHOLE
from expectations.suites import declared_rules, table_rules
from warehouse.facts import FactTerm, Severity
from warehouse.star import STAR, TABLES
from warehouse.tables import columns, ddl, keys, name

EVERY = (*declared_rules(), *ROWS, *WHOLE)


@pytest.fixture(scope="module")
def empty():
    with duckdb.connect() as connection:
        for table in STAR:
            connection.execute(ddl(table))
        yield connection


@pytest.mark.parametrize("table", STAR, ids=name)
def test_every_promise_of_a_column_is_a_rule(table):
    rules = {r.what: r for r in table_rules(table)}
    for c in columns(table):
        mine = [what for what in rules if what.startswith(f"{c.name} ")]
        promised = [
            bool(c.values),
            c.spec.minimum is not None or c.spec.maximum is not None,
            c.spec.pattern,
            c.spec.references,
        ]
        assert len(mine) == sum(map(bool, promised)), c.name
    assert any(what.startswith("one row per") for what in rules) == bool(keys(table))
    assert rules["no required column is empty"].shows_empty == tuple(c.name for c in columns(table) if not c.nullable)


def test_a_rule_tells_its_bounds():
    rules = {r.what for r in table_rules(TABLES["dim_document"])}
    assert "encoding_score is at least 0 and at most 1" in rules
    assert "source_key is in dim_source" in rules


def test_names_are_unique_for_they_are_keys_in_the_warehouse():
    names = [r.name for r in EVERY]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.name)
def test_every_rule_is_sql_that_runs_and_holds_for_no_rows(empty, rule):
    query = rule.query.format(batch=rule.table)
    found = empty.execute(query).fetchall()
    assert not found or rule.what == "there is a document"
    if rule.sample:
        empty.execute(f"SELECT count(*) FROM {rule.table} AS t WHERE {rule.sample}")


@pytest.mark.parametrize("rule", [r for r in EVERY if r.native], ids=lambda r: r.name)
def test_the_native_expectations_exist_and_take_their_arguments(rule):
    assert getattr(gxe, rule.native)(**rule.arguments)


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.name)
def test_every_rule_says_why_and_either_breaks_or_measures(rule):
    assert len(rule.why) > 10
    assert bool(rule.breaks) != bool(rule.measure)
    assert rule.severity in Severity
    if rule.measure:
        assert rule.least is not None or rule.most is not None
    assert set(rule.shows) <= {c.name for c in columns(TABLES[rule.table])}


def test_braces_of_a_pattern_survive_the_filling_in():
    (rule,) = (r for r in table_rules(FactTerm) if "looks as declared" in r.what)
    assert "{32}" in rule.query.format(batch="fact_term")
