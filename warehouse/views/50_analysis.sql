-- 目标进展 · Targets with the latest result that is known, the distance, and whether they were met. A stock counts at the end of any
-- period up to the target's; a flow counts in periods as long as the target's.
CREATE OR REPLACE VIEW target_progress AS
WITH latest AS (
    SELECT
        t.observation_id, arg_max(r.value, r.end_on) AS value, arg_max(r.time_period, r.end_on) AS time_period,
        arg_max(r.observation_id, r.end_on) AS result_id
    FROM best_observations AS t
    JOIN (SELECT * FROM best_observations ORDER BY end_on, start_on) AS r
        ON r.ref_area = t.ref_area AND r.indicator = t.indicator AND r.scope = t.scope AND r.unit IS NOT DISTINCT FROM t.unit
        AND r.end_on <= t.end_on AND (t.indicator_kind = 'stock' OR r.grain = t.grain)
    WHERE t.status = 'target' AND t.transformation = 'level' AND r.status = 'actual' AND r.transformation = 'level'
    GROUP BY t.observation_id
)
SELECT
    t.ref_area, t.ref_area_zh, t.indicator, t.indicator_zh, t.indicator_en, t.scope, t.time_period AS target_period, t.value AS target_value,
    t.qualifier, t.unit, l.time_period AS latest_period, l.value AS latest_value, l.value - t.value AS distance,
    CASE
        WHEN l.value IS NULL THEN 'no result yet'
        WHEN t.qualifier IN ('le', 'lt') AND l.value <= t.value THEN 'met'
        WHEN t.qualifier NOT IN ('le', 'lt') AND l.value >= t.value THEN 'met'
        WHEN l.time_period = t.time_period THEN 'missed'
        ELSE 'under way'
    END AS progress,
    t.document, t.quote, t.observation_id, l.result_id
FROM best_observations AS t
LEFT JOIN latest AS l ON l.observation_id = t.observation_id
WHERE t.status = 'target' AND t.transformation = 'level';

-- 增速 · Stated growth on the year before against the growth that two stated levels give.
CREATE OR REPLACE VIEW growth AS
WITH levels AS (
    SELECT * FROM best_observations WHERE transformation = 'level' AND status = 'actual'
)
SELECT
    g.ref_area, g.ref_area_zh, g.indicator, g.indicator_zh, g.scope, g.time_period, g.value AS stated_pct,
    now.value AS level_now, before.value AS level_before,
    round(100.0 * (now.value / nullif(before.value, 0) - 1), 2) AS computed_pct,
    round(g.value - 100.0 * (now.value / nullif(before.value, 0) - 1), 2) AS difference_pp,
    g.document, g.quote, g.observation_id
FROM best_observations AS g
LEFT JOIN levels AS now
    ON now.ref_area = g.ref_area AND now.indicator = g.indicator AND now.scope = g.scope AND now.time_period = g.time_period
LEFT JOIN levels AS before
    ON before.ref_area = g.ref_area AND before.indicator = g.indicator AND before.scope = g.scope AND before.unit = now.unit
    AND before.grain = g.grain AND g.grain <> 'years' AND before.start_on = g.start_on - INTERVAL 1 YEAR
    AND date_trunc('month', before.end_on) = date_trunc('month', g.end_on - INTERVAL 1 YEAR)
WHERE g.transformation = 'yoy_pct' AND g.status = 'actual';

-- 地区排名 · Places of one level ranked by the best value of an indicator and period.
CREATE OR REPLACE VIEW region_ranking AS
SELECT
    b.indicator, b.indicator_zh, b.time_period, r.kind AS ref_area_level, b.ref_area, b.ref_area_zh, b.value, b.unit, b.qualifier,
    rank() OVER (PARTITION BY b.indicator, b.time_period, b.unit, r.kind ORDER BY b.value DESC) AS place,
    count(*) OVER (PARTITION BY b.indicator, b.time_period, b.unit, r.kind) AS places
FROM best_observations b
JOIN dim_region r ON r.code = b.ref_area
WHERE b.transformation = 'level' AND b.status = 'actual' AND b.scope = '' AND r.kind IN ('province', 'prefecture', 'county');

-- 词频趋势 · How often a word stands in the documents of a year.
CREATE OR REPLACE VIEW term_trends AS
SELECT t.term, year(d.published_on) AS year, CAST(sum(t.occurrences) AS BIGINT) AS occurrences, count(DISTINCT t.document_id) AS documents
FROM fact_term t
JOIN dim_document d ON d.document_id = t.document_id
GROUP BY t.term, year(d.published_on);

-- 目录外指标 · What the catalogue lacks, by frequency: candidates for it.
CREATE OR REPLACE VIEW open_measures AS
SELECT
    i.name_zh AS measure, CASE WHEN u.unit_key <> -1 THEN u.code END AS unit, count(*) AS statements, count(DISTINCT o.document_id) AS documents, min(o.quote) AS example
FROM fact_observation o
JOIN dim_indicator i ON i.indicator_key = o.indicator_key
JOIN dim_unit u ON u.unit_key = o.unit_key
WHERE i.is_open AND i.indicator_key <> -1
GROUP BY ALL
ORDER BY statements DESC, measure;

-- 文档质量 · How well each document was read.
CREATE OR REPLACE VIEW document_quality AS
SELECT
    d.uri AS document, d.title, d.published_on, d.encoding, d.encoding_evidence, d.encoding_score AS decode_score, d.replaced_characters, d.script, d.spun_score,
    (SELECT count(*) FROM fact_repair f WHERE f.document_id = d.document_id) AS repairs,
    (SELECT count(*) FROM fact_observation o WHERE o.document_id = d.document_id) AS observations,
    (SELECT count(*) FROM fact_unread_number n WHERE n.document_id = d.document_id AND n.in_scope) AS unread_numbers,
    (SELECT count(*) FROM fact_unread_number n WHERE n.document_id = d.document_id AND NOT n.in_scope) AS ignored_numbers,
    d.cluster_id AS cluster,
    count(*) OVER (PARTITION BY d.cluster_id) AS copies
FROM dim_document d;
