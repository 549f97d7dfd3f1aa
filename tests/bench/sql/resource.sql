-- The page of a resource in one statement; parameters as in `board.sql`, $11 resource. The viewer's conditions are those of
-- `resources.rs` and `adoptions.rs` in `api/src/policy/areas`, asked once where the resource decides.
WITH r AS MATERIALIZED (
    SELECT r.id, r.title, r.kind, r.owner_organisation_id
        /*viewer*/,
        r.owner_organisation_id = ANY($4) AS owned,
        COALESCE(r.owner_organisation_id = ANY($4) OR r.board_id = ANY($5) OR r.signer_person_id = $2, false) AS close
        /*end*/
    FROM resource r
    WHERE r.id = $11
        /*viewer*/
        AND (r.status <> 'DRAFT' OR r.owner_organisation_id = ANY($4) OR r.board_id = ANY($5) OR r.signer_person_id = $2
            OR EXISTS (SELECT 1 FROM contributor c WHERE c.resource_id = r.id
                AND (c.person_id = $2 OR c.organisation_id = ANY($4))))
        /*end*/
)
SELECT json_build_object('data', json_build_object('resource', json_build_object(
    'id', r.id, 'title', r.title, 'kind', r.kind,
    'ownerOrganisation', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
    'versions', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', v.id, 'number', v.number, 'status', v.status, 'title', v.title, 'publishedAt', v.published_at,
            'renditions', json_build_object('nodes', (
                SELECT COALESCE(json_agg(json_build_object(
                    'id', f.id, 'format', f.format, 'language', f.language, 'checkedAt', f.checked_at
                ) ORDER BY f.created_at, f.id), '[]')
                FROM (
                    SELECT f.id, f.format, f.language, f.checked_at, f.created_at
                    FROM rendition f
                    WHERE f.resource_version_id = v.id
                        /*viewer*/ AND (f.checked_content_revision = v.content_revision OR v.close) /*end*/
                    ORDER BY f.created_at, f.id LIMIT 10
                ) f
            )),
            'contributors', json_build_object('nodes', (
                SELECT COALESCE(json_agg(json_build_object(
                    'id', c.id, 'role', c.role, 'livedExperience', c.lived_experience, 'lead', c.lead
                ) ORDER BY c.created_at, c.id), '[]')
                FROM (
                    SELECT c.id, c.role, c.lived_experience, c.lead, c.created_at
                    FROM contributor c
                    WHERE c.resource_version_id = v.id
                    ORDER BY c.created_at, c.id LIMIT 10
                ) c
            ))
        ) ORDER BY v.number DESC, v.id DESC), '[]')
        FROM (
            SELECT v.*
            FROM (
                SELECT v.id, v.number, v.status, v.title, v.published_at, v.content_revision
                    /*viewer*/,
                    r.close OR EXISTS (SELECT 1 FROM contributor c WHERE c.resource_version_id = v.id
                        AND (c.person_id = $2 OR c.organisation_id = ANY($4))) AS close
                    /*end*/
                FROM resource_version v
                WHERE v.resource_id = r.id
            ) v
            /*viewer*/
            WHERE v.status IN ('PUBLISHED', 'SUPERSEDED') OR v.close
                OR EXISTS (SELECT 1 FROM adoption a WHERE a.resource_version_id = v.id AND a.organisation_id = ANY($4))
            /*end*/
            ORDER BY v.number DESC, v.id DESC LIMIT 4
        ) v
    )),
    'adoptions', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', a.id, 'status', a.status, 'adoptedOn', a.adopted_on, 'reviewDueOn', a.review_due_on,
            'organisation', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END
        ) ORDER BY a.pledged_on, a.id), '[]')
        FROM (
            SELECT a.id, a.status, a.adopted_on, a.review_due_on, a.pledged_on, a.organisation_id
            FROM adoption a
            WHERE a.resource_id = r.id
                /*viewer*/
                AND ((a.status <> 'WITHDRAWN' AND EXISTS (SELECT 1 FROM resource_version v
                        WHERE v.id = a.resource_version_id AND v.status IN ('PUBLISHED', 'SUPERSEDED')))
                    OR a.organisation_id = ANY($4) OR r.owned)
                /*end*/
            ORDER BY a.pledged_on, a.id LIMIT 10
        ) a
        LEFT JOIN organisation o ON o.id = a.organisation_id
            /*viewer*/ AND (o.status <> 'PENDING' OR o.id = ANY($4) OR $10) /*end*/
    ))
)))::text
FROM r
LEFT JOIN organisation o ON o.id = r.owner_organisation_id
    /*viewer*/ AND (o.status <> 'PENDING' OR o.id = ANY($4) OR $10) /*end*/
