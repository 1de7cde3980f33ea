-- Made by `python -m warehouse.derive` from the declaration in warehouse/; do not edit.

CREATE TABLE IF NOT EXISTS dim_region (
    region_key BIGINT NOT NULL CHECK (region_key >= -1),
    code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR,
    short_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('country', 'province', 'prefecture', 'county', 'group', 'foreign', 'world', 'unknown')),
    level BIGINT CHECK (level >= 0 AND level <= 3),
    status VARCHAR NOT NULL,
    successors VARCHAR NOT NULL,
    parent_code VARCHAR,
    province_code VARCHAR,
    province_zh VARCHAR,
    prefecture_code VARCHAR,
    prefecture_zh VARCHAR,
    members VARCHAR NOT NULL,
    iso_code VARCHAR,
    PRIMARY KEY (region_key)
);
COMMENT ON TABLE dim_region IS '地区 · One row per place: the divisions of GB/T 2260 present and past, groups of places, other countries, the world.';
COMMENT ON COLUMN dim_region.region_key IS '地区键 · Key; -1 where the document does not tell.';
COMMENT ON COLUMN dim_region.code IS '代码 · GB/T 2260 code; for other countries and groups the short Chinese name; WLD for the world.';
COMMENT ON COLUMN dim_region.name_zh IS '名称 · Full Chinese name.';
COMMENT ON COLUMN dim_region.name_en IS '英文名称 · English name, where it is known.';
COMMENT ON COLUMN dim_region.short_name IS '简称 · Name without its class (湖南省: 湖南).';
COMMENT ON COLUMN dim_region.kind IS '类别 · What the place is. One of: country, province, prefecture, county, group, foreign, world, unknown.';
COMMENT ON COLUMN dim_region.level IS '级别 · 0 country, 1 province, 2 prefecture, 3 county.';
COMMENT ON COLUMN dim_region.status IS '状态 · current, or historic where the code is no longer in force.';
COMMENT ON COLUMN dim_region.successors IS '后继代码 · Codes that took over from a historic one, with | between them.';
COMMENT ON COLUMN dim_region.parent_code IS '上级代码 · Code of the division above.';
COMMENT ON COLUMN dim_region.province_code IS '省级代码 · Code of the province that the place is or lies in.';
COMMENT ON COLUMN dim_region.province_zh IS '省级名称 · Name of that province.';
COMMENT ON COLUMN dim_region.prefecture_code IS '地级代码 · Code of the prefecture that the place is or lies in.';
COMMENT ON COLUMN dim_region.prefecture_zh IS '地级名称 · Name of that prefecture.';
COMMENT ON COLUMN dim_region.members IS '成员 · Codes of a group''s members, with | between them.';
COMMENT ON COLUMN dim_region.iso_code IS '国际代码 · ISO 3166 code (for a province 3166-2), where it is known.';

CREATE TABLE IF NOT EXISTS dim_period (
    period_key BIGINT NOT NULL CHECK (period_key >= -1),
    code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('year', 'half_year', 'quarter', 'month', 'day', 'months', 'years', 'unknown')),
    start_on DATE,
    end_on DATE,
    year BIGINT,
    plan VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    PRIMARY KEY (period_key)
);
COMMENT ON TABLE dim_period IS '时期 · One row per period that a document speaks of, with real dates.';
COMMENT ON COLUMN dim_period.period_key IS '时期键 · Key; -1 where the document does not tell.';
COMMENT ON COLUMN dim_period.code IS '代码 · 2020, 2020-S1, 2020-Q3, 2020-06, 2022-09-30, 2022-01/2022-09 or 2016/2020.';
COMMENT ON COLUMN dim_period.grain IS '粒度 · How long the period is. One of: year, half_year, quarter, month, day, months, years, unknown.';
COMMENT ON COLUMN dim_period.start_on IS '起始日 · First day.';
COMMENT ON COLUMN dim_period.end_on IS '截止日 · Last day.';
COMMENT ON COLUMN dim_period.year IS '年份 · Year of the last day.';
COMMENT ON COLUMN dim_period.plan IS '五年规划 · The five-year plan whose years these are (十三五), else empty.';
COMMENT ON COLUMN dim_period.label_zh IS '中文标签 · Label in Chinese.';
COMMENT ON COLUMN dim_period.label_en IS '英文标签 · Label in English.';

CREATE TABLE IF NOT EXISTS dim_indicator (
    indicator_key BIGINT NOT NULL CHECK (indicator_key >= -1),
    code VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('flow', 'stock', 'unknown')),
    parent_code VARCHAR,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (indicator_key)
);
COMMENT ON TABLE dim_indicator IS '指标 · One row per measure: the catalogue, and under `open:` the words of measures that it lacks.';
COMMENT ON COLUMN dim_indicator.indicator_key IS '指标键 · Key; -1 where the words name no measure.';
COMMENT ON COLUMN dim_indicator.code IS '代码 · Code of the catalogue, or open:<words of the document>.';
COMMENT ON COLUMN dim_indicator.category IS '类别 · creation, utilisation, protection, administration, service, index, or open.';
COMMENT ON COLUMN dim_indicator.name_zh IS '中文名称 · Name in Chinese.';
COMMENT ON COLUMN dim_indicator.name_en IS '英文名称 · Name in English; empty for measures outside the catalogue.';
COMMENT ON COLUMN dim_indicator.unit IS '单位 · The catalogue''s unit of a level.';
COMMENT ON COLUMN dim_indicator.kind IS '流量或存量 · A flow is counted over a period, a stock at its end. One of: flow, stock, unknown.';
COMMENT ON COLUMN dim_indicator.parent_code IS '上级指标 · Code of the measure that this one is a part of.';
COMMENT ON COLUMN dim_indicator.is_open IS '目录外 · Whether the catalogue lacks the measure.';

CREATE TABLE IF NOT EXISTS dim_unit (
    unit_key BIGINT NOT NULL CHECK (unit_key >= -1),
    code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR,
    dimension VARCHAR NOT NULL,
    additive BOOLEAN NOT NULL,
    PRIMARY KEY (unit_key)
);
COMMENT ON TABLE dim_unit IS '单位 · One row per unit of measurement.';
COMMENT ON COLUMN dim_unit.unit_key IS '单位键 · Key; -1 where there is none.';
COMMENT ON COLUMN dim_unit.code IS '代码 · The unit as values carry it.';
COMMENT ON COLUMN dim_unit.name_zh IS '中文名称 · Name in Chinese.';
COMMENT ON COLUMN dim_unit.name_en IS '英文名称 · Name in English.';
COMMENT ON COLUMN dim_unit.dimension IS '量纲 · count, money, ratio, rank, time ...';
COMMENT ON COLUMN dim_unit.additive IS '可加 · Whether amounts in this unit may be added up.';

CREATE TABLE IF NOT EXISTS dim_source (
    source_key BIGINT NOT NULL CHECK (source_key >= -1),
    name VARCHAR NOT NULL,
    PRIMARY KEY (source_key)
);
COMMENT ON TABLE dim_source IS '来源 · One row per source that documents are taken from, as the run''s list of sources names it.';
COMMENT ON COLUMN dim_source.source_key IS '来源键 · Key; -1 where there is none.';
COMMENT ON COLUMN dim_source.name IS '名称 · Name of the source.';

CREATE TABLE IF NOT EXISTS dim_run (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE dim_run IS '运行 · One row per run that loaded documents.';
COMMENT ON COLUMN dim_run.run_id IS '运行编号 · Identifier of the run.';
COMMENT ON COLUMN dim_run.started_at IS '开始时间 · Start of the run, UTC.';
COMMENT ON COLUMN dim_run.pipeline_version IS '程序版本 · Version of everything that can change a reading.';

CREATE TABLE IF NOT EXISTS dim_document (
    document_id VARCHAR NOT NULL,
    uri VARCHAR NOT NULL,
    site VARCHAR NOT NULL,
    source_key BIGINT NOT NULL CHECK (source_key >= -1),
    title VARCHAR NOT NULL,
    published_on DATE,
    published_reason VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    publisher_reason VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    encoding_evidence VARCHAR NOT NULL,
    encoding_score DOUBLE NOT NULL CHECK (encoding_score >= 0 AND encoding_score <= 1),
    replaced_characters BIGINT NOT NULL CHECK (replaced_characters >= 0),
    script VARCHAR NOT NULL,
    spun_score DOUBLE NOT NULL CHECK (spun_score >= 0),
    language VARCHAR NOT NULL,
    parts BIGINT NOT NULL CHECK (parts >= 0),
    characters BIGINT NOT NULL CHECK (characters >= 0),
    content_type VARCHAR,
    content_sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    cluster_id VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    first_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR NOT NULL,
    PRIMARY KEY (document_id)
);
COMMENT ON TABLE dim_document IS '文档 · One row per page, with how it was read.';
COMMENT ON COLUMN dim_document.document_id IS '文档键 · Hash of the URI.';
COMMENT ON COLUMN dim_document.uri IS '地址 · Where the page was taken from.';
COMMENT ON COLUMN dim_document.site IS '站点 · Host name of the URI; empty for files.';
COMMENT ON COLUMN dim_document.source_key IS '来源键 · The source it was taken from.';
COMMENT ON COLUMN dim_document.title IS '标题 · Title of the page.';
COMMENT ON COLUMN dim_document.published_on IS '发布日期 · Day of publication, where the page tells it.';
COMMENT ON COLUMN dim_document.published_reason IS '日期依据 · Where the day was found: byline, meta or text.';
COMMENT ON COLUMN dim_document.publisher IS '发布机构 · Publisher or issuing office, as the page names it.';
COMMENT ON COLUMN dim_document.publisher_reason IS '机构依据 · Where the publisher was found.';
COMMENT ON COLUMN dim_document.encoding IS '编码 · Character encoding that the bytes were read in.';
COMMENT ON COLUMN dim_document.encoding_evidence IS '编码依据 · Why this encoding: bom, utf-8 valid, http, meta, chardet, quality.';
COMMENT ON COLUMN dim_document.encoding_score IS '解码质量 · Quality of the decoded text; genuine Chinese is above 0.74.';
COMMENT ON COLUMN dim_document.replaced_characters IS '丢失字符 · Characters that the bytes no longer tell.';
COMMENT ON COLUMN dim_document.script IS '字体 · simplified, traditional or mixed, as published.';
COMMENT ON COLUMN dim_document.spun_score IS '伪原创得分 · How much of the text was re-worded by a machine; 0 is none.';
COMMENT ON COLUMN dim_document.language IS '语言 · zh, or other where the page is not Chinese.';
COMMENT ON COLUMN dim_document.parts IS '子文档数 · Documents that stand on the page.';
COMMENT ON COLUMN dim_document.characters IS '字符数 · Length of the cleaned text.';
COMMENT ON COLUMN dim_document.content_type IS '内容类型 · Content type that the server stated.';
COMMENT ON COLUMN dim_document.content_sha256 IS '内容哈希 · SHA-256 of the bytes as received; the raw store is addressed by it.';
COMMENT ON COLUMN dim_document.bytes IS '字节数 · Length of the bytes as received.';
COMMENT ON COLUMN dim_document.cluster_id IS '重复簇 · Hash of the text''s Chinese characters and digits: copies share it.';
COMMENT ON COLUMN dim_document.pipeline_version IS '程序版本 · Version that read the page.';
COMMENT ON COLUMN dim_document.fetched_at IS '获取时间 · When the bytes were received, UTC.';
COMMENT ON COLUMN dim_document.first_run_id IS '首次运行 · The run that first loaded the page.';
COMMENT ON COLUMN dim_document.last_run_id IS '最近运行 · The run that last changed this row.';

CREATE TABLE IF NOT EXISTS fact_observation (
    observation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    region_key BIGINT NOT NULL CHECK (region_key >= -1),
    period_key BIGINT NOT NULL CHECK (period_key >= -1),
    indicator_key BIGINT NOT NULL CHECK (indicator_key >= -1),
    unit_key BIGINT NOT NULL CHECK (unit_key >= -1),
    scope VARCHAR NOT NULL,
    transformation VARCHAR NOT NULL CHECK (transformation IN ('level', 'yoy_pct', 'change_pct', 'cagr_pct', 'change_abs', 'change_pp', 'ratio', 'rank', 'share_pct')),
    value DECIMAL(38,6) NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('actual', 'target')),
    qualifier VARCHAR NOT NULL CHECK (qualifier IN ('eq', 'ge', 'gt', 'le', 'lt', 'approx')),
    base VARCHAR NOT NULL,
    additive BOOLEAN NOT NULL,
    quote VARCHAR NOT NULL,
    quote_start BIGINT NOT NULL CHECK (quote_start >= 0),
    quote_end BIGINT NOT NULL CHECK (quote_end >= 1),
    raw_quote VARCHAR NOT NULL,
    raw_start BIGINT NOT NULL CHECK (raw_start >= 0),
    raw_end BIGINT NOT NULL CHECK (raw_end >= 0),
    part BIGINT NOT NULL CHECK (part >= 0),
    rule VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence >= 0 AND confidence <= 1),
    region_reason VARCHAR NOT NULL,
    period_reason VARCHAR NOT NULL,
    indicator_words VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (observation_id)
);
COMMENT ON TABLE fact_observation IS '观测 · One row per statistic stated in a document (grain: document, span, measure, transformation, scope, place, time).';
COMMENT ON COLUMN fact_observation.observation_id IS '观测键 · Hash of the grain.';
COMMENT ON COLUMN fact_observation.document_id IS '文档键 · The page that states it.';
COMMENT ON COLUMN fact_observation.region_key IS '地区键 · The place measured.';
COMMENT ON COLUMN fact_observation.period_key IS '时期键 · The period measured.';
COMMENT ON COLUMN fact_observation.indicator_key IS '指标键 · What is measured.';
COMMENT ON COLUMN fact_observation.unit_key IS '单位键 · The unit of the value.';
COMMENT ON COLUMN fact_observation.scope IS '范围 · The slice, where the number is not the whole of the place; else empty.';
COMMENT ON COLUMN fact_observation.transformation IS '变换 · What is done to the measure. One of: level, yoy_pct, change_pct, cagr_pct, change_abs, change_pp, ratio, rank, share_pct.';
COMMENT ON COLUMN fact_observation.value IS '数值 · The value in the base unit (41.49亿元 is 4149000000). Unit: dim_unit.code.';
COMMENT ON COLUMN fact_observation.status IS '状态 · actual, or target for plans and forecasts. One of: actual, target.';
COMMENT ON COLUMN fact_observation.qualifier IS '限定 · How exact the stated number is. One of: eq, ge, gt, le, lt, approx.';
COMMENT ON COLUMN fact_observation.base IS '基准 · Base period of a change, number of those ranked, whole of a share; else empty.';
COMMENT ON COLUMN fact_observation.additive IS '可加 · Whether it may be summed over places at one period: a level in an additive unit, no share, rank or growth.';
COMMENT ON COLUMN fact_observation.quote IS '引文 · The words of the cleaned text that state it.';
COMMENT ON COLUMN fact_observation.quote_start IS '引文起 · First character of the quote in the cleaned text.';
COMMENT ON COLUMN fact_observation.quote_end IS '引文止 · Character behind the quote in the cleaned text.';
COMMENT ON COLUMN fact_observation.raw_quote IS '原文 · The same words as published, before any repair.';
COMMENT ON COLUMN fact_observation.raw_start IS '原文起 · First character of the words in the decoded page.';
COMMENT ON COLUMN fact_observation.raw_end IS '原文止 · Character behind the words in the decoded page.';
COMMENT ON COLUMN fact_observation.part IS '子文档 · Number of the document on the page, 0 the first.';
COMMENT ON COLUMN fact_observation.rule IS '规则 · The rule that read it.';
COMMENT ON COLUMN fact_observation.confidence IS '置信度 · How often readings of this rule are right.';
COMMENT ON COLUMN fact_observation.region_reason IS '地区依据 · How the place is known.';
COMMENT ON COLUMN fact_observation.period_reason IS '时期依据 · How the period is known.';
COMMENT ON COLUMN fact_observation.indicator_words IS '指标原词 · The words that name the measure.';
COMMENT ON COLUMN fact_observation.run_id IS '运行编号 · The run that last changed this row.';

CREATE TABLE IF NOT EXISTS fact_term (
    document_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    occurrences BIGINT NOT NULL CHECK (occurrences >= 1),
    PRIMARY KEY (document_id, term)
);
COMMENT ON TABLE fact_term IS '词频 · One row per document and term.';
COMMENT ON COLUMN fact_term.document_id IS '文档键 · The page.';
COMMENT ON COLUMN fact_term.term IS '词 · The word, as segmented.';
COMMENT ON COLUMN fact_term.occurrences IS '次数 · How often it stands on the page.';

CREATE TABLE IF NOT EXISTS fact_repair (
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal >= 0),
    kind VARCHAR NOT NULL,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    raw_start BIGINT NOT NULL CHECK (raw_start >= 0),
    raw_end BIGINT NOT NULL CHECK (raw_end >= 0),
    PRIMARY KEY (document_id, ordinal)
);
COMMENT ON TABLE fact_repair IS '修复 · One row per mend of a document''s text.';
COMMENT ON COLUMN fact_repair.document_id IS '文档键 · The page.';
COMMENT ON COLUMN fact_repair.ordinal IS '序号 · Number of the mend on the page, from 0.';
COMMENT ON COLUMN fact_repair.kind IS '类别 · What was mended: pinyin, byte_shift, lost_lead, lost_dash, simplified, spun ...';
COMMENT ON COLUMN fact_repair.before IS '修复前 · The characters as published.';
COMMENT ON COLUMN fact_repair.after IS '修复后 · What they were mended to.';
COMMENT ON COLUMN fact_repair.raw_start IS '原文起 · First character in the decoded page.';
COMMENT ON COLUMN fact_repair.raw_end IS '原文止 · Character behind it in the decoded page.';

CREATE TABLE IF NOT EXISTS fact_unread_number (
    document_id VARCHAR NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal >= 0),
    quote VARCHAR NOT NULL,
    quote_start BIGINT NOT NULL CHECK (quote_start >= 0),
    quote_end BIGINT NOT NULL CHECK (quote_end >= 0),
    sentence VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    in_scope BOOLEAN NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
COMMENT ON TABLE fact_unread_number IS '未读数字 · One row per number of a document that is no observation, with the reason.';
COMMENT ON COLUMN fact_unread_number.document_id IS '文档键 · The page.';
COMMENT ON COLUMN fact_unread_number.ordinal IS '序号 · Number on the page, from 0.';
COMMENT ON COLUMN fact_unread_number.quote IS '数字 · The number as the cleaned text writes it.';
COMMENT ON COLUMN fact_unread_number.quote_start IS '起 · First character in the cleaned text.';
COMMENT ON COLUMN fact_unread_number.quote_end IS '止 · Character behind it in the cleaned text.';
COMMENT ON COLUMN fact_unread_number.sentence IS '句子 · The sentence it stands in.';
COMMENT ON COLUMN fact_unread_number.reason IS '原因 · Why it is no observation.';
COMMENT ON COLUMN fact_unread_number.in_scope IS '应读 · True: it looks like a statistic of ours and was not read.';

CREATE TABLE IF NOT EXISTS fact_quarantine (
    quarantine_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    uri VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('fatal', 'warning')),
    quote VARCHAR NOT NULL,
    row_json VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (quarantine_id)
);
COMMENT ON TABLE fact_quarantine IS '隔离 · One row per row that was refused, with the rule and the row itself.';
COMMENT ON COLUMN fact_quarantine.quarantine_id IS '隔离键 · Hash of stage, table, rule and row.';
COMMENT ON COLUMN fact_quarantine.document_id IS '文档键 · The page that the row comes from.';
COMMENT ON COLUMN fact_quarantine.uri IS '地址 · Where that page was taken from.';
COMMENT ON COLUMN fact_quarantine.stage IS '阶段 · fetch, read, rows or staging: where it was refused.';
COMMENT ON COLUMN fact_quarantine.table_name IS '表 · The table that it was meant for; empty where a whole page failed.';
COMMENT ON COLUMN fact_quarantine.row_key IS '行键 · Its primary key there, with | between the columns.';
COMMENT ON COLUMN fact_quarantine.rule IS '规则 · The rule that it breaks.';
COMMENT ON COLUMN fact_quarantine.reason IS '原因 · Why it breaks the rule, with the value.';
COMMENT ON COLUMN fact_quarantine.severity IS '严重程度 · fatal: the row was not loaded; warning: it was. One of: fatal, warning.';
COMMENT ON COLUMN fact_quarantine.quote IS '引文 · The words of the document that it was read from.';
COMMENT ON COLUMN fact_quarantine.row_json IS '行 · The row as JSON.';
COMMENT ON COLUMN fact_quarantine.run_id IS '运行编号 · The run that last refused it.';

CREATE TABLE IF NOT EXISTS fact_gate_result (
    run_id VARCHAR NOT NULL,
    gate VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('fatal', 'warning')),
    passed BOOLEAN NOT NULL,
    checked BIGINT NOT NULL CHECK (checked >= 0),
    failed BIGINT NOT NULL CHECK (failed >= 0),
    detail VARCHAR NOT NULL,
    PRIMARY KEY (run_id, gate, table_name, rule)
);
COMMENT ON TABLE fact_gate_result IS '检验结果 · One row per rule that a gate checked in a run.';
COMMENT ON COLUMN fact_gate_result.run_id IS '运行编号 · The run.';
COMMENT ON COLUMN fact_gate_result.gate IS '关口 · staging or warehouse.';
COMMENT ON COLUMN fact_gate_result.table_name IS '表 · The table or view that was checked.';
COMMENT ON COLUMN fact_gate_result.rule IS '规则 · The rule, in words.';
COMMENT ON COLUMN fact_gate_result.severity IS '严重程度 · fatal closes the gate. One of: fatal, warning.';
COMMENT ON COLUMN fact_gate_result.passed IS '通过 · Whether it holds.';
COMMENT ON COLUMN fact_gate_result.checked IS '检查行数 · Rows checked.';
COMMENT ON COLUMN fact_gate_result.failed IS '失败行数 · Rows that break it.';
COMMENT ON COLUMN fact_gate_result.detail IS '说明 · What was found, with samples.';

CREATE TABLE IF NOT EXISTS fact_official (
    region_key BIGINT NOT NULL CHECK (region_key >= 1),
    period_key BIGINT NOT NULL CHECK (period_key >= 1),
    indicator_key BIGINT NOT NULL CHECK (indicator_key >= 1),
    unit_key BIGINT NOT NULL CHECK (unit_key >= -1),
    value DECIMAL(38,6) NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (region_key, period_key, indicator_key)
);
COMMENT ON TABLE fact_official IS '官方数列 · One row per figure of the official yearbooks, to hold ours against.';
COMMENT ON COLUMN fact_official.region_key IS '地区键 · The place measured.';
COMMENT ON COLUMN fact_official.period_key IS '时期键 · The period measured.';
COMMENT ON COLUMN fact_official.indicator_key IS '指标键 · What is measured.';
COMMENT ON COLUMN fact_official.unit_key IS '单位键 · The unit of the value.';
COMMENT ON COLUMN fact_official.value IS '数值 · The official value. Unit: dim_unit.code.';
COMMENT ON COLUMN fact_official.source IS '出处 · The yearbook.';

CREATE TABLE IF NOT EXISTS etl_batch (
    document_id VARCHAR NOT NULL,
    uri VARCHAR NOT NULL,
    content_sha256 VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (document_id)
);
COMMENT ON TABLE etl_batch IS '装载登记 · One row per page as it stands in the warehouse: a page whose hash and version are here is not read again.';
COMMENT ON COLUMN etl_batch.document_id IS '文档键 · Hash of the URI.';
COMMENT ON COLUMN etl_batch.uri IS '地址 · Where the page was taken from.';
COMMENT ON COLUMN etl_batch.content_sha256 IS '内容哈希 · SHA-256 of the bytes that were read.';
COMMENT ON COLUMN etl_batch.pipeline_version IS '程序版本 · Version that read them.';
COMMENT ON COLUMN etl_batch.run_id IS '运行编号 · The run that loaded it.';
COMMENT ON COLUMN etl_batch.loaded_at IS '装载时间 · Start of that run, UTC.';
