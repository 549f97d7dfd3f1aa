-- The board at work in one statement; parameters as in `board.sql`. The viewer's conditions are those of
-- `boards.rs`, `meetings.rs` and `conflicts.rs` in `api/src/policy/areas`, asked once where a row's board decides.
WITH b AS MATERIALIZED (
    SELECT b.id, b.name, b.status
        /*viewer*/,
        (b.id = ANY($5) OR b.id = ANY($6)) AS own,
        b.host_organisation_id = ANY($4) AS hosted
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
    'id', b.id, 'name', b.name, 'status', b.status,
    'meetings', json_build_object('nodes', (
        SELECT COALESCE(json_agg(json_build_object(
            'id', m.id, 'title', m.title, 'startsAt', m.starts_at, 'endsAt', m.ends_at, 'status', m.status,
            'venue', m.venue,
            'actions', json_build_object('nodes', (
                SELECT COALESCE(json_agg(json_build_object(
                    'id', a.id, 'title', a.title, 'dueOn', a.due_on, 'status', a.status
                ) ORDER BY a.due_on, a.id), '[]')
                FROM (
                    SELECT a.id, a.title, a.due_on, a.status
                    FROM board_action a
                    WHERE a.meeting_id = m.id
                        /*viewer*/
                        AND (((b.own OR a.owner_person_id = $2) AND NOT EXISTS (
                                SELECT 1 FROM agenda_item i WHERE i.id = a.agenda_item_id AND i.confidential AND EXISTS (
                                    SELECT 1 FROM conflict_declaration d WHERE d.agenda_item_id = i.id
                                        AND d.person_id = $2 AND d.assessment = 'RECUSE')))
                            OR (b.hosted AND NOT EXISTS (
                                SELECT 1 FROM agenda_item i WHERE i.id = a.agenda_item_id AND i.confidential)))
                        /*end*/
                    ORDER BY a.due_on, a.id LIMIT 5
                ) a
            ))
        ) ORDER BY m.starts_at DESC, m.id DESC), '[]')
        FROM (
            SELECT m.id, m.title, m.starts_at, m.ends_at, m.status, m.venue
            FROM meeting m
            WHERE m.board_id = b.id AND m.status = 'HELD'
                /*viewer*/
                AND (b.own OR b.hosted OR m.published_at IS NOT NULL OR EXISTS (
                    SELECT 1 FROM attendance t WHERE t.meeting_id = m.id AND t.person_id = $2))
                /*end*/
            ORDER BY m.starts_at DESC, m.id DESC LIMIT 10
        ) m
    ))
)))::text
FROM b
