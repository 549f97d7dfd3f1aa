-- Who asks, live: the statement of `api/src/store/who.rs` for a user.
-- $1 issuer, $2 subject, $3 now, $4 today
WITH account AS (
    SELECT id, person_id, NULL::uuid AS organisation_id FROM user_account
    WHERE issuer = $1 AND subject = $2 AND status = 'ACTIVE'
),
grants AS (
    SELECT g.role, g.scope_type, g.organisation_id, g.partnership_id, g.board_id
    FROM role_grant g JOIN account ON account.id = g.user_id
    WHERE g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to > $3)
),
own AS (
    SELECT organisation_id FROM grants WHERE organisation_id IS NOT NULL
    UNION SELECT organisation_id FROM account WHERE organisation_id IS NOT NULL
),
membership AS (
    SELECT m.partnership_id, m.organisation_id
    FROM partnership_member m
    JOIN partnership p ON p.id = m.partnership_id AND p.status = 'ACTIVE'
    JOIN organisation o ON o.id = m.organisation_id AND o.status = 'ACTIVE'
    WHERE m.status = 'ACTIVE'
)
SELECT 'account' AS kind, '' AS name, id AS first, person_id AS second, organisation_id AS third FROM account
UNION ALL SELECT scope_type, role, COALESCE(organisation_id, partnership_id, board_id), NULL, NULL FROM grants
UNION ALL SELECT 'seat', m.stage, m.board_id, NULL, NULL
    FROM board_membership m JOIN account ON account.person_id = m.person_id
    WHERE m.stage NOT IN ('ENDED', 'DECLINED', 'WITHDRAWN')
UNION ALL SELECT 'partnership', '', m.partnership_id, NULL, m.organisation_id
    FROM membership m JOIN own ON own.organisation_id = m.organisation_id
UNION ALL SELECT 'share', a.categories::text, a.partnership_id, theirs.organisation_id, mine.organisation_id
    FROM own
    JOIN agreement_party mine ON mine.organisation_id = own.organisation_id AND mine.signed_at IS NOT NULL
    JOIN data_sharing_agreement a ON a.id = mine.agreement_id
        AND a.status = 'ACTIVE' AND a.starts_on <= $4 AND a.expires_on >= $4
    JOIN agreement_party theirs ON theirs.agreement_id = a.id AND theirs.signed_at IS NOT NULL
    JOIN membership ours ON ours.partnership_id = a.partnership_id AND ours.organisation_id = mine.organisation_id
    JOIN membership other ON other.partnership_id = a.partnership_id AND other.organisation_id = theirs.organisation_id
