-- 矛盾 · Two exact values for one slot that different texts state and that differ by more than rounding (half a per cent), each pair once,
-- each value with the document that is trusted most.
CREATE OR REPLACE VIEW conflicts AS
WITH said AS (
    SELECT
        ref_area, ref_area_zh, time_period, indicator, indicator_zh, scope, transformation, status, unit, value,
        any_value(corroboration) AS texts, min(choice) AS choice, arg_min(document, choice) AS document, arg_min(quote, choice) AS quote
    FROM candidate_observations
    WHERE qualifier = 'eq' AND NOT is_open
    GROUP BY ALL
)
SELECT
    a.ref_area, a.ref_area_zh, a.time_period, a.indicator, a.indicator_zh, a.scope, a.transformation, a.status, a.unit,
    a.value AS value_a, b.value AS value_b, a.texts AS texts_a, b.texts AS texts_b, a.document AS document_a, b.document AS document_b,
    a.quote AS quote_a, b.quote AS quote_b
FROM said AS a
JOIN said AS b
    ON a.ref_area = b.ref_area AND a.time_period = b.time_period AND a.indicator = b.indicator AND a.scope = b.scope
    AND a.transformation = b.transformation AND a.status = b.status AND a.unit IS NOT DISTINCT FROM b.unit AND a.choice < b.choice
WHERE abs(a.value - b.value) > 0.005 * greatest(abs(a.value), abs(b.value)) AND a.document <> b.document;
