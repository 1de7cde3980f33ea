"""The numbers that the summary and the report show, asked of the published warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

CATEGORIES = {
    "creation": ("创造", "creation"),
    "utilisation": ("运用", "use"),
    "protection": ("保护", "protection"),
    "administration": ("管理", "administration"),
    "service": ("服务", "services"),
    "index": ("指数", "indices"),
    "open": ("目录外", "not in the catalogue"),
    "": ("未知", "unknown"),
}

_FROM = """FROM fact_observation AS o
    JOIN dim_document AS d USING (document_id)
    JOIN dim_region AS r USING (region_key)
    JOIN dim_period AS p USING (period_key)
    JOIN dim_indicator AS i USING (indicator_key)
    JOIN dim_unit AS u USING (unit_key)"""
_LEFT_UNDONE = "('simplified', 'width')"  # too many and too plain to be shown one by one

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[Row]:
    """The rows of a query by column name."""
    result = connection.execute(query, values)
    names = [d[0] for d in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def totals(connection: duckdb.DuckDBPyConnection) -> Row:
    """One row of counts."""
    return rows(
        connection,
        """SELECT (SELECT count(*) FROM dim_document) AS documents, (SELECT count(*) FROM fact_observation) AS observations,
        (SELECT count(*) FROM fact_repair) AS repairs, (SELECT count(*) FROM fact_quarantine) AS quarantine,
        (SELECT count(*) FROM fact_unread_number WHERE in_scope) AS unread""",
    )[0]


def categories(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Observations by category of the measure, most first, with labels."""
    found = rows(
        connection,
        "SELECT i.category, count(*) AS observations FROM fact_observation JOIN dim_indicator AS i USING (indicator_key) "
        "GROUP BY ALL ORDER BY observations DESC, category",
    )
    labels = [CATEGORIES.get(row["category"], (row["category"], row["category"])) for row in found]
    return [row | {"zh": zh, "en": en} for row, (zh, en) in zip(found, labels, strict=True)]


def verdicts(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rules that the gates of the last run checked: broken ones first."""
    return rows(
        connection,
        """SELECT * FROM fact_gate_result WHERE run_id = (SELECT max(run_id) FROM fact_gate_result)
        ORDER BY passed, severity, gate, table_name, rule""",
    )


def documents(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Row]:
    """Pages with what was read from them, the richest first."""
    return rows(
        connection,
        """SELECT d.*, (SELECT count(*) FROM fact_observation AS o WHERE o.document_id = d.document_id) AS observations,
        (SELECT count(*) FROM fact_repair AS f WHERE f.document_id = d.document_id) AS repairs,
        (SELECT count(*) FROM fact_unread_number AS n WHERE n.document_id = d.document_id AND n.in_scope) AS unread
        FROM dim_document AS d ORDER BY observations DESC, uri LIMIT ?""",
        limit,
    )


def top_figures(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Row]:
    """Levels of the catalogue's measures, place and period known: the best-read figure of each measure, place and period."""
    return rows(
        connection,
        f"""SELECT i.name_zh AS indicator_zh, i.name_en AS indicator_en, r.name_zh AS region, p.label_zh AS period, o.value,
        u.code AS unit, o.status, o.quote, o.observation_id, d.uri
        {_FROM} WHERE NOT i.is_open AND o.transformation = 'level' AND o.scope = '' AND o.region_key > 0 AND o.period_key > 0
        QUALIFY row_number() OVER (PARTITION BY indicator_key, region_key, period_key, o.status
                                   ORDER BY o.confidence DESC, o.observation_id) = 1
        ORDER BY count(*) OVER (PARTITION BY indicator_key) DESC, i.code, r.code, p.start_on, o.status LIMIT ?""",
        limit,
    )


def repaired(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Row]:
    """Figures whose words were mended, each with the words as published; one per document and kind of mend."""
    return rows(
        connection,
        f"""WITH mended AS (
            SELECT d.title, d.uri, o.raw_quote, o.quote, list(DISTINCT f.kind ORDER BY f.kind) AS kinds {_FROM}
            JOIN fact_repair AS f ON f.document_id = o.document_id AND f.raw_start >= o.raw_start AND f.raw_end <= o.raw_end
            WHERE f.kind NOT IN {_LEFT_UNDONE} GROUP BY ALL)
        SELECT * FROM mended
        QUALIFY row_number() OVER (PARTITION BY uri, kinds ORDER BY length(quote), quote) = 1 ORDER BY uri, kinds LIMIT ?""",
        limit,
    )


def repair_kinds(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """How often each kind of mend was made, in how many documents."""
    return rows(
        connection,
        "SELECT kind, count(*) AS repairs, count(DISTINCT document_id) AS documents FROM fact_repair GROUP BY kind ORDER BY repairs DESC",
    )


def quarantine(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Row]:
    """What was refused, whole pages first."""
    return rows(connection, "SELECT * FROM fact_quarantine ORDER BY table_name, uri, rule LIMIT ?", limit)


def unread(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Row]:
    """Numbers that look like statistics of ours and were not read."""
    return rows(
        connection,
        """SELECT n.quote, n.sentence, n.reason, d.title, d.uri FROM fact_unread_number AS n JOIN dim_document AS d USING (document_id)
        WHERE n.in_scope ORDER BY d.uri, n.ordinal LIMIT ?""",
        limit,
    )
