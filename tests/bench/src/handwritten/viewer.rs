//! Who asks: the token verified, the facts loaded, and remembered while the database counts no change (as Roundtable does).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, Utc};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use moka::sync::Cache;
use sea_orm::sqlx::{self, PgPool};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{BenchError, During};

/// Verifies tokens and remembers those that were good.
pub(super) struct Tokens {
    keys: Vec<DecodingKey>,
    validation: Validation,
    verified: Cache<[u8; 32], Identity>,
    remembered: Cache<(String, String), Remembered>,
}

/// The facts about a viewer, as of a number of changes and a day.
#[derive(Clone)]
struct Remembered {
    version: i64,
    day: NaiveDate,
    viewer: Arc<Viewer>,
}

/// What a token says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Identity {
    iss: String,
    sub: String,
    exp: i64,
}

impl Tokens {
    /// With the keys of a JWKS file.
    pub fn read(path: &Path) -> Result<Self, BenchError> {
        let text = fs::read_to_string(path).during("reading the keys")?;
        let set: JwkSet = serde_json::from_str(&text)?;
        let keys = set
            .keys
            .iter()
            .map(DecodingKey::from_jwk)
            .collect::<Result<_, _>>();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&["roundtable"]);
        validation.set_issuer(&[crate::world::ISSUER]);
        Ok(Self {
            keys: keys.map_err(|error| BenchError::new(error.to_string()))?,
            validation,
            verified: Cache::new(10_000),
            remembered: Cache::new(10_000),
        })
    }

    pub fn verify(&self, token: &str) -> Option<Identity> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        if let Some(identity) = self.verified.get(&digest) {
            return (identity.exp > Utc::now().timestamp()).then_some(identity);
        }
        let mut good = self
            .keys
            .iter()
            .filter_map(|key| jsonwebtoken::decode::<Identity>(token, key, &self.validation).ok());
        let identity = good.next()?.claims;
        self.verified.insert(digest, identity.clone());
        Some(identity)
    }

    /// The facts of an account as they are now; none when there is no account.
    pub async fn viewer(
        &self,
        pool: &PgPool,
        identity: &Identity,
    ) -> Result<Option<Arc<Viewer>>, sqlx::Error> {
        let key = (identity.iss.clone(), identity.sub.clone());
        let day = Utc::now().date_naive();
        if let Some(remembered) = self.remembered.get(&key)
            && remembered.day == day
        {
            let version = "SELECT version FROM access_version WHERE name = 'accounts'";
            if sqlx::query_scalar::<_, i64>(version).fetch_one(pool).await? == remembered.version {
                return Ok(Some(remembered.viewer));
            }
        }
        let Some((version, viewer)) = Viewer::load(pool, identity).await? else {
            return Ok(None);
        };
        let viewer = Arc::new(viewer);
        let remembered = Remembered {
            version,
            day,
            viewer: viewer.clone(),
        };
        self.remembered.insert(key, remembered);
        Ok(Some(viewer))
    }
}

/// The facts about a viewer, as the statements take them.
#[derive(Debug, Default)]
pub(super) struct Viewer {
    pub person: Option<Uuid>,
    pub own: Vec<Uuid>,
    pub administered: Vec<Uuid>,
    pub chaired: Vec<Uuid>,
    pub seated: Vec<Uuid>,
    pub prospective: Vec<Uuid>,
    /// Pairs of partnership and organisation: all the partnerships, then all the organisations.
    pub boards: Vec<Uuid>,
    pub memberships: Vec<Uuid>,
    pub platform_administrator: bool,
    /// Organisations that the viewer administers or commissions for.
    pub commissioning: Vec<Uuid>,
    /// The same, and those for which the viewer provides.
    pub providing: Vec<Uuid>,
}

type Fact = (String, String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

impl Viewer {
    /// Loads the facts of an account, with the number of changes so far; none when there is none.
    async fn load(pool: &PgPool, identity: &Identity) -> Result<Option<(i64, Self)>, sqlx::Error> {
        let now = Utc::now();
        let facts: Vec<Fact> = sqlx::query_as(include_str!("../../sql/viewer.sql"))
            .bind(&identity.iss)
            .bind(&identity.sub)
            .bind(now)
            .bind(now.date_naive())
            .fetch_all(pool)
            .await?;
        let version = facts.iter().find(|(kind, ..)| kind == "version");
        let version = version.and_then(|(_, version, ..)| version.parse().ok());
        let known = facts.iter().any(|(kind, ..)| kind == "account");
        Ok(version
            .filter(|_| known)
            .map(|version| (version, Self::from_facts(&facts))))
    }

    fn from_facts(facts: &[Fact]) -> Self {
        let mut viewer = Self::default();
        let mut organisations = BTreeSet::new();
        for (kind, name, first, ..) in facts {
            if let ("ORGANISATION", Some(id)) = (kind.as_str(), first) {
                organisations.insert(*id);
                if name == "ORGANISATION_ADMIN" {
                    viewer.administered.push(*id);
                }
                if name == "ORGANISATION_ADMIN" || name == "COMMISSIONER" {
                    viewer.commissioning.push(*id);
                }
                if name == "ORGANISATION_ADMIN" || name == "COMMISSIONER" || name == "PROVIDER_USER" {
                    viewer.providing.push(*id);
                }
            }
        }
        // One organisation, or none: the requests of this benchmark name none to act for.
        let acting = organisations
            .first()
            .copied()
            .filter(|_| organisations.len() == 1);
        viewer.own.extend(acting);
        for organisations in [
            &mut viewer.administered,
            &mut viewer.commissioning,
            &mut viewer.providing,
        ] {
            organisations.retain(|id| Some(*id) == acting);
        }
        let (mut boards, mut memberships) = (Vec::new(), Vec::new());
        for (kind, name, first, second, third) in facts {
            match (kind.as_str(), *first) {
                ("account", _) => viewer.person = *second,
                ("PLATFORM", _) => viewer.platform_administrator |= name == "PLATFORM_ADMIN",
                ("BOARD", Some(board)) if name == "CHAIR" || name == "FACILITATOR" => {
                    viewer.chaired.push(board)
                }
                ("seat", Some(board)) if name == "ACTIVE" || name == "ON_LEAVE" => viewer.seated.push(board),
                ("seat", Some(board)) => viewer.prospective.push(board),
                ("agreement", Some(agreement)) if acting.is_some() && *third == acting => {
                    let partnership = second.unwrap_or_default();
                    let parties = facts
                        .iter()
                        .filter(|fact| fact.0 == "party" && fact.2 == Some(agreement));
                    let pairs: Vec<(Uuid, Uuid)> = parties
                        .filter_map(|party| Some((partnership, party.4?)))
                        .collect();
                    let categories: Vec<String> = serde_json::from_str(name).unwrap_or_default();
                    for category in categories {
                        match category.as_str() {
                            "BOARDS" => boards.extend_from_slice(&pairs),
                            "MEMBERSHIPS" => memberships.extend_from_slice(&pairs),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        viewer.boards = halves(boards);
        viewer.memberships = halves(memberships);
        viewer
    }
}

fn halves(pairs: Vec<(Uuid, Uuid)>) -> Vec<Uuid> {
    let (firsts, seconds): (Vec<Uuid>, Vec<Uuid>) = pairs.into_iter().unzip();
    [firsts, seconds].concat()
}
