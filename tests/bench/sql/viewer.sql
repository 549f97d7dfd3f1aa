-- Who asks: the statement of `api/src/store/who.rs` for a user.
-- $1 issuer, $2 subject, $3 now, $4 today
WITH account AS (
    SELECT id, person_id, NULL::uuid AS organisation_id, '' AS scopes, NULL::timestamptz AS ends FROM user_account
    WHERE issuer = $1 AND subject = $2 AND status = 'ACTIVE'
),
granted AS (
    SELECT g.role, g.scope_type, g.organisation_id, g.partnership_id, g.board_id, g.valid_from, g.valid_to
    FROM role_grant g JOIN account ON account.id = g.user_id
    WHERE g.valid_to IS NULL OR g.valid_to > $3
),
grants AS (
    SELECT role, scope_type, organisation_id, partnership_id, board_id FROM granted WHERE valid_from <= $3
),
own AS (
    SELECT organisation_id FROM grants WHERE organisation_id IS NOT NULL
    UNION SELECT organisation_id FROM account WHERE organisation_id IS NOT NULL
),
ours AS (
    SELECT m.partnership_id, m.organisation_id
    FROM own
    JOIN organisation o ON o.id = own.organisation_id AND o.status = 'ACTIVE'
    JOIN partnership_member m ON m.organisation_id = own.organisation_id AND m.status = 'ACTIVE'
    JOIN partnership p ON p.id = m.partnership_id AND p.status = 'ACTIVE'
),
agreements AS (
    SELECT a.id, a.partnership_id, a.categories::text AS categories, signed.organisation_id
    FROM ours
    JOIN agreement_party signed ON signed.organisation_id = ours.organisation_id AND signed.signed_at IS NOT NULL
    JOIN data_sharing_agreement a ON a.id = signed.agreement_id AND a.partnership_id = ours.partnership_id
        AND a.status = 'ACTIVE' AND a.starts_on <= $4 AND a.expires_on > $4
)
SELECT 'account' AS kind, scopes AS name, id AS first, person_id AS second, organisation_id AS third, ends AS at
    FROM account
UNION ALL SELECT 'version', CAST(version AS text), NULL, NULL, NULL, NULL
    FROM access_version WHERE name = 'accounts'
UNION ALL SELECT 'change', '', NULL, NULL, NULL, CASE WHEN valid_from > $3 THEN valid_from ELSE valid_to END
    FROM granted WHERE valid_from > $3 OR valid_to IS NOT NULL
UNION ALL SELECT scope_type, role, COALESCE(organisation_id, partnership_id, board_id), NULL, NULL, NULL FROM grants
UNION ALL SELECT 'seat', m.stage, m.board_id, NULL, NULL, NULL
    FROM board_membership m JOIN account ON account.person_id = m.person_id
    WHERE m.stage NOT IN ('ENDED', 'DECLINED', 'WITHDRAWN')
UNION ALL SELECT 'partnership', '', partnership_id, NULL, organisation_id, NULL FROM ours
UNION ALL SELECT 'agreement', categories, id, partnership_id, organisation_id, NULL FROM agreements
UNION ALL SELECT 'party', '', agreements.id, NULL, theirs.organisation_id, NULL
    FROM agreements
    JOIN agreement_party theirs ON theirs.agreement_id = agreements.id AND theirs.signed_at IS NOT NULL
    JOIN partnership_member m ON m.partnership_id = agreements.partnership_id
        AND m.organisation_id = theirs.organisation_id AND m.status = 'ACTIVE'
    JOIN organisation o ON o.id = theirs.organisation_id AND o.status = 'ACTIVE'
