"""The star is declared once: what is derived from it is up to date, complete, and the same in SQL, Arrow and Parquet."""

from __future__ import annotations

import io
import typing

import duckdb
import pyarrow.parquet as pq
import pytest

from warehouse import derive
from warehouse.star import DIMENSIONS, FACTS, STAR, TABLES
from warehouse.tables import Col, TableError, arrow_schema, columns, keys, name, to_arrow
from warehouse.views import create_views, labels, views


@pytest.fixture(scope="module")
def star():
    """An empty database made from the committed schema, with the views."""
    with duckdb.connect() as connection:
        connection.execute((derive.ROOT / "warehouse" / "schema.sql").read_text(encoding="utf-8"))
        create_views(connection)
        yield connection


@pytest.mark.parametrize(
    ("path", "made"), [("warehouse/schema.sql", derive.schema_sql), ("docs/data-dictionary.md", derive.data_dictionary)]
)
def test_the_derived_files_are_up_to_date(path, made):
    assert (derive.ROOT / path).read_text(encoding="utf-8") == made(), f"{path} is behind the declaration: run `make derive`"


def test_the_schema_makes_every_table_and_no_other(star):
    assert {row[0] for row in star.execute("SELECT table_name FROM duckdb_tables()").fetchall()} == set(TABLES)


def test_every_table_view_and_column_has_a_comment(star):
    bare = star.execute(
        "SELECT table_name FROM duckdb_tables() WHERE coalesce(trim(comment), '') = '' "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(trim(comment), '') = '' "
        "UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(trim(comment), '') = ''"
    ).fetchall()
    assert not bare


@pytest.mark.parametrize("table", STAR, ids=name)
def test_sql_and_arrow_agree_on_names_and_types(star, table):
    found = star.sql(f"FROM {name(table)} LIMIT 0").to_arrow_table().schema
    assert [(f.name, f.type) for f in found] == [(f.name, f.type) for f in arrow_schema(table)]
    nullable = dict(
        star.execute(f"SELECT column_name, is_nullable FROM duckdb_columns() WHERE table_name = '{name(table)}'").fetchall()
    )
    assert nullable == {c.name: c.nullable for c in columns(table)}


@pytest.mark.parametrize("table", STAR, ids=name)
def test_comments_and_units_go_with_the_parquet(table):
    file = io.BytesIO()
    pq.write_table(to_arrow(table, []), file)
    schema = pq.read_schema(file)
    assert schema.equals(arrow_schema(table), check_metadata=True)
    assert all(field.metadata[b"description"] for field in schema)


@pytest.mark.parametrize("table", STAR, ids=name)
def test_the_primary_key_is_the_declared_one(star, table):
    found = star.execute(
        f"SELECT constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND table_name = '{name(table)}'"
    ).fetchall()
    assert [tuple(row[0]) for row in found] == ([keys(table)] if keys(table) else [])


def test_every_reference_is_to_the_key_of_a_dimension():
    dimensions = {name(t): t for t in DIMENSIONS}
    for table in STAR:
        for c in columns(table):
            if c.spec.references:
                assert keys(dimensions[c.spec.references]) == (c.name,), f"{name(table)}.{c.name}"


def test_every_key_of_a_dimension_that_a_fact_carries_is_declared_as_a_reference():
    owned = {keys(t)[0]: name(t) for t in DIMENSIONS if t.__name__ != "DimRun"}  # a run that found nothing new leaves no row
    for table in FACTS:
        for c in columns(table):
            if c.name in owned and name(table) not in ("fact_quarantine", "etl_batch"):
                assert c.spec.references == owned[c.name], f"{name(table)}.{c.name}"


def test_every_label_is_used(star):
    shown = {c for view, _, _ in views() for (c,) in star.execute(f"SELECT column_name FROM (DESCRIBE {view})").fetchall()}
    assert labels().keys() == shown


def test_the_contract_columns_come_first(star):
    contract = [
        "document",
        "ref_area",
        "time_period",
        "indicator",
        "scope",
        "transformation",
        "value",
        "unit",
        "status",
        "qualifier",
    ]
    assert [row[0] for row in star.execute("DESCRIBE observations").fetchall()][: len(contract)] == contract


def test_a_value_outside_the_enumeration_is_refused_by_the_database(star):
    insert = "INSERT INTO fact_gate_result VALUES ('r', 'g', 't', 'x', '{}', true, 1, 0, '')"
    star.execute("BEGIN")
    star.execute(insert.format("fatal"))
    with pytest.raises(duckdb.ConstraintException, match="CHECK"):
        star.execute(insert.format("critical"))
    star.execute("ROLLBACK")


@pytest.mark.parametrize("table", STAR, ids=name)
def test_a_null_where_none_may_be_is_refused_with_its_column(table):
    """pyarrow lets None through a field that is declared without nulls."""
    first = next(c for c in columns(table) if not c.nullable)
    blank = type("Row", (), {c.name: None for c in columns(table)})()
    with pytest.raises(TableError, match=f"{name(table)}.{first.name} is empty in 1 of 1 rows"):
        to_arrow(table, [blank])


def test_every_declared_column_is_described_in_both_languages():
    for table in STAR:
        hints = typing.get_type_hints(table, include_extras=True)
        for column, hint in hints.items():
            (spec,) = (a for a in typing.get_args(hint) if isinstance(a, Col))
            assert any("\u4e00" <= x <= "\u9fff" for x in spec.zh), f"{name(table)}.{column}"
            assert spec.doc.endswith((".", "...")), f"{name(table)}.{column}"
