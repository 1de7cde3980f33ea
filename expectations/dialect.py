"""The bridge by which Great Expectations reaches a DuckDB connection that is already open.

duckdb-engine's cursor is the connection itself, so that SQLAlchemy's rollback drops the rows before they are fetched (16 of 21
expectations fail so). Here every cursor is a cursor of its own, and the connection is ours: no second open of the file, no lock.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb_engine
from sqlalchemy.dialects import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_OPEN: dict[str, duckdb.DuckDBPyConnection] = {}


class _Cursor(duckdb_engine.CursorWrapper):  # type: ignore[misc]
    """A cursor that can be closed."""

    def __init__(self, own: duckdb.DuckDBPyConnection, wrapper: duckdb_engine.ConnectionWrapper) -> None:
        super().__init__(own, wrapper)
        self._own = own

    def close(self) -> None:
        self._own.close()


class _Connection(duckdb_engine.ConnectionWrapper):  # type: ignore[misc]
    """A connection whose cursors do not share their results."""

    def __init__(self, own: duckdb.DuckDBPyConnection) -> None:
        super().__init__(own)
        self._own = own

    def cursor(self) -> _Cursor:
        return _Cursor(self._own.cursor(), self)


class GateDialect(duckdb_engine.Dialect):  # type: ignore[misc]
    """duckdb+gate:///<name>: the connection that was lent under this name."""

    supports_statement_cache = False

    def connect(self, *_: Any, **address: Any) -> _Connection:
        """A cursor of the lent connection, so that closing it leaves the lender's open."""
        return _Connection(_OPEN[address["database"]].cursor())


registry.register("duckdb.gate", __name__, GateDialect.__name__)


@contextmanager
def lent(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """An SQLAlchemy address for an open connection, good inside the block."""
    name = uuid4().hex
    _OPEN[name] = connection
    try:
        yield f"duckdb+gate:///{name}"
    finally:
        del _OPEN[name]
