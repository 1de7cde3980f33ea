-- 对账 · Levels of provinces and the nation against the official yearbooks: agreed within the precision of what is said, or it differs. For
-- the nation the yearbooks count domestic applicants only and the press all of them, so that a difference there is none of reading.
CREATE OR REPLACE VIEW reconciliation AS
SELECT
    o.ref_area, o.ref_area_zh, o.time_period, o.indicator, o.indicator_zh, o.value, CAST(f.value AS DOUBLE) AS official_value,
    o.value - CAST(f.value AS DOUBLE) AS difference,
    CASE
        WHEN f.value IS NULL THEN 'not covered'
        WHEN abs(o.value - CAST(f.value AS DOUBLE)) <= 0.005 * CAST(f.value AS DOUBLE) THEN 'agreed'
        WHEN o.qualifier IN ('gt', 'ge') AND o.value <= CAST(f.value AS DOUBLE) THEN 'agreed'
        WHEN o.qualifier IN ('lt', 'le') AND o.value >= CAST(f.value AS DOUBLE) THEN 'agreed'
        WHEN o.qualifier = 'approx' AND abs(o.value - CAST(f.value AS DOUBLE)) <= 0.1 * CAST(f.value AS DOUBLE) THEN 'agreed'
        WHEN o.ref_area_level = 'country' THEN 'other coverage'
        ELSE 'differs'
    END AS verdict,
    o.qualifier, f.source, o.document, o.quote, o.observation_id
FROM observations o
JOIN fact_observation k ON k.observation_id = o.observation_id
LEFT JOIN fact_official f ON f.region_key = k.region_key AND f.period_key = k.period_key AND f.indicator_key = k.indicator_key
WHERE o.transformation = 'level' AND o.status = 'actual' AND o.scope = '' AND NOT o.is_open
    AND o.ref_area_level IN ('province', 'country') AND o.grain = 'year'
    AND o.indicator IN (SELECT i.code FROM dim_indicator i JOIN fact_official x ON x.indicator_key = i.indicator_key);
