"""How a warehouse table is declared: one frozen dataclass a table, one annotated field a column.

The class is the row type and the only place where the table is described. DDL, Arrow schemas, expectations and the data
dictionary are computed from it; nothing about a column is written down twice.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import pyarrow as pa

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

# 32 digits before the point and 6 behind: 32 trillion yuan and a ten-thousandth both fit, and what does not fit raises.
PRECISION, SCALE = 38, 6

# Python type -> (DuckDB type, Arrow type). The one table of types. Times are UTC and without a zone: every BI client reads them.
TYPES: dict[type, tuple[str, pa.DataType]] = {
    str: ("VARCHAR", pa.string()),
    int: ("BIGINT", pa.int64()),
    bool: ("BOOLEAN", pa.bool_()),
    float: ("DOUBLE", pa.float64()),
    Decimal: (f"DECIMAL({PRECISION},{SCALE})", pa.decimal128(PRECISION, SCALE)),
    date: ("DATE", pa.date32()),
    datetime: ("TIMESTAMP", pa.timestamp("us")),
}


class TableError(ValueError):
    """Rows that are not as their table is declared; the message names table, column and value."""


@dataclass(frozen=True, slots=True)
class Col:
    """What a column means and what its values may be; type and nullability come from the annotation."""

    zh: str  # label in Chinese
    doc: str  # one sentence in English
    unit: str = ""
    key: bool = False  # part of the primary key
    references: str = ""  # the dimension whose key this is; checked by a gate, not by the database
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""  # a regular expression that the whole value matches
    keep: bool = False  # an update leaves it as it was first written
    stamp: bool = False  # written by the run; a difference here alone is no change of the row


@dataclass(frozen=True, slots=True)
class Column:
    """A column with every derived property resolved."""

    name: str
    spec: Col
    python: type
    nullable: bool

    @property
    def values(self) -> list[str]:
        """The allowed values, where the column is an enumeration."""
        return [m.value for m in self.python] if issubclass(self.python, StrEnum) else []

    @property
    def base(self) -> type:
        """The Python type that is stored."""
        return str if issubclass(self.python, StrEnum) else self.python

    @property
    def sql_type(self) -> str:
        """The DuckDB type."""
        return TYPES[self.base][0]

    @property
    def comment(self) -> str:
        """Chinese label, meaning, unit and values, as it stands in the database."""
        unit = f" Unit: {self.spec.unit}." if self.spec.unit else ""
        values = f" One of: {', '.join(self.values)}." if self.values else ""
        return f"{self.spec.zh} · {self.spec.doc}{unit}{values}"

    @property
    def arrow_field(self) -> pa.Field:
        """The Arrow field; the comment goes with it into Parquet."""
        meta = {"description": self.comment, "unit": self.spec.unit}
        return pa.field(self.name, TYPES[self.base][1], nullable=self.nullable, metadata=meta)


@cache
def columns(table: type) -> tuple[Column, ...]:
    """The columns of a table in declaration order."""
    hints = typing.get_type_hints(table, include_extras=True)
    found = []
    for field in dataclasses.fields(table):
        python, *extras = typing.get_args(hints[field.name])
        spec = next(e for e in extras if isinstance(e, Col))
        nullable = isinstance(python, types.UnionType)
        if nullable:
            (python,) = (a for a in typing.get_args(python) if a is not type(None))
        found.append(Column(field.name, spec, python, nullable))
    return tuple(found)


def keys(table: type) -> tuple[str, ...]:
    """The names of the primary key's columns."""
    return tuple(c.name for c in columns(table) if c.spec.key)


def name(table: type) -> str:
    """The table's name in SQL.

    >>> class FactObservation: ...
    >>> name(FactObservation)
    'fact_observation'
    """
    return "".join("_" + c.lower() if c.isupper() else c for c in table.__name__).lstrip("_")


def description(table: type) -> str:
    """The table's docstring on one line."""
    return " ".join((table.__doc__ or "").split())


@cache
def arrow_schema(table: type) -> pa.Schema:
    """The Arrow schema of a table, which is the schema of its Parquet staging, too."""
    return pa.schema([c.arrow_field for c in columns(table)], metadata={"description": description(table)})


def to_arrow(table: type, rows: Iterable[Any]) -> pa.Table:
    """Rows of one declared class as an Arrow table, in the order given.

    Raises:
        TableError: a null where none may be, a value of another type, a number that would have to be rounded.
    """
    rows = list(rows)
    arrays = []
    for c, field in zip(columns(table), arrow_schema(table), strict=True):
        cells = [getattr(r, c.name) for r in rows]
        if c.base is datetime:
            cells = [_utc(x) for x in cells]
        try:
            made = pa.array(cells, type=field.type)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as e:
            raise TableError(f"{name(table)}.{c.name} should be {c.sql_type}: {e}") from e
        if made.null_count and not c.nullable:  # pyarrow lets None through a non-nullable field
            first = next(i for i, x in enumerate(cells) if x is None)
            raise TableError(
                f"{name(table)}.{c.name} is empty in {made.null_count} of {len(rows)} rows, first in {rows[first]!r}"
            )
        arrays.append(made)
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise TableError(f"{moment!r} has no time zone; give it one (datetime.now(UTC))")
    return moment.astimezone(UTC).replace(tzinfo=None)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def ddl(table: type) -> str:
    """CREATE TABLE with primary key and checks."""
    lines = [_column_ddl(c) for c in columns(table)]
    if keys(table):
        lines.append(f"PRIMARY KEY ({', '.join(keys(table))})")
    return f"CREATE TABLE IF NOT EXISTS {name(table)} (\n    " + ",\n    ".join(lines) + "\n);"


def _column_ddl(c: Column) -> str:
    parts = [f"{c.name} {c.sql_type}"] + ([] if c.nullable else ["NOT NULL"])
    if c.values:
        parts.append(f"CHECK ({c.name} IN ({', '.join(map(quoted, c.values))}))")
    bounds = [
        f"{c.name} {sign} {bound:g}" for sign, bound in ((">=", c.spec.minimum), ("<=", c.spec.maximum)) if bound is not None
    ]
    if bounds:
        parts.append(f"CHECK ({' AND '.join(bounds)})")
    return " ".join(parts)


def comments(table: type) -> str:
    """COMMENT ON statements for the table and each column."""
    lines = [f"COMMENT ON TABLE {name(table)} IS {quoted(description(table))};"]
    lines += [f"COMMENT ON COLUMN {name(table)}.{c.name} IS {quoted(c.comment)};" for c in columns(table)]
    return "\n".join(lines)


def dictionary(table: type) -> str:
    """The table's section of the data dictionary, in Markdown."""
    lines = [f"## `{name(table)}`", "", description(table), "", "| column | 中文 | type | null | meaning |", "| --- " * 5 + "|"]
    for c in columns(table):
        key, null = " 🔑" if c.spec.key else "", "yes" if c.nullable else ""
        lines.append(f"| `{c.name}`{key} | {c.spec.zh} | {c.sql_type} | {null} | {_meaning(c)} |")
    return "\n".join(lines) + "\n"


def _meaning(c: Column) -> str:
    text = c.comment.removeprefix(f"{c.spec.zh} · ")
    if c.spec.references:
        text += f" → `{c.spec.references}`"
    return text.replace("|", "\\|")
