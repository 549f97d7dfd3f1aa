-- The board page in one statement. The viewer's conditions stand between `/*viewer*/` and `/*end*/`; they are those of
-- `api/src/policy/areas/boards.rs` and `api/src/policy/reach.rs`, asked once where a row's board decides.
-- $1 now, $2 person, $3 own organisations, $4 administered organisations, $5 chaired, $6 seated, $7 prospective boards,
-- $8 partnership and organisation of those who share boards, $9 of those who share memberships, $10 platform administrator, $11 board
WITH b AS MATERIALIZED (
    SELECT b.id, b.name, b.kind, b.status, b.purpose
        /*viewer*/,
        b.published_at <= $1 AS published,
        (b.id = ANY($5) OR b.id = ANY($6) OR b.host_organisation_id = ANY($4)) AS close,
        ($10 OR b.host_organisation_id = ANY($3)
            OR (b.partnership_id, b.host_organisation_id) IN (SELECT first, second
                FROM (SELECT $9::uuid[] AS ids, cardinality($9::uuid[]) / 2 AS half) o,
                    unnest(o.ids[:half], o.ids[half + 1:]) AS pair(first, second))) AS shared
        /*end*/
    FROM board b
    WHERE b.id = $11
        /*viewer*/
        AND (b.published_at <= $1 OR b.id = ANY($5) OR b.id = ANY($6) OR b.id = ANY($7)
            OR b.host_organisation_id = ANY($3) OR $10
            OR (b.partnership_id, b.host_organisation_id) IN (SELECT first, second
                FROM (SELECT $8::uuid[] AS ids, cardinality($8::uuid[]) / 2 AS half) o,
                    unnest(o.ids[:half], o.ids[half + 1:]) AS pair(first, second)))
        /*end*/
)
SELECT json_build_object('data', json_build_object('board', json_build_object(
    'id', b.id, 'name', b.name, 'kind', b.kind, 'status', b.status, 'purpose', b.purpose,
    'memberships', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', m.id, 'stage', m.stage, 'fromOn', m.from_on, 'toOn', m.to_on,
            'person', json_build_object('id', p.id, 'displayName', p.display_name),
            'nominatedByOrganisation',
                CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END
        ) ORDER BY m.created_at, m.id), '[]')
        FROM (
            SELECT m.id, m.stage, m.from_on, m.to_on, m.created_at, m.person_id, m.nominated_by_organisation_id
            FROM board_membership m
            WHERE m.board_id = b.id
                /*viewer*/
                AND ((b.shared AND m.stage IN ('ACTIVE', 'ON_LEAVE', 'ENDED')) OR b.close
                    OR m.person_id = $2 OR m.nominated_by_organisation_id = ANY($4)
                    OR (b.published AND m.stage IN ('ACTIVE', 'ON_LEAVE') AND EXISTS (
                        SELECT 1 FROM consent c WHERE c.person_id = m.person_id AND c.purpose = 'PUBLISH_NAME'
                            AND (c.withdrawn_at IS NULL OR c.withdrawn_at > $1))))
                /*end*/
            ORDER BY m.created_at, m.id LIMIT 25
        ) m
        JOIN person p ON p.id = m.person_id
        LEFT JOIN organisation o ON o.id = m.nominated_by_organisation_id
            /*viewer*/ AND (o.status <> 'PENDING' OR o.id = ANY($4) OR $10) /*end*/
    )),
    'history', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', c.id, 'fromStage', c.from_stage, 'toStage', c.to_stage, 'changedAt', c.changed_at, 'waiver', c.waiver
        ) ORDER BY c.changed_at DESC, c.id), '[]')
        FROM (
            SELECT c.id, c.from_stage, c.to_stage, c.changed_at, c.waiver
            FROM board_membership_change c
            /*viewer*/ JOIN board_membership m ON m.id = c.membership_id /*end*/
            WHERE c.board_id = b.id
                /*viewer*/
                AND (b.close OR c.person_id = $2 OR c.to_stage IN ('ACTIVE', 'ON_LEAVE', 'ENDED'))
                AND ((b.shared AND m.stage IN ('ACTIVE', 'ON_LEAVE', 'ENDED')) OR b.close
                    OR m.person_id = $2 OR m.nominated_by_organisation_id = ANY($4)
                    OR (b.published AND m.stage IN ('ACTIVE', 'ON_LEAVE') AND EXISTS (
                        SELECT 1 FROM consent c WHERE c.person_id = m.person_id AND c.purpose = 'PUBLISH_NAME'
                            AND (c.withdrawn_at IS NULL OR c.withdrawn_at > $1))))
                /*end*/
            ORDER BY c.changed_at DESC, c.id LIMIT 10
        ) c
    ))
)))::text
FROM b
