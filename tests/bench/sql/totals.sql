-- The figures of an indicator, added up by month, in one statement; parameters as in `dashboard.sql`, $5 indicator. What must not be
-- put together is told apart, as `api/src/domains/outcomes/questions/totals.rs` does, and what is not whole has no total.
SELECT json_build_object('data', json_build_object('observationTotals', COALESCE(json_agg(json_build_object(
    'periodStart', t.period_start, 'periodEnd', t.period_end,
    'numerator', trim_scale(t.numerator / 1000000.0)::text,
    'denominator', trim_scale(t.denominator / 1000000.0)::text,
    'value', CASE WHEN t.whole THEN trim_scale(round(100 * t.numerator / NULLIF(t.denominator, 0), t.decimals))::text END,
    'figures', t.figures
) ORDER BY t.period_start, t.period_end), '[]')))::text
FROM (
    SELECT v.period_start, v.period_end, i.decimals, sum(v.numerator) AS numerator, sum(v.denominator) AS denominator,
        count(*) AS figures,
        bool_and(v.numerator IS NOT NULL AND v.denominator IS NOT NULL AND v.marker IS NULL AND v.quality <> 'REPORTED') AS whole
    FROM observation v
    JOIN indicator i ON i.id = v.indicator_id
    LEFT JOIN geography a ON a.id = v.geography_id
    WHERE v.indicator_id = $5 AND v.is_current
        /*viewer*/
        AND (v.recorded_by_organisation_id = ANY($1) OR v.organisation_id = ANY($2)
            OR a.organisation_id = ANY($1)
            OR EXISTS (SELECT 1 FROM service s WHERE s.id = v.service_id
                AND (s.provider_organisation_id = ANY($2) OR s.commissioner_organisation_id = ANY($1)))
            OR EXISTS (SELECT 1 FROM site t WHERE t.id = v.site_id AND t.organisation_id = ANY($2)))
        /*end*/
    GROUP BY v.period_start, v.period_end, v.indicator_version_id, v.subject_type, a.level, v.disaggregation_id, i.decimals
    ORDER BY v.period_start, v.period_end LIMIT 101
) t
