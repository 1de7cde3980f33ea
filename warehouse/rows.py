"""A reading of one page as rows of the star. Keys are hashes, so no database is asked; what does not fit is quarantined."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, is_dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from warehouse.dimensions import DimDocument, DimRun, DimSource
from warehouse.facts import (
    EtlBatch,
    FactObservation,
    FactQuarantine,
    FactRepair,
    FactTerm,
    FactUnreadNumber,
    Qualifier,
    Severity,
    Status,
    Transformation,
)
from warehouse.keys import digest, document_id, indicator_key, period_key, region_key, source_key, unit_key
from warehouse.periods import PeriodError, period
from warehouse.reference import known_indicators, known_regions, known_units, open_indicator, other_region, other_unit
from warehouse.star import TABLES
from warehouse.tables import PRECISION, SCALE, columns, keys

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from transforms.records import Observation, Reading

_NOT_HAN_OR_DIGIT = re.compile(r"[^\u3400-\u9fff0-9]+")
Rows = dict[str, list[Any]]  # table name -> rows of its class


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as the raw store holds it."""

    uri: str
    content_sha256: str
    bytes: int
    fetched_at: datetime
    content_type: str | None
    source: str  # name of the source it was taken from


@dataclass(frozen=True, slots=True)
class RunRef:
    """The run that reads it. `pipeline_version` names everything that can change a reading."""

    run_id: str
    started_at: datetime
    pipeline_version: str


class RowError(ValueError):
    """An observation that fits no row; `rule` is what it breaks."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule


def rows_of(reading: Reading, document: DocumentRef, run: RunRef) -> Rows:
    """All rows of one document by table, with the members of dimensions that they need."""
    key = document_id(document.uri)
    facts, refused = _observations(reading, document, run, key)
    accepted = [o for o, _ in facts]
    new = _new_codes(accepted)
    return {
        "dim_document": [_document(reading, document, run, key)],
        "dim_source": [DimSource(source_key(document.source), document.source)] if document.source else [],
        "dim_run": [DimRun(run.run_id, run.started_at, run.pipeline_version)],
        "dim_period": [period(p) for p in sorted({o.time_period for o in accepted if o.time_period})],
        "dim_indicator": [open_indicator(code) for code in new[0]],
        "dim_region": [other_region(code) for code in new[1]],
        "dim_unit": [other_unit(code) for code in new[2]],
        "fact_observation": [f for _, f in facts],
        "fact_repair": [
            FactRepair(key, n, r.kind, r.before, r.after, r.raw_start, r.raw_end) for n, r in enumerate(reading.repairs)
        ],
        "fact_unread_number": [
            FactUnreadNumber(key, n, u.quote, u.start, u.end, u.sentence, u.reason, u.in_scope)
            for n, u in enumerate(reading.unread)
        ],
        "fact_term": [FactTerm(key, term, count) for term, count in reading.terms],
        "fact_quarantine": refused,
        "etl_batch": [batch_row(document, run)],
    }  # fmt: skip


def _new_codes(observations: list[Observation]) -> tuple[list[str], list[str], list[str]]:
    """Indicators, places and units that the seeds do not have."""
    indicators = {o.indicator for o in observations if o.indicator} - known_indicators().keys()
    regions = {o.ref_area for o in observations if o.ref_area} - known_regions().keys()
    units = {o.unit for o in observations if o.unit} - known_units().keys()
    return sorted(indicators), sorted(regions), sorted(units)


def failed_rows(document: DocumentRef, run: RunRef, reason: str) -> Rows:
    """The rows of a document that could not be read: a refusal, and the batch row that keeps it from being tried again."""
    refused = quarantined(document.uri, run.run_id, stage="read", table="", rule="a document can be read", reason=reason)
    dim_run = [DimRun(run.run_id, run.started_at, run.pipeline_version)]
    return {"dim_run": dim_run, "fact_quarantine": [refused], "etl_batch": [batch_row(document, run)]}


def combined(parts: Iterable[Rows]) -> Rows:
    """The rows of many documents by table; members of dimensions that several of them bring stand once."""
    together: dict[str, dict[Any, None]] = {}
    for rows in parts:
        for table, members in rows.items():
            together.setdefault(table, {}).update(dict.fromkeys(members))
    return {table: list(members) for table, members in together.items()}


def quarantined(
    uri: str, run_id: str, *, stage: str, table: str, rule: str, reason: str, row: Any = None, quote: str = "",
    severity: Severity = Severity.FATAL,
) -> FactQuarantine:  # fmt: skip
    """A refused row with the rule it breaks.

    `row` is a record, a row of the star or one as a mapping; `table` the table it was meant for, empty where a page failed whole.
    """
    cells = _cells(row)
    stamps = {c.name for c in columns(TABLES[table]) if c.spec.stamp} if table else set()
    body = json.dumps({k: v for k, v in cells.items() if k not in stamps}, ensure_ascii=False, default=str) if cells else ""
    return FactQuarantine(
        quarantine_id=digest("quarantine", uri, stage, table, rule, body), document_id=document_id(uri), uri=uri, stage=stage,
        table_name=table, row_key=row_key(table, cells), rule=rule, reason=reason, severity=severity, quote=quote, row_json=body,
        run_id=run_id,
    )  # fmt: skip


def row_key(table: str, row: Any) -> str:
    """The primary key of a row as one text: the loader leaves out the rows that fact_quarantine names by it."""
    cells = _cells(row)
    names = keys(TABLES[table]) if table else ()
    return "|".join(str(cells[k]) for k in names) if all(k in cells for k in names) else ""


def _cells(row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    return asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row)


def batch_row(document: DocumentRef, run: RunRef) -> EtlBatch:
    """The row that registers a document as loaded."""
    return EtlBatch(
        document_id(document.uri), document.uri, document.content_sha256, run.pipeline_version, run.run_id, run.started_at
    )  # fmt: skip


def site_of(uri: str) -> str:
    """The host of a URI; empty for files.

    >>> site_of("https://www.example.gov.cn/zwgk/t1.html"), site_of("pages/t1.html")
    ('www.example.gov.cn', '')
    """
    return urlsplit(uri).hostname or ""


def _document(reading: Reading, document: DocumentRef, run: RunRef, key: str) -> DimDocument:
    header, decoded = reading.header, reading.decoded
    return DimDocument(
        document_id=key, uri=document.uri, site=site_of(document.uri), source_key=source_key(document.source), title=header.title,
        published_on=header.published_on, published_reason=header.published_reason, publisher=header.source,
        publisher_reason=header.source_reason, encoding=decoded.encoding, encoding_evidence=decoded.evidence,
        encoding_score=decoded.score, replaced_characters=decoded.replaced, script=reading.script, spun_score=reading.spun_score,
        language=reading.language, parts=reading.parts, characters=len(reading.text), content_type=document.content_type,
        content_sha256=document.content_sha256, bytes=document.bytes, cluster_id=digest(_NOT_HAN_OR_DIGIT.sub("", reading.text)),
        pipeline_version=run.pipeline_version, fetched_at=document.fetched_at, first_run_id=run.run_id, last_run_id=run.run_id,
    )  # fmt: skip


def _observations(
    reading: Reading, document: DocumentRef, run: RunRef, key: str
) -> tuple[list[tuple[Observation, FactObservation]], list[FactQuarantine]]:
    """Facts with the observations they are made of; what is refused, with its reason. Equal statements stand once."""
    facts: dict[str, tuple[Observation, FactObservation]] = {}
    refused: list[FactQuarantine] = []

    def refuse(o: Observation, rule: str, reason: str) -> None:
        row = quarantined(
            document.uri, run.run_id, stage="rows", table="fact_observation", rule=rule, reason=reason, row=o, quote=o.quote
        )
        refused.append(row)

    for o in sorted(reading.observations, key=lambda o: -o.confidence):
        try:
            fact = _observation(o, key, run.run_id)
        except RowError as e:
            refuse(o, e.rule, str(e))
            continue
        other = facts.setdefault(fact.observation_id, (o, fact))[1]
        if _statement(other) != _statement(fact):
            reason = f"the same words were read as {other.value} {other.status}, too (by {other.rule})"
            refuse(o, "one value for one statement", reason)
    return sorted(facts.values(), key=lambda pair: (pair[1].quote_start, pair[1].quote_end, pair[1].observation_id)), refused


def _statement(fact: FactObservation) -> tuple[Any, ...]:
    return fact.value, fact.unit_key, fact.status, fact.qualifier, fact.base


def _observation(o: Observation, key: str, run_id: str) -> FactObservation:
    _check(o)
    unit = known_units().get(o.unit)
    grain = (key, o.part, o.raw_start, o.raw_end, o.indicator, o.transformation, o.scope, o.ref_area, o.time_period)
    return FactObservation(
        observation_id=digest(*grain), document_id=key, region_key=region_key(o.ref_area), period_key=period_key(o.time_period),
        indicator_key=indicator_key(o.indicator), unit_key=unit_key(o.unit), scope=o.scope,
        transformation=Transformation(o.transformation), value=o.value, status=Status(o.status), qualifier=Qualifier(o.qualifier),
        base=o.base, additive=o.transformation == "level" and unit is not None and unit.additive, quote=o.quote,
        quote_start=o.start, quote_end=o.end, raw_quote=o.raw_quote, raw_start=o.raw_start, raw_end=o.raw_end, part=o.part,
        rule=o.rule, confidence=o.confidence, region_reason=o.ref_area_reason, period_reason=o.time_period_reason,
        indicator_words=o.indicator_words, run_id=run_id,
    )  # fmt: skip


def _check(o: Observation) -> None:
    """What Arrow and the database would refuse, in words.

    Raises:
        RowError: a slot that its column cannot hold.
    """
    for column, kind in (("transformation", Transformation), ("status", Status), ("qualifier", Qualifier)):
        if getattr(o, column) not in list(kind):
            raise RowError(f"{column} is one of {', '.join(kind)}", f"{column} is {getattr(o, column)!r}")
    if not o.value.is_finite() or o.value.adjusted() >= PRECISION - SCALE:
        raise RowError(f"a value has at most {PRECISION - SCALE} digits before the point", f"value is {o.value}")
    if o.value != round(o.value, SCALE):
        raise RowError(f"a value has at most {SCALE} digits behind the point", f"value is {o.value}; it would have to be rounded")
    if not o.quote:
        raise RowError("every value has its words", f"value {o.value} has an empty quote")
    if o.time_period:
        try:
            period(o.time_period)
        except PeriodError as e:
            raise RowError("time_period is a period code", str(e)) from e
