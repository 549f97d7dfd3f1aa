-- The dashboard of a framework in one statement. $1 organisations that the viewer administers or commissions for, $2 those and the
-- ones they provide for, $3 all their own, $4 platform administrator, $5 framework. The viewer's conditions are those of
-- `outcome_frameworks.rs`, `observations.rs` and `parties.rs` in `api/src/policy/areas`; the framework's decides for all that it holds.
WITH f AS MATERIALIZED (
    SELECT f.id, f.code, f.title, f.version_label
    FROM outcome_framework f
    WHERE f.id = $5
        /*viewer*/ AND (f.status <> 'DRAFT' OR f.publisher_organisation_id = ANY($1)) /*end*/
)
SELECT json_build_object('data', json_build_object('outcomeFramework', json_build_object(
    'id', f.id, 'code', f.code, 'title', f.title, 'versionLabel', f.version_label,
    'outcomes', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', o.id, 'code', o.code, 'statement', o.statement, 'voice', o.voice,
            'indicators', json_build_object('nodes', (
                SELECT COALESCE(json_agg(json_build_object(
                    'id', i.id, 'code', i.code, 'title', i.title, 'unit', i.unit, 'decimals', i.decimals,
                    'observations', json_build_object('nodes', (
                        SELECT COALESCE(json_agg(json_build_object(
                            'id', v.id, 'periodStart', v.period_start, 'periodEnd', v.period_end,
                            'numerator', trim_scale(v.numerator / 1000000.0)::text,
                            'denominator', trim_scale(v.denominator / 1000000.0)::text,
                            'value', trim_scale(v.value / 1000000.0)::text, 'quality', v.quality,
                            'organisation', CASE WHEN g.id IS NOT NULL THEN json_build_object('id', g.id, 'name', g.name) END
                        ) ORDER BY v.period_start DESC, v.id DESC), '[]')
                        FROM (
                            SELECT v.id, v.period_start, v.period_end, v.numerator, v.denominator, v.value, v.quality,
                                v.organisation_id
                            FROM observation v
                            WHERE v.indicator_id = i.id AND v.is_current
                                /*viewer*/
                                AND (v.recorded_by_organisation_id = ANY($1) OR v.organisation_id = ANY($2)
                                    OR EXISTS (SELECT 1 FROM geography a
                                        WHERE a.id = v.geography_id AND a.organisation_id = ANY($1))
                                    OR EXISTS (SELECT 1 FROM service s WHERE s.id = v.service_id
                                        AND (s.provider_organisation_id = ANY($2) OR s.commissioner_organisation_id = ANY($1)))
                                    OR EXISTS (SELECT 1 FROM site t WHERE t.id = v.site_id AND t.organisation_id = ANY($2)))
                                /*end*/
                            ORDER BY v.period_start DESC, v.id DESC LIMIT 12
                        ) v
                        LEFT JOIN organisation g ON g.id = v.organisation_id
                            /*viewer*/ AND (g.status <> 'PENDING' OR g.id = ANY($3) OR $4) /*end*/
                    ))
                ) ORDER BY i.ordinal, i.id), '[]')
                FROM (
                    SELECT i.id, i.code, i.title, i.unit, i.decimals, i.ordinal
                    FROM indicator i WHERE i.outcome_id = o.id ORDER BY i.ordinal, i.id LIMIT 5
                ) i
            ))
        ) ORDER BY o.ordinal, o.id), '[]')
        FROM (
            SELECT o.id, o.code, o.statement, o.voice, o.ordinal
            FROM outcome o WHERE o.framework_id = f.id ORDER BY o.ordinal, o.id LIMIT 10
        ) o
    ))
)))::text
FROM f
