"""The dimensions of the star. Each has an unknown member (key -1), so that facts never carry an empty key."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from warehouse.tables import Col

HASH = "^[0-9a-f]{32}$"
SHA256 = "^[0-9a-f]{64}$"


class Grain(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    MONTHS = "months"  # a range of months, 2022-01/2022-09
    YEARS = "years"  # a range of years, 2016/2020
    UNKNOWN = "unknown"


class RegionKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    GROUP = "group"
    FOREIGN = "foreign"
    WORLD = "world"
    UNKNOWN = "unknown"


class Flow(StrEnum):
    """Whether an indicator counts what happens in a period or what there is at a time."""

    FLOW = "flow"
    STOCK = "stock"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DimRegion:
    """地区 · One row per place: the divisions of GB/T 2260 present and past, groups of places, other countries, the world."""

    region_key: Annotated[int, Col("地区键", "Key; -1 where the document does not tell.", key=True, minimum=-1)]
    code: Annotated[str, Col("代码", "GB/T 2260 code; for other countries and groups the short Chinese name; WLD for the world.")]
    name_zh: Annotated[str, Col("名称", "Full Chinese name.")]
    name_en: Annotated[str | None, Col("英文名称", "English name, where it is known.")]
    short_name: Annotated[str, Col("简称", "Name without its class (湖南省: 湖南).")]
    kind: Annotated[RegionKind, Col("类别", "What the place is.")]
    level: Annotated[int | None, Col("级别", "0 country, 1 province, 2 prefecture, 3 county.", minimum=0, maximum=3)]
    status: Annotated[str, Col("状态", "current, or historic where the code is no longer in force.")]
    successors: Annotated[str, Col("后继代码", "Codes that took over from a historic one, with | between them.")]
    parent_code: Annotated[str | None, Col("上级代码", "Code of the division above.")]
    province_code: Annotated[str | None, Col("省级代码", "Code of the province that the place is or lies in.")]
    province_zh: Annotated[str | None, Col("省级名称", "Name of that province.")]
    prefecture_code: Annotated[str | None, Col("地级代码", "Code of the prefecture that the place is or lies in.")]
    prefecture_zh: Annotated[str | None, Col("地级名称", "Name of that prefecture.")]
    members: Annotated[str, Col("成员", "Codes of a group's members, with | between them.")]
    iso_code: Annotated[str | None, Col("国际代码", "ISO 3166 code (for a province 3166-2), where it is known.")]


@dataclass(frozen=True, slots=True)
class DimPeriod:
    """时期 · One row per period that a document speaks of, with real dates."""

    period_key: Annotated[int, Col("时期键", "Key; -1 where the document does not tell.", key=True, minimum=-1)]
    code: Annotated[str, Col("代码", "2020, 2020-S1, 2020-Q3, 2020-06, 2022-09-30, 2022-01/2022-09 or 2016/2020.")]
    grain: Annotated[Grain, Col("粒度", "How long the period is.")]
    start_on: Annotated[date | None, Col("起始日", "First day.")]
    end_on: Annotated[date | None, Col("截止日", "Last day.")]
    year: Annotated[int | None, Col("年份", "Year of the last day.")]
    plan: Annotated[str, Col("五年规划", "The five-year plan whose years these are (十三五), else empty.")]
    label_zh: Annotated[str, Col("中文标签", "Label in Chinese.")]
    label_en: Annotated[str, Col("英文标签", "Label in English.")]


@dataclass(frozen=True, slots=True)
class DimIndicator:
    """指标 · One row per measure: the catalogue, and under `open:` the words of measures that it lacks."""

    indicator_key: Annotated[int, Col("指标键", "Key; -1 where the words name no measure.", key=True, minimum=-1)]
    code: Annotated[str, Col("代码", "Code of the catalogue, or open:<words of the document>.")]
    category: Annotated[str, Col("类别", "creation, utilisation, protection, administration, service, index, or open.")]
    name_zh: Annotated[str, Col("中文名称", "Name in Chinese.")]
    name_en: Annotated[str | None, Col("英文名称", "Name in English; empty for measures outside the catalogue.")]
    unit: Annotated[str, Col("单位", "The catalogue's unit of a level.")]
    kind: Annotated[Flow, Col("流量或存量", "A flow is counted over a period, a stock at its end.")]
    parent_code: Annotated[str | None, Col("上级指标", "Code of the measure that this one is a part of.")]
    is_open: Annotated[bool, Col("目录外", "Whether the catalogue lacks the measure.")]


@dataclass(frozen=True, slots=True)
class DimUnit:
    """单位 · One row per unit of measurement."""

    unit_key: Annotated[int, Col("单位键", "Key; -1 where there is none.", key=True, minimum=-1)]
    code: Annotated[str, Col("代码", "The unit as values carry it.")]
    name_zh: Annotated[str, Col("中文名称", "Name in Chinese.")]
    name_en: Annotated[str | None, Col("英文名称", "Name in English.")]
    dimension: Annotated[str, Col("量纲", "count, money, ratio, rank, time ...")]
    additive: Annotated[bool, Col("可加", "Whether amounts in this unit may be added up.")]


@dataclass(frozen=True, slots=True)
class DimSource:
    """来源 · One row per source that documents are taken from, as the run's list of sources names it."""

    source_key: Annotated[int, Col("来源键", "Key; -1 where there is none.", key=True, minimum=-1)]
    name: Annotated[str, Col("名称", "Name of the source.")]


@dataclass(frozen=True, slots=True)
class DimRun:
    """运行 · One row per run that loaded documents."""

    run_id: Annotated[str, Col("运行编号", "Identifier of the run.", key=True)]
    started_at: Annotated[datetime, Col("开始时间", "Start of the run, UTC.")]
    pipeline_version: Annotated[str, Col("程序版本", "Version of everything that can change a reading.")]


@dataclass(frozen=True, slots=True)
class DimDocument:
    """文档 · One row per page, with how it was read."""

    document_id: Annotated[str, Col("文档键", "Hash of the URI.", key=True, pattern=HASH)]
    uri: Annotated[str, Col("地址", "Where the page was taken from.")]
    site: Annotated[str, Col("站点", "Host name of the URI; empty for files.")]
    source_key: Annotated[int, Col("来源键", "The source it was taken from.", references="dim_source", minimum=-1)]
    title: Annotated[str, Col("标题", "Title of the page.")]
    published_on: Annotated[date | None, Col("发布日期", "Day of publication, where the page tells it.")]
    published_reason: Annotated[str, Col("日期依据", "Where the day was found: byline, meta or text.")]
    publisher: Annotated[str, Col("发布机构", "Publisher or issuing office, as the page names it.")]
    publisher_reason: Annotated[str, Col("机构依据", "Where the publisher was found.")]
    encoding: Annotated[str, Col("编码", "Character encoding that the bytes were read in.")]
    encoding_evidence: Annotated[str, Col("编码依据", "Why this encoding: bom, utf-8 valid, http, meta, chardet, quality.")]
    encoding_score: Annotated[
        float, Col("解码质量", "Quality of the decoded text; genuine Chinese is above 0.74.", minimum=0, maximum=1)
    ]
    replaced_characters: Annotated[int, Col("丢失字符", "Characters that the bytes no longer tell.", minimum=0)]
    script: Annotated[str, Col("字体", "simplified, traditional or mixed, as published.")]
    spun_score: Annotated[float, Col("伪原创得分", "How much of the text was re-worded by a machine; 0 is none.", minimum=0)]
    language: Annotated[str, Col("语言", "zh, or other where the page is not Chinese.")]
    parts: Annotated[int, Col("子文档数", "Documents that stand on the page.", minimum=0)]
    characters: Annotated[int, Col("字符数", "Length of the cleaned text.", minimum=0)]
    content_type: Annotated[str | None, Col("内容类型", "Content type that the server stated.")]
    content_sha256: Annotated[
        str, Col("内容哈希", "SHA-256 of the bytes as received; the raw store is addressed by it.", pattern=SHA256)
    ]
    bytes: Annotated[int, Col("字节数", "Length of the bytes as received.", minimum=0)]
    cluster_id: Annotated[str, Col("重复簇", "Hash of the text's Chinese characters and digits: copies share it.", pattern=HASH)]
    pipeline_version: Annotated[str, Col("程序版本", "Version that read the page.")]
    fetched_at: Annotated[datetime, Col("获取时间", "When the bytes were received, UTC.", stamp=True)]
    first_run_id: Annotated[str, Col("首次运行", "The run that first loaded the page.", keep=True, stamp=True)]
    last_run_id: Annotated[str, Col("最近运行", "The run that last changed this row.", stamp=True)]
