"""The facts of the star: what documents state, what was mended, what was not read, what was refused."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from warehouse.dimensions import HASH, SHA256
from warehouse.tables import Col


class Transformation(StrEnum):
    """What is done to the measure."""

    LEVEL = "level"
    YOY_PCT = "yoy_pct"
    CHANGE_PCT = "change_pct"
    CAGR_PCT = "cagr_pct"
    CHANGE_ABS = "change_abs"
    CHANGE_PP = "change_pp"
    RATIO = "ratio"
    RANK = "rank"
    SHARE_PCT = "share_pct"


class Status(StrEnum):
    """Whether it has happened."""

    ACTUAL = "actual"
    TARGET = "target"


class Qualifier(StrEnum):
    """How exact the stated number is."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"


class Severity(StrEnum):
    """What a broken rule means."""

    FATAL = "fatal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class FactObservation:
    """观测 · One row per statistic stated in a document (grain: document, span, measure, transformation, scope, place, time)."""

    observation_id: Annotated[str, Col("观测键", "Hash of the grain.", key=True, pattern=HASH)]
    document_id: Annotated[str, Col("文档键", "The page that states it.", references="dim_document", pattern=HASH)]
    region_key: Annotated[int, Col("地区键", "The place measured.", references="dim_region", minimum=-1)]
    period_key: Annotated[int, Col("时期键", "The period measured.", references="dim_period", minimum=-1)]
    indicator_key: Annotated[int, Col("指标键", "What is measured.", references="dim_indicator", minimum=-1)]
    unit_key: Annotated[int, Col("单位键", "The unit of the value.", references="dim_unit", minimum=-1)]
    scope: Annotated[str, Col("范围", "The slice, where the number is not the whole of the place; else empty.")]
    transformation: Annotated[Transformation, Col("变换", "What is done to the measure.")]
    value: Annotated[Decimal, Col("数值", "The value in the base unit (41.49亿元 is 4149000000).", unit="dim_unit.code")]
    status: Annotated[Status, Col("状态", "actual, or target for plans and forecasts.")]
    qualifier: Annotated[Qualifier, Col("限定", "How exact the stated number is.")]
    base: Annotated[str, Col("基准", "Base period of a change, number of those ranked, whole of a share; else empty.")]
    additive: Annotated[
        bool,
        Col("可加", "Whether it may be summed over places at one period: a level in an additive unit, no share, rank or growth."),
    ]
    quote: Annotated[str, Col("引文", "The words of the cleaned text that state it.", pattern=r"^[\s\S]+$")]
    quote_start: Annotated[int, Col("引文起", "First character of the quote in the cleaned text.", minimum=0)]
    quote_end: Annotated[int, Col("引文止", "Character behind the quote in the cleaned text.", minimum=1)]
    raw_quote: Annotated[str, Col("原文", "The same words as published, before any repair.")]
    raw_start: Annotated[int, Col("原文起", "First character of the words in the decoded page.", minimum=0)]
    raw_end: Annotated[int, Col("原文止", "Character behind the words in the decoded page.", minimum=0)]
    part: Annotated[int, Col("子文档", "Number of the document on the page, 0 the first.", minimum=0)]
    rule: Annotated[str, Col("规则", "The rule that read it.")]
    confidence: Annotated[float, Col("置信度", "How often readings of this rule are right.", minimum=0, maximum=1)]
    region_reason: Annotated[str, Col("地区依据", "How the place is known.")]
    period_reason: Annotated[str, Col("时期依据", "How the period is known.")]
    indicator_words: Annotated[str, Col("指标原词", "The words that name the measure.")]
    run_id: Annotated[str, Col("运行编号", "The run that last changed this row.", stamp=True)]


@dataclass(frozen=True, slots=True)
class FactTerm:
    """词频 · One row per document and term."""

    document_id: Annotated[str, Col("文档键", "The page.", key=True, references="dim_document", pattern=HASH)]
    term: Annotated[str, Col("词", "The word, as segmented.", key=True)]
    occurrences: Annotated[int, Col("次数", "How often it stands on the page.", minimum=1)]


@dataclass(frozen=True, slots=True)
class FactRepair:
    """修复 · One row per mend of a document's text."""

    document_id: Annotated[str, Col("文档键", "The page.", key=True, references="dim_document", pattern=HASH)]
    ordinal: Annotated[int, Col("序号", "Number of the mend on the page, from 0.", key=True, minimum=0)]
    kind: Annotated[str, Col("类别", "What was mended: pinyin, byte_shift, lost_lead, lost_dash, simplified, spun ...")]
    before: Annotated[str, Col("修复前", "The characters as published.")]
    after: Annotated[str, Col("修复后", "What they were mended to.")]
    raw_start: Annotated[int, Col("原文起", "First character in the decoded page.", minimum=0)]
    raw_end: Annotated[int, Col("原文止", "Character behind it in the decoded page.", minimum=0)]


@dataclass(frozen=True, slots=True)
class FactUnreadNumber:
    """未读数字 · One row per number of a document that is no observation, with the reason."""

    document_id: Annotated[str, Col("文档键", "The page.", key=True, references="dim_document", pattern=HASH)]
    ordinal: Annotated[int, Col("序号", "Number on the page, from 0.", key=True, minimum=0)]
    quote: Annotated[str, Col("数字", "The number as the cleaned text writes it.")]
    quote_start: Annotated[int, Col("起", "First character in the cleaned text.", minimum=0)]
    quote_end: Annotated[int, Col("止", "Character behind it in the cleaned text.", minimum=0)]
    sentence: Annotated[str, Col("句子", "The sentence it stands in.")]
    reason: Annotated[str, Col("原因", "Why it is no observation.")]
    in_scope: Annotated[bool, Col("应读", "True: it looks like a statistic of ours and was not read.")]


@dataclass(frozen=True, slots=True)
class FactQuarantine:
    """隔离 · One row per row that was refused, with the rule and the row itself."""

    quarantine_id: Annotated[str, Col("隔离键", "Hash of stage, table, rule and row.", key=True, pattern=HASH)]
    document_id: Annotated[str, Col("文档键", "The page that the row comes from.", pattern=HASH)]
    uri: Annotated[str, Col("地址", "Where that page was taken from.")]
    stage: Annotated[str, Col("阶段", "fetch, read, rows or staging: where it was refused.")]
    table_name: Annotated[str, Col("表", "The table that it was meant for; empty where a whole page failed.")]
    row_key: Annotated[str, Col("行键", "Its primary key there, with | between the columns.")]
    rule: Annotated[str, Col("规则", "The rule that it breaks.")]
    reason: Annotated[str, Col("原因", "Why it breaks the rule, with the value.")]
    severity: Annotated[Severity, Col("严重程度", "fatal: the row was not loaded; warning: it was.")]
    quote: Annotated[str, Col("引文", "The words of the document that it was read from.")]
    row_json: Annotated[str, Col("行", "The row as JSON.")]
    run_id: Annotated[str, Col("运行编号", "The run that last refused it.", stamp=True)]


@dataclass(frozen=True, slots=True)
class FactGateResult:
    """检验结果 · One row per rule that a gate checked in a run."""

    run_id: Annotated[str, Col("运行编号", "The run.", key=True)]
    gate: Annotated[str, Col("关口", "staging or warehouse.", key=True)]
    table_name: Annotated[str, Col("表", "The table or view that was checked.", key=True)]
    rule: Annotated[str, Col("规则", "The rule, in words.", key=True)]
    severity: Annotated[Severity, Col("严重程度", "fatal closes the gate.")]
    passed: Annotated[bool, Col("通过", "Whether it holds.")]
    checked: Annotated[int, Col("检查行数", "Rows checked.", minimum=0)]
    failed: Annotated[int, Col("失败行数", "Rows that break it.", minimum=0)]
    detail: Annotated[str, Col("说明", "What was found, with samples.")]


@dataclass(frozen=True, slots=True)
class FactOfficial:
    """官方数列 · One row per figure of the official yearbooks, to hold ours against."""

    region_key: Annotated[int, Col("地区键", "The place measured.", key=True, references="dim_region", minimum=1)]
    period_key: Annotated[int, Col("时期键", "The period measured.", key=True, references="dim_period", minimum=1)]
    indicator_key: Annotated[int, Col("指标键", "What is measured.", key=True, references="dim_indicator", minimum=1)]
    unit_key: Annotated[int, Col("单位键", "The unit of the value.", references="dim_unit", minimum=-1)]
    value: Annotated[Decimal, Col("数值", "The official value.", unit="dim_unit.code")]
    source: Annotated[str, Col("出处", "The yearbook.")]


@dataclass(frozen=True, slots=True)
class EtlBatch:
    """装载登记 · One row per page as it stands in the warehouse: a page whose hash and version are here is not read again."""

    document_id: Annotated[str, Col("文档键", "Hash of the URI.", key=True, pattern=HASH)]
    uri: Annotated[str, Col("地址", "Where the page was taken from.")]
    content_sha256: Annotated[str, Col("内容哈希", "SHA-256 of the bytes that were read.", pattern=SHA256)]
    pipeline_version: Annotated[str, Col("程序版本", "Version that read them.")]
    run_id: Annotated[str, Col("运行编号", "The run that loaded it.", stamp=True)]
    loaded_at: Annotated[datetime, Col("装载时间", "Start of that run, UTC.", stamp=True)]
