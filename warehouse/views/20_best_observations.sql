-- One value per place, indicator, period, scope, transformation and status. The order of choice, deterministic to the last:
-- more independent texts (copies of one text count once), exact before rounded, undamaged before spun, confidence, later page, id.
CREATE OR REPLACE VIEW best_observations AS
WITH stated AS (
    SELECT *, count(DISTINCT cluster) OVER (
        PARTITION BY ref_area, indicator, time_period, scope, transformation, status, value
    ) AS corroboration
    FROM observations
    WHERE ref_area IS NOT NULL AND time_period IS NOT NULL
),
ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY ref_area, indicator, time_period, scope, transformation, status
            ORDER BY corroboration DESC, (qualifier = 'eq') DESC, spun_score ASC, confidence DESC, published_on DESC NULLS LAST, observation_id
        ) AS choice,
        string_agg(DISTINCT CAST(value AS VARCHAR), ' | ') OVER (
            PARTITION BY ref_area, indicator, time_period, scope, transformation, status
        ) AS stated_values
    FROM stated
)
SELECT
    ref_area, ref_area_zh, time_period, year, indicator, indicator_zh, indicator_en, category, scope, transformation, value, unit,
    status, qualifier, corroboration, stated_values, confidence, document, title, quote, observation_id
FROM ranked
WHERE choice = 1;
