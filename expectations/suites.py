"""The star's declaration as rules: what columns are there, what may be empty, which values and keys are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.rules import Rule
from warehouse.facts import Severity
from warehouse.star import STAR, TABLES
from warehouse.tables import columns, keys, name, quoted

if TYPE_CHECKING:
    from warehouse.tables import Column


def declared_rules() -> tuple[Rule, ...]:
    """The rules of every table."""
    return tuple(rule for table in STAR for rule in table_rules(table))


def table_rules(table: type) -> tuple[Rule, ...]:
    """The rules that one row class makes.

    >>> from warehouse.facts import FactTerm
    >>> [r.what for r in table_rules(FactTerm)][:3]
    ['one row per document_id, term', 'no required column is empty', 'document_id looks as declared']
    """
    found = [_unique(table)] if keys(table) else []
    required = [c.name for c in columns(table) if not c.nullable]
    # One rule for all of them: Great Expectations takes a hundredth of a second a rule, and they were half of the rules.
    found.append(
        Rule(name(table), "no required column is empty", Severity.FATAL, "the declaration allows no empty value there",
             breaks=" OR ".join(f"{c} IS NULL" for c in required), shows_empty=tuple(required))
    )  # fmt: skip
    for column in columns(table):
        found += _column(name(table), column)
    return tuple(found)


def _unique(table: type) -> Rule:
    by = keys(table)
    single = len(by) == 1
    return Rule(
        name(table), f"one row per {', '.join(by)}", Severity.FATAL, "it is the grain; a second row counts twice",
        breaks=f"rowid NOT IN (SELECT min(rowid) FROM {name(table)} GROUP BY {', '.join(by)})", shows=by,
        native="ExpectColumnValuesToBeUnique" if single else "ExpectCompoundColumnsToBeUnique",
        arguments={"column": by[0]} if single else {"column_list": list(by)},
    )  # fmt: skip


def _column(table: str, c: Column) -> list[Rule]:
    found = []
    if c.values:
        found.append(
            Rule(table, f"{c.name} is one of {', '.join(c.values)}", Severity.FATAL, "its declaration lists the values",
                 breaks=f"{c.name} NOT IN ({', '.join(map(quoted, c.values))})", shows=(c.name,),
                 native="ExpectColumnValuesToBeInSet", arguments={"column": c.name, "value_set": list(c.values)})
        )  # fmt: skip
    low, high = c.spec.minimum, c.spec.maximum
    if low is not None or high is not None:
        words = " and ".join(f"{w} {b:g}" for w, b in (("at least", low), ("at most", high)) if b is not None)
        broken = " OR ".join(f"{c.name} {sign} {b!r}" for sign, b in (("<", low), (">", high)) if b is not None)
        found.append(
            Rule(table, f"{c.name} is {words}", Severity.FATAL, "its declaration bounds it", breaks=broken, shows=(c.name,),
                 native="ExpectColumnValuesToBeBetween", arguments={"column": c.name, "min_value": low, "max_value": high})
        )  # fmt: skip
    if c.spec.pattern:  # Great Expectations knows no regular expressions on DuckDB, so this is a query
        found.append(
            Rule(table, f"{c.name} looks as declared", Severity.FATAL, f"its declaration says {c.spec.pattern}",
                 breaks=f"NOT regexp_full_match({c.name}, {quoted(c.spec.pattern)})", shows=(c.name,))
        )  # fmt: skip
    if c.spec.references:
        (key,) = keys(TABLES[c.spec.references])
        found.append(
            Rule(table, f"{c.name} is in {c.spec.references}", Severity.FATAL, "a fact without its dimension is lost in joins",
                 breaks=f"NOT EXISTS (SELECT 1 FROM {c.spec.references} AS d WHERE d.{key} = t.{c.name})", shows=(c.name,))
        )  # fmt: skip
    return found
