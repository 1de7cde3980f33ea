"""The views for people and BI: SQL files in the order of their names, with labels for every column."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.tables import quoted

if TYPE_CHECKING:
    import duckdb

_FOLDER = Path(__file__).parent
_VIEW = re.compile(r"((?:^--[^\n]*\n)+)CREATE OR REPLACE VIEW (\w+) AS\n(.*?;)$", re.MULTILINE | re.DOTALL)


@cache
def views() -> tuple[tuple[str, str, str], ...]:
    """Name, comment and SQL of each view, in the order in which they can be made."""
    found = []
    for path in sorted(_FOLDER.glob("*.sql")):
        for m in _VIEW.finditer(path.read_text(encoding="utf-8")):
            comment = " ".join(line.removeprefix("--").strip() for line in m.group(1).strip().splitlines())
            found.append((m.group(2), comment, f"CREATE OR REPLACE VIEW {m.group(2)} AS\n{m.group(3)}"))
    return tuple(found)


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Chinese and English label of every column that a view has."""
    with (_FOLDER / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}


def create_views(connection: duckdb.DuckDBPyConnection, prefix: str = "") -> None:
    """Make all views and their comments; a column without a label is an error.

    Raises:
        KeyError: labels.csv lacks a column.
    """
    for name, comment, sql in views():
        connection.execute(sql)
        connection.execute(f"COMMENT ON VIEW {prefix}{name} IS {quoted(comment)}")
        for (column,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {name})").fetchall():
            zh, en = labels()[column]
            connection.execute(f"COMMENT ON COLUMN {prefix}{name}.{column} IS {quoted(f'{zh}。{en}')}")
