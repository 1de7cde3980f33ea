"""The gates without Great Expectations: the same rules, asked of DuckDB, without its hundredth of a second for each."""

from __future__ import annotations

from contextlib import contextmanager

import pytest


def ask_duckdb(connection, rules):
    """The verdicts that Great Expectations comes to (test_gate.py sees to that), from the queries of the rules."""
    broken = [connection.execute(rule.query.format(batch=rule.table)).fetchall() for rule in rules]
    return {number: "" if rows else None for number, rows in enumerate(broken)}


@contextmanager
def quick():
    """Every rule is checked, quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("expectations.gate._judge", ask_duckdb)
        yield
