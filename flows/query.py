"""Questions to the published warehouse: read only, without a way to files or the network."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from flows.errors import UsageError
from warehouse.publication import current

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.settings import Settings


@contextmanager
def published(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current release.

    Raises:
        UsageError: nothing has been published in this home yet.
    """
    path = current(settings.published)
    if path is None:
        raise UsageError(f"{settings.home}: nothing has been published here yet; `zhicang run` makes a warehouse")
    # External access off: a query can read the warehouse and nothing else on this computer.
    limits: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false", "lock_configuration": "true"}
    connection = duckdb.connect(str(path), read_only=True, config=limits)
    try:
        yield connection
    finally:
        connection.close()


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and the rows.

    Raises:
        UsageError: the query is wrong, or not allowed here.
    """
    try:
        result = connection.execute(query)
        names = [d[0] for d in result.description or ()]
        return names, result.fetchall() if names else []
    except duckdb.PermissionException as e:
        raise UsageError(f"not allowed here, only the warehouse can be read: {_first_lines(e)}") from e
    except duckdb.Error as e:
        raise UsageError(f'{_first_lines(e)}\n`zhicang sql "SHOW TABLES"` lists tables and views') from e


def _first_lines(error: Exception) -> str:
    return "\n".join(line for line in str(error).splitlines() if line.strip())


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Comma-separated values with a header, as spreadsheets read them; empty values are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([["" if x is None else shown(x) for x in row] for row in rows])
    return out.getvalue()


def as_json(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A list of objects, one per row."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: Any) -> str:
    """A value for people and spreadsheets: numbers without zeros at the end and without exponents.

    >>> shown(Decimal("78723.000000")), shown(Decimal("7.50")), shown(None)
    ('78723', '7.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
