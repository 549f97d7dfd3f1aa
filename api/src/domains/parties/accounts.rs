//! What this server's settings say about accounts: how long access may last, and which issuer may vouch for whom.

use entity::parties::kinds::IdentifierScheme;
use entity::parties::organisation;
use sea_orm::prelude::Uuid;

use super::rules::access::AccessSettings;
use super::rules::identifier;
use crate::auth::AuthSettings;
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::store::{Store, StoreError};

/// What mutations of accounts need of the settings.
#[derive(Clone, Debug, Default)]
pub struct AccountRules {
    /// How long access may last.
    pub access: AccessSettings,
    /// The issuers whose tokens this server accepts.
    pub issuers: Vec<KnownIssuer>,
}

/// An issuer whose tokens this server accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIssuer {
    /// Its `iss`.
    pub issuer: String,
    /// The one organisation whose people it may vouch for; none when it may vouch for everybody. A reference that names
    /// nothing vouches for nobody.
    pub organisation: Option<OrganisationReference>,
}

/// An organisation as settings name it: `organisation_…`, its global id, or `ODS:RX1`, a code of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationReference {
    /// By its id.
    Id(Uuid),
    /// By a code.
    Code {
        /// Who gives out the code.
        scheme: IdentifierScheme,
        /// The code in its normal form.
        value: String,
    },
    /// Neither: a mistake in the settings.
    Unknown,
}

impl OrganisationReference {
    /// Reads a reference. Schemes may be written in small letters.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if let Some(id) = global_id::decode_as(organisation::Entity::PREFIX, text.trim()) {
            return Self::Id(id);
        }
        let code = text.split_once(':').and_then(|(scheme, value)| {
            let scheme: IdentifierScheme = scheme.trim().to_ascii_uppercase().parse().ok()?;
            let value = identifier::normalise(scheme, value).ok()?;
            Some(Self::Code { scheme, value })
        });
        code.unwrap_or(Self::Unknown)
    }

    /// The organisation that is meant, if there is one: an id is taken as it stands, a code costs one look at an index.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, store: &Store) -> Result<Option<Uuid>, StoreError> {
        match self {
            Self::Id(id) => Ok(Some(*id)),
            Self::Code { scheme, value } => store.organisation_by_code(*scheme, value).await,
            Self::Unknown => Ok(None),
        }
    }
}

impl AccountRules {
    /// What the settings say.
    #[must_use]
    pub fn new(auth: &AuthSettings, access: AccessSettings) -> Self {
        let local = auth.local.enabled.then(|| KnownIssuer {
            issuer: auth.local.issuer.clone(),
            organisation: None,
        });
        let trusted = auth.issuers.iter().map(|trusted| KnownIssuer {
            issuer: trusted.issuer.clone(),
            organisation: Some(OrganisationReference::read(&trusted.organisation)),
        });
        Self {
            access,
            issuers: local.into_iter().chain(trusted).collect(),
        }
    }

    /// The issuer with this `iss`, if its tokens are accepted.
    #[must_use]
    pub fn issuer(&self, issuer: &str) -> Option<&KnownIssuer> {
        self.issuers.iter().find(|known| known.issuer == issuer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_named_by_its_id_or_by_a_code() {
        let id = Uuid::from_u128(7);
        let text = global_id::encode(organisation::Entity::PREFIX, id);
        assert_eq!(OrganisationReference::read(&text), OrganisationReference::Id(id));
        let code = OrganisationReference::Code {
            scheme: IdentifierScheme::Ods,
            value: "RX1".into(),
        };
        assert_eq!(OrganisationReference::read("ods: rx1"), code);
        for mistake in [
            "",
            "RX1",
            "ods:",
            "board_00000000000000000000000000000007",
            "nhs:RX1",
        ] {
            assert_eq!(
                OrganisationReference::read(mistake),
                OrganisationReference::Unknown,
                "{mistake}"
            );
        }
    }

    #[test]
    fn the_servers_own_issuer_vouches_for_everybody_while_it_is_enabled() {
        let mut auth = AuthSettings::default();
        let rules = AccountRules::new(&auth, AccessSettings::default());
        let local = rules.issuer(&auth.local.issuer).unwrap();
        assert_eq!(local.organisation, None);
        auth.local.enabled = false;
        assert_eq!(AccountRules::new(&auth, AccessSettings::default()).issuers, []);
    }
}
