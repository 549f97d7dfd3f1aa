//! The one read outside any scope: who asks, and what they may do now.
//!
//! Everything that scopes ask about a viewer comes from one statement: accounts, grants within their validity, seats,
//! partnerships, agreements signed and with whom. A token says only who it is. What the statement found is remembered, and
//! each request asks whether it still holds: see [`remembered`](super::remembered).

use entity::parties::kinds::IdentifierScheme;
use entity::parties::{organisation_identifier, service_account, service_account_secret};
use std::sync::Arc;

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::{ColumnTrait, DbBackend, DbErr, EntityTrait, QueryFilter, Statement, Value};

use super::remembered::Loaded;
use super::{Store, StoreError, row};

/// Whose account it is, as the token proves it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AccountKey {
    /// A person signed in with an issuer.
    User {
        /// The token's issuer.
        issuer: String,
        /// The token's subject.
        subject: String,
    },
    /// A computer system, by its client id.
    Service {
        /// The client id.
        client_id: String,
    },
}

/// One fact about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFact {
    /// Which kind of fact.
    pub kind: FactKind,
    /// The stored name of a role or a stage, a list of categories, the scopes of a service account; empty for other facts.
    pub name: String,
    /// The first id: the account, the scope of a grant, the board, the partnership, the agreement.
    pub first: Option<Uuid>,
    /// The second: the person, the partnership of an agreement.
    pub second: Option<Uuid>,
    /// The third: the organisation that the fact holds for.
    pub third: Option<Uuid>,
}

/// The kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// The account itself: its id, its person (users) or organisation (services).
    Account,
    /// A grant over the platform.
    PlatformGrant,
    /// A grant over an organisation.
    OrganisationGrant,
    /// A grant over a partnership.
    PartnershipGrant,
    /// A grant over a board.
    BoardGrant,
    /// A place on a board: the stage and the board.
    Seat,
    /// An active membership of a partnership: the partnership, and the organisation.
    Partnership,
    /// An agreement in force that an organisation has signed: the categories it shares, the agreement, its partnership, the
    /// organisation.
    Agreement,
    /// An organisation that has signed such an agreement, and is active as a member of its partnership: the agreement, the
    /// organisation.
    Party,
}

impl FactKind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "account" => Self::Account,
            "PLATFORM" => Self::PlatformGrant,
            "ORGANISATION" => Self::OrganisationGrant,
            "PARTNERSHIP" => Self::PartnershipGrant,
            "BOARD" => Self::BoardGrant,
            "seat" => Self::Seat,
            "partnership" => Self::Partnership,
            "agreement" => Self::Agreement,
            "party" => Self::Party,
            _ => return None,
        })
    }
}

// The nulls are cast because PostgreSQL would take them for texts, which no id equals.
const USER: &str =
    "SELECT id, person_id, CAST(NULL AS uuid) AS organisation_id, '' AS scopes, CAST(NULL AS INSTANT) AS ends
    FROM user_account
    WHERE issuer = $1 AND subject = $2 AND status = 'ACTIVE'";
const SERVICE: &str =
    "SELECT id, CAST(NULL AS uuid) AS person_id, organisation_id, CAST(scopes AS text) AS scopes, expires_at AS ends
    FROM service_account
    WHERE client_id = $1 AND $2 = client_id AND revoked_at IS NULL AND expires_at > $3";

/// What an account may reach. A partnership counts while it is at work and the organisation, itself active, is an active
/// member of it; an agreement, while it is in force and the organisation, such a member, has signed it (`domain.md` 3).
const FACTS: &str = "
granted AS (
    SELECT g.role, g.scope_type, g.organisation_id, g.partnership_id, g.board_id, g.valid_from, g.valid_to
    FROM role_grant g JOIN account ON account.id = GRANTEE
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
    SELECT a.id, a.partnership_id, CATEGORIES AS categories, signed.organisation_id
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
    JOIN organisation o ON o.id = theirs.organisation_id AND o.status = 'ACTIVE'";

impl Store {
    /// The facts about an account as they are now; none when there is no such account, or it is not active.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_facts(
        &self,
        key: &AccountKey,
        now: DateTimeUtc,
    ) -> Result<Arc<[AccountFact]>, StoreError> {
        if let Some(remembered) = self.recalled_facts(key, now) {
            match self.still_holds(remembered.version).await {
                Ok(true) => return Ok(remembered.facts),
                // Whoever shared the check would only crowd the database with statements that are dearer than it.
                Err(error @ StoreError::Unavailable(DbErr::ConnectionAcquire(_))) => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
        let loaded = self.load_account_facts(key, now).await?;
        Ok(self.remembered.keep(key, loaded, now))
    }

    async fn load_account_facts(&self, key: &AccountKey, now: DateTimeUtc) -> Result<Loaded, StoreError> {
        let (first, second, account, grantee) = match key {
            AccountKey::User { issuer, subject } => (issuer, subject, USER, "g.user_id"),
            AccountKey::Service { client_id } => (client_id, client_id, SERVICE, "g.service_account_id"),
        };
        let (categories, instant) = match self.backend() {
            DbBackend::Postgres => ("a.categories::text", "timestamptz"),
            _ => ("a.categories", "text"),
        };
        let facts = FACTS
            .replace("GRANTEE", grantee)
            .replace("CATEGORIES", categories);
        let values: [Value; 4] = [
            first.clone().into(),
            second.clone().into(),
            now.into(),
            now.date_naive().into(),
        ];
        let account = account.replace("INSTANT", instant);
        let sql = format!("WITH account AS ({account}),{facts}");
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let rows = self.readers.all(statement).await?;
        let mut loaded = Loaded::default();
        for found in &rows {
            if let Some(at) = row::instant(found, 5)? {
                loaded.hold_until(at);
            }
            match (row::text(found, 0)?, row::text(found, 1)?) {
                (Some("version"), Some(version)) => loaded.version = version.parse().ok(),
                _ => loaded.facts.extend(fact(found)?),
            }
        }
        Ok(loaded)
    }
}

fn fact(found: &sea_orm::QueryResult) -> Result<Option<AccountFact>, StoreError> {
    let Some(kind) = FactKind::parse(row::text(found, 0)?.unwrap_or_default()) else {
        return Ok(None);
    };
    Ok(Some(AccountFact {
        kind,
        name: row::text(found, 1)?.unwrap_or_default().to_owned(),
        first: row::id(found, 2)?,
        second: row::id(found, 3)?,
        third: row::id(found, 4)?,
    }))
}

/// A service account that may sign in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAccountSecrets {
    /// Its client id.
    pub client_id: String,
    /// What its tokens may be used for.
    pub scopes: Vec<String>,
    /// The hashes of its secrets that hold now.
    pub secret_hashes: Vec<String>,
}

impl Store {
    /// The organisation that a code names now, outside any scope: for issuers that are bound to one by its code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisation_by_code(
        &self,
        scheme: IdentifierScheme,
        value: &str,
    ) -> Result<Option<Uuid>, StoreError> {
        use organisation_identifier::Column as C;
        let found = organisation_identifier::Entity::find()
            .filter(C::Scheme.eq(scheme))
            .filter(C::Value.eq(value))
            .filter(C::ValidTo.is_null());
        let found = self.selected(found).await?;
        Ok(found.first().map(|code| code.organisation_id.0))
    }

    /// The service account with a client id and the hashes of its live secrets; none when it has expired or is revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn service_account(
        &self,
        client_id: &str,
        now: DateTimeUtc,
    ) -> Result<Option<ServiceAccountSecrets>, StoreError> {
        use service_account::Column as A;
        use service_account_secret::Column as S;
        let account = service_account::Entity::find()
            .filter(A::ClientId.eq(client_id))
            .filter(A::RevokedAt.is_null())
            .filter(A::ExpiresAt.gt(now));
        let Some(account) = self.selected(account).await?.into_iter().next() else {
            return Ok(None);
        };
        let secrets = service_account_secret::Entity::find()
            .filter(S::ServiceAccountId.eq(account.id))
            .filter(S::RevokedAt.is_null())
            .filter(S::ExpiresAt.gt(now));
        let secrets = self.selected(secrets).await?;
        Ok(Some(ServiceAccountSecrets {
            client_id: account.client_id,
            scopes: account.scopes.to_vec(),
            secret_hashes: secrets.into_iter().map(|secret| secret.secret_hash).collect(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The triggers that count changes watch these tables, column by column (the tests of the contract try each): whoever
    /// reads another one here adds its triggers, or the facts are remembered too long.
    #[test]
    fn the_facts_come_from_tables_whose_changes_are_counted() {
        let own = ["account", "granted", "grants", "own", "ours", "agreements"];
        let text = format!("{USER} {SERVICE} {FACTS}");
        let words: Vec<&str> = text.split_whitespace().collect();
        let tables: BTreeSet<&str> = words
            .windows(2)
            .filter(|pair| matches!(pair[0], "FROM" | "JOIN"))
            .map(|pair| pair[1])
            .filter(|table| !own.contains(table))
            .collect();
        let counted = [
            "access_version",
            "agreement_party",
            "board_membership",
            "data_sharing_agreement",
            "organisation",
            "partnership",
            "partnership_member",
            "role_grant",
            "service_account",
            "user_account",
        ];
        assert_eq!(tables, BTreeSet::from(counted));
    }
}
