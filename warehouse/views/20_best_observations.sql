-- 候选观测 · Every statement whose place, period and measure are known, in the order of trust for its slot (choice 1 is the best): more
-- independent texts (copies of one text count once), exact before rounded, undamaged before spun, government sites, confidence, later
-- page, identifier. A slot is place, measure, period, scope, transformation, status and unit.
CREATE OR REPLACE VIEW candidate_observations AS
WITH stated AS (
    SELECT * FROM observations WHERE ref_area IS NOT NULL AND time_period IS NOT NULL AND indicator IS NOT NULL
),
support AS (
    SELECT ref_area, indicator, time_period, scope, transformation, status, unit, value, count(DISTINCT cluster) AS corroboration
    FROM stated
    GROUP BY ALL
)
SELECT
    s.ref_area, s.ref_area_zh, s.ref_area_level, s.time_period, s.grain, s.start_on, s.end_on, s.year, s.indicator, s.indicator_zh,
    s.indicator_en, s.indicator_kind, s.category, s.is_open, s.scope, s.transformation, s.value, s.unit, s.status, s.qualifier,
    n.corroboration, s.confidence, s.document, s.title, s.quote, s.observation_id,
    row_number() OVER (
        PARTITION BY s.ref_area, s.indicator, s.time_period, s.scope, s.transformation, s.status, s.unit
        ORDER BY
            n.corroboration DESC, (s.qualifier = 'eq') DESC, s.spun_score ASC, (s.site LIKE '%.gov.cn') DESC, s.confidence DESC,
            s.published_on DESC NULLS LAST, s.observation_id
    ) AS choice
FROM stated AS s
JOIN support AS n
    ON n.ref_area = s.ref_area AND n.indicator = s.indicator AND n.time_period = s.time_period AND n.scope = s.scope
    AND n.transformation = s.transformation AND n.status = s.status AND n.unit IS NOT DISTINCT FROM s.unit AND n.value = s.value;

-- 最佳观测 · One value per place, measure, period, scope, transformation, status and unit, with the values that lost and their texts.
CREATE OR REPLACE VIEW best_observations AS
WITH candidates AS MATERIALIZED (
    SELECT * FROM candidate_observations
),

said AS (
    SELECT
        ref_area, indicator, time_period, scope, transformation, status, unit, value, min(choice) AS choice, count(*) AS statements,
        any_value(corroboration) AS corroboration, arg_min(document, choice) AS document
    FROM candidates
    GROUP BY ref_area, indicator, time_period, scope, transformation, status, unit, value
),
slots AS (
    SELECT
        ref_area, indicator, time_period, scope, transformation, status, unit, CAST(sum(statements) AS BIGINT) AS statements,
        string_agg(
            printf('%s (%d: %s)', regexp_replace(CAST(CAST(value AS DECIMAL(38, 6)) AS VARCHAR), '\.?0+$', ''), corroboration, document),
            '; ' ORDER BY choice
        ) FILTER (choice > 1) AS losers
    FROM said
    GROUP BY ref_area, indicator, time_period, scope, transformation, status, unit
)
SELECT c.* EXCLUDE (choice), s.statements, coalesce(s.losers, '') AS losers
FROM candidates AS c
JOIN slots AS s
    ON s.ref_area = c.ref_area AND s.indicator = c.indicator AND s.time_period = c.time_period AND s.scope = c.scope
    AND s.transformation = c.transformation AND s.status = c.status AND s.unit IS NOT DISTINCT FROM c.unit
WHERE c.choice = 1;
