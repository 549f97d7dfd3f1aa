-- The list page in one statement; parameters as in `board.sql`, then $11 and $12: name and id to continue after.
WITH b AS MATERIALIZED (
    SELECT b.id, b.name, b.kind, b.status, b.host_organisation_id
        /*viewer*/,
        b.published_at <= $1 AS published,
        (b.id = ANY($5) OR b.id = ANY($6) OR b.host_organisation_id = ANY($4)) AS close,
        ($10 OR b.host_organisation_id = ANY($3)
            OR (b.partnership_id, b.host_organisation_id) IN (SELECT first, second
                FROM (SELECT $9::uuid[] AS ids, cardinality($9::uuid[]) / 2 AS half) o,
                    unnest(o.ids[:half], o.ids[half + 1:]) AS pair(first, second))) AS shared
        /*end*/
    FROM board b
    WHERE true
        /*after*/ AND (b.name, b.id) > ($11, $12) /*end*/
        /*viewer*/
        AND (b.published_at <= $1 OR b.id = ANY($5) OR b.id = ANY($6) OR b.id = ANY($7)
            OR b.host_organisation_id = ANY($3) OR $10
            OR (b.partnership_id, b.host_organisation_id) IN (SELECT first, second
                FROM (SELECT $8::uuid[] AS ids, cardinality($8::uuid[]) / 2 AS half) o,
                    unnest(o.ids[:half], o.ids[half + 1:]) AS pair(first, second)))
        /*end*/
    ORDER BY b.name, b.id LIMIT 101
)
SELECT json_build_object('data', json_build_object('boards', json_build_object(
    'nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', b.id, 'name', b.name, 'kind', b.kind, 'status', b.status,
            'hostOrganisation', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
            'memberships', json_build_object('totalCount', (
                SELECT count(*) FROM board_membership m
                WHERE m.board_id = b.id
                    /*viewer*/
                    AND ((b.shared AND m.stage IN ('ACTIVE', 'ON_LEAVE', 'ENDED')) OR b.close
                        OR m.person_id = $2 OR m.nominated_by_organisation_id = ANY($4)
                        OR (b.published AND m.stage IN ('ACTIVE', 'ON_LEAVE') AND EXISTS (
                            SELECT 1 FROM consent c WHERE c.person_id = m.person_id AND c.purpose = 'PUBLISH_NAME'
                                AND (c.withdrawn_at IS NULL OR c.withdrawn_at > $1))))
                    /*end*/
            ))
        ) ORDER BY b.name, b.id), '[]')
        FROM (SELECT * FROM b ORDER BY b.name, b.id LIMIT 100) b
        LEFT JOIN organisation o ON o.id = b.host_organisation_id
            /*viewer*/ AND (o.status <> 'PENDING' OR o.id = ANY($4) OR $10) /*end*/
    ),
    'pageInfo', json_build_object('hasNextPage', (SELECT count(*) > 100 FROM b))
)))::text
