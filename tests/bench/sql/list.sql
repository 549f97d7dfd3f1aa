-- The list page in one statement; parameters as in `board.sql`, then $12 and $13: name and id to continue after.
WITH b AS MATERIALIZED (
    SELECT b.id, b.name, b.kind, b.status, b.host_organisation_id
        /*viewer*/,
        b.published_at <= $1 AS published,
        (b.id = ANY($5) OR b.id = ANY($6) OR b.host_organisation_id = ANY($4)) AS close,
        ($11 OR b.host_organisation_id = ANY($3)
            OR (b.partnership_id = ANY($8) AND EXISTS (
                SELECT 1 FROM data_sharing_agreement a
                JOIN agreement_party mine ON mine.agreement_id = a.id AND mine.signed_at IS NOT NULL
                JOIN agreement_party theirs ON theirs.agreement_id = a.id AND theirs.signed_at IS NOT NULL
                JOIN partnership_member h ON h.partnership_id = a.partnership_id
                    AND h.organisation_id = theirs.organisation_id AND h.status = 'ACTIVE'
                JOIN organisation o ON o.id = theirs.organisation_id AND o.status = 'ACTIVE'
                WHERE a.partnership_id = b.partnership_id AND theirs.organisation_id = b.host_organisation_id
                    AND mine.organisation_id = $9 AND a.categories @> '["MEMBERSHIPS"]'
                    AND a.status = 'ACTIVE' AND a.starts_on <= $10 AND a.expires_on > $10))) AS shared
        /*end*/
    FROM board b
    WHERE true
        /*after*/ AND (b.name, b.id) > ($12, $13) /*end*/
        /*viewer*/
        AND (b.published_at <= $1 OR b.id = ANY($5) OR b.id = ANY($6) OR b.id = ANY($7)
            OR b.host_organisation_id = ANY($3) OR $11
            OR (b.partnership_id = ANY($8) AND EXISTS (
                SELECT 1 FROM data_sharing_agreement a
                JOIN agreement_party mine ON mine.agreement_id = a.id AND mine.signed_at IS NOT NULL
                JOIN agreement_party theirs ON theirs.agreement_id = a.id AND theirs.signed_at IS NOT NULL
                JOIN partnership_member h ON h.partnership_id = a.partnership_id
                    AND h.organisation_id = theirs.organisation_id AND h.status = 'ACTIVE'
                JOIN organisation o ON o.id = theirs.organisation_id AND o.status = 'ACTIVE'
                WHERE a.partnership_id = b.partnership_id AND theirs.organisation_id = b.host_organisation_id
                    AND mine.organisation_id = $9 AND a.categories @> '["BOARDS"]'
                    AND a.status = 'ACTIVE' AND a.starts_on <= $10 AND a.expires_on > $10)))
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
                    AND (b.close OR m.person_id = $2 OR m.nominated_by_organisation_id = ANY($4)
                        OR (b.shared AND m.stage IN ('ACTIVE', 'ON_LEAVE', 'ENDED'))
                        OR (b.published AND m.stage IN ('ACTIVE', 'ON_LEAVE') AND EXISTS (
                            SELECT 1 FROM consent c WHERE c.person_id = m.person_id AND c.purpose = 'PUBLISH_NAME'
                                AND (c.withdrawn_at IS NULL OR c.withdrawn_at > $1))))
                    /*end*/
            ))
        ) ORDER BY b.name, b.id), '[]')
        FROM (SELECT * FROM b ORDER BY b.name, b.id LIMIT 100) b
        LEFT JOIN organisation o ON o.id = b.host_organisation_id
            /*viewer*/ AND (o.status <> 'PENDING' OR o.id = ANY($4) OR $11) /*end*/
    ),
    'pageInfo', json_build_object('hasNextPage', (SELECT count(*) > 100 FROM b))
)))::text
