-- Exact statements of the same thing by different texts that differ by more than rounding (half a per cent).
CREATE OR REPLACE VIEW conflicts AS
SELECT
    a.ref_area, a.ref_area_zh, a.time_period, a.indicator, a.indicator_zh, a.scope, a.transformation, a.status, a.unit,
    a.value AS value_a, b.value AS value_b, a.document AS document_a, b.document AS document_b, a.quote AS quote_a, b.quote AS quote_b
FROM observations a
JOIN observations b
    ON a.ref_area = b.ref_area AND a.time_period = b.time_period AND a.indicator = b.indicator AND a.scope = b.scope
    AND a.transformation = b.transformation AND a.status = b.status AND a.unit = b.unit AND a.cluster < b.cluster
WHERE a.qualifier = 'eq' AND b.qualifier = 'eq' AND NOT a.is_open
    AND abs(a.value - b.value) > 0.005 * greatest(abs(a.value), abs(b.value));
