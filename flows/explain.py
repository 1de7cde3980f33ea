"""An observation from its value back to the bytes of the page, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows import rawstore
from flows.errors import UsageError
from flows.figures import rows
from flows.outcome import shown_uri
from flows.query import published, shown
from transforms.decode import decode
from transforms.records import RawPage

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from flows.figures import Row
    from flows.settings import Settings

_QUERY = """
    SELECT o.*, d.* EXCLUDE (document_id), r.code AS region, r.name_zh AS region_zh, p.code AS period, p.label_zh AS period_zh,
        i.code AS indicator, i.name_zh AS indicator_zh, i.name_en AS indicator_en, u.code AS unit
    FROM fact_observation AS o JOIN dim_document AS d USING (document_id) JOIN dim_region AS r USING (region_key)
    JOIN dim_period AS p USING (period_key) JOIN dim_indicator AS i USING (indicator_key) JOIN dim_unit AS u USING (unit_key)
    WHERE starts_with(o.observation_id, ?) ORDER BY o.observation_id LIMIT 2"""
_REPAIRS = """
    SELECT kind, before, after FROM fact_repair
    WHERE document_id = ? AND raw_end >= ? AND raw_start <= ? AND raw_start >= ? AND raw_end <= ? ORDER BY ordinal"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way; `ok` is False where what is stored does not agree with the page."""

    name: str
    lines: tuple[str, ...]
    ok: bool = True


def explain(settings: Settings, observation: str) -> list[Step]:
    """The way of one observation; the first digits of its identifier are enough.

    Raises:
        UsageError: there is no such observation, or more than one.
    """
    with published(settings) as connection:
        found = rows(connection, _QUERY, observation.strip().lower())
        if not found:
            raise UsageError(f"{observation}: no observation of the published warehouse begins so; its observation_id is wanted")
        if len(found) > 1:
            raise UsageError(f"{observation}: several observations begin so; give more of the identifier")
        (row,) = found
        return [_stated(row), *_bytes(settings.raw, row), _mended(connection, row), _reading(row), *_slots(row)]


def _stated(row: Row) -> Step:
    qualifier = "" if row["qualifier"] == "eq" else f" ({row['qualifier']})"
    place = f"{row['region_zh']} ({row['region']})" if row["region"] else "place unknown"
    period = f"{row['period_zh']} ({row['period']})" if row["period"] else "period unknown"
    value = f"{row['transformation']} {shown(row['value'])} {row['unit']}{qualifier}, {row['status']}"
    return Step(
        "observation", (row["observation_id"], f"{row['indicator_zh']} ({row['indicator']}): {value}", f"{place}, {period}")
    )


def _bytes(raw: Path, row: Row) -> list[Step]:
    """The stored page, decoded again: what is told here is checked, not remembered."""
    path = rawstore.body_path(raw, row["content_sha256"])
    where = (shown_uri(row["uri"]), f"received {row['fetched_at']:%Y-%m-%d %H:%M} UTC, {row['bytes']} bytes, kept as {path}")
    try:
        body = rawstore.load(raw, row["content_sha256"])
    except (OSError, ValueError) as e:
        return [Step("page", (*where, f"the stored bytes cannot be read: {e}"), ok=False)]
    decoded = decode(RawPage(row["uri"], body, row["content_type"]))
    start, end = row["raw_start"], row["raw_end"]
    same = decoded.text[start:end] == row["raw_quote"]
    position = _byte_span(body, decoded.text, decoded.encoding, start, end)
    lines = [f"characters {start} to {end} of the decoded page" + (f", bytes {position[0]} to {position[1]}" if position else "")]
    if not same:
        lines.append(f"the page now says “{decoded.text[start:end]}”: it was read by another version of the program")
    evidence = f"{decoded.encoding}, because: {decoded.evidence}; {decoded.score:.2f} of 1 like Chinese, {decoded.replaced} lost"
    return [Step("page", where), Step("encoding", (evidence,)), Step("as published", (f"“{row['raw_quote']}”", *lines), ok=same)]


def _byte_span(body: bytes, text: str, encoding: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters stand in the file; None where the encoding does not tell."""
    try:
        ahead = len(text[:start].encode(encoding))
        words = text[start:end].encode(encoding)
    except (UnicodeError, LookupError):
        return None
    mark = len(body) - len(body.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    for at in (ahead + mark, ahead):
        if body[at : at + len(words)] == words:
            return at, at + len(words)
    return None


def _mended(connection: duckdb.DuckDBPyConnection, row: Row) -> Step:
    span = (row["raw_start"], row["raw_end"])
    found = rows(connection, _REPAIRS, row["document_id"], *span, *span)
    lines = [
        f"{r['kind']}: “{r['before']}” became “{r['after']}”" if r["after"] else f"{r['kind']}: “{r['before']}” was taken out"
        for r in found
    ]
    words = f"“{row['quote']}”, characters {row['quote_start']} to {row['quote_end']} of the cleaned text"
    return Step("repaired", (*(lines or ["nothing had to be mended"]), words))


def _reading(row: Row) -> Step:
    return Step("rule", (f"{row['rule']}, confidence {row['confidence']:.2f}", f"read by version {row['pipeline_version']}"))


def _slots(row: Row) -> list[Step]:
    """Each slot with its reason."""

    def reason(value: Any, why: str) -> str:
        return f"{value or 'unknown'}: {why or 'no reason was noted'}"

    published_on = f"{row['published_on'] or 'no date'} ({row['published_reason'] or 'the page does not tell'})"
    return [
        Step("place", (reason(row["region"], row["region_reason"]),)),
        Step("period", (reason(row["period"], row["period_reason"]), f"the page was published: {published_on}")),
        Step("measure", (f"{row['indicator']}: the words “{row['indicator_words']}”",)),
        *([Step("slice", (row["scope"],))] if row["scope"] else []),
        *([Step("base", (row["base"],))] if row["base"] else []),
    ]
