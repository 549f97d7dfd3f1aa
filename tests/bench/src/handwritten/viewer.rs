//! Who asks: the token verified, the facts loaded live.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::Utc;
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
    pub boards: Vec<Uuid>,
    pub memberships: Vec<Uuid>,
    pub platform_administrator: bool,
}

type Fact = (String, String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

impl Viewer {
    /// Loads the facts of an account; none when there is none.
    pub async fn load(pool: &PgPool, identity: &Identity) -> Result<Option<Self>, sqlx::Error> {
        let now = Utc::now();
        let facts: Vec<Fact> = sqlx::query_as(include_str!("../../sql/viewer.sql"))
            .bind(&identity.iss)
            .bind(&identity.sub)
            .bind(now)
            .bind(now.date_naive())
            .fetch_all(pool)
            .await?;
        Ok((!facts.is_empty()).then(|| Self::from_facts(&facts)))
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
            }
        }
        // One organisation, or none: the requests of this benchmark name none to act for.
        let acting = organisations
            .first()
            .copied()
            .filter(|_| organisations.len() == 1);
        viewer.own.extend(acting);
        viewer.administered.retain(|id| Some(*id) == acting);
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
                    let categories: Vec<String> = serde_json::from_str(name).unwrap_or_default();
                    for category in categories {
                        match category.as_str() {
                            "BOARDS" => viewer.boards.push(agreement),
                            "MEMBERSHIPS" => viewer.memberships.push(agreement),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        viewer
    }
}
