"""Write what is derived from the declaration: warehouse/schema.sql and docs/data-dictionary.md. A test holds them to it.

python -m warehouse.derive
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.star import STAR
from warehouse.tables import comments, ddl, dictionary
from warehouse.views import create_views, labels, views

ROOT = Path(__file__).resolve().parents[1]
HEAD = "<!-- Made by `python -m warehouse.derive` from the declaration in warehouse/; do not edit. -->\n"


def schema_sql() -> str:
    """The whole schema as SQL."""
    return (
        "-- Made by `python -m warehouse.derive` from the declaration in warehouse/; do not edit.\n\n"
        + "\n\n".join(f"{ddl(t)}\n{comments(t)}" for t in STAR)
        + "\n"
    )


def data_dictionary() -> str:
    """Tables and views in Markdown."""
    parts = [HEAD, "# Data dictionary · 数据字典\n", *(dictionary(t) + "\n" for t in STAR), "# Views · 视图\n"]
    with duckdb.connect() as connection:
        for table in STAR:
            connection.execute(ddl(table))
        create_views(connection)
        for name, comment, _ in views():
            parts.append(f"## `{name}`\n\n{comment}\n\n| column | 中文 | type | meaning |\n| --- | --- | --- | --- |")
            for column, kind in connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {name})").fetchall():
                zh, en = labels()[column]
                parts.append(f"| `{column}` | {zh} | {kind} | {en} |")
            parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Write both files."""
    (ROOT / "warehouse" / "schema.sql").write_text(schema_sql(), encoding="utf-8")
    (ROOT / "docs" / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()
