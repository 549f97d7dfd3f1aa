//! The issuer built into the server: ES256 tokens for service accounts and for trying the product out.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    error::{KeyFileError, TokenError},
    key_file::{self, StoredKey, StoredKeys},
    keys::{KeySet, SignatureAlgorithm, SignatureCheck, VerificationKey},
    settings::{AuthSettings, LocalIssuerSettings, seconds},
    token::UnverifiedToken,
};
use crate::clock::Clock;

/// What a local token says besides who it is for.
#[derive(Clone, Debug, Default)]
pub struct LocalClaims {
    /// The service account's client id, if it is one's token.
    pub client_id: Option<String>,
    /// What the token may be used for at most; empty says nothing about it.
    pub scopes: Vec<String>,
}

/// Why no token was issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// The subject is empty, longer than 255 bytes, or contains control characters.
    #[error("the subject of a token must have 1 to 255 bytes and no control characters")]
    Subject,
    /// The lifetime is not positive, or longer than `longest_token_lifetime_seconds`.
    #[error("the lifetime of a token must be between 1 and {longest_seconds} seconds")]
    Lifetime {
        /// The longest one allowed, in seconds.
        longest_seconds: u32,
    },
    /// The cryptographic library failed.
    #[error("the token could not be signed")]
    Signing,
}

/// Issues tokens and publishes the keys that verify them.
///
/// A new key replaces the signing key once per rotation period. It is published two looks at the key file before it
/// signs, so that other nodes know it in time; the old one is published until its last token has expired.
pub struct LocalIssuer {
    settings: LocalIssuerSettings,
    audience: String,
    leeway: TimeDelta,
    clock: Clock,
    path: PathBuf,
    keys: RwLock<Arc<LoadedKeys>>,
}

struct LoadedKeys {
    stored: StoredKeys,
    /// In the order of `stored`, oldest first.
    signing: Vec<SigningKey>,
    public: KeySet,
    document: Value,
    /// Grows whenever the keys change.
    version: u64,
}

struct SigningKey {
    id: String,
    signs_from: DateTime<Utc>,
    key: EncodingKey,
}

#[derive(Serialize)]
struct IssuedClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

impl LocalIssuer {
    /// Opens the key file, making the first key if there is none.
    ///
    /// # Errors
    /// The key file cannot be read, is damaged, or cannot be written.
    pub fn open(settings: &AuthSettings, clock: Clock, data_directory: &Path) -> Result<Self, KeyFileError> {
        let local = settings.local.clone();
        let path = local
            .key_file
            .clone()
            .unwrap_or_else(|| data_directory.join("issuer-keys.json"));
        let stored = open_or_create(&path, clock.now())?;
        let keys = LoadedKeys::load(stored, 1, &path)?;
        Ok(Self {
            audience: settings.audience.clone(),
            leeway: seconds(settings.leeway_seconds),
            settings: local,
            clock,
            path,
            keys: RwLock::new(Arc::new(keys)),
        })
    }

    /// The `iss` of its tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// How long tokens of the token endpoint live.
    #[must_use]
    pub fn token_lifetime(&self) -> TimeDelta {
        seconds(
            self.settings
                .token_lifetime_seconds
                .min(self.settings.longest_token_lifetime_seconds),
        )
    }

    /// Issues a token for `subject` that lives for `lifetime`, in whole seconds.
    ///
    /// # Errors
    /// The subject or the lifetime is not allowed, or signing fails.
    pub fn issue(
        &self,
        subject: &str,
        claims: &LocalClaims,
        lifetime: TimeDelta,
    ) -> Result<String, IssueError> {
        if subject.is_empty() || subject.len() > 255 || subject.chars().any(char::is_control) {
            return Err(IssueError::Subject);
        }
        let longest_seconds = self.settings.longest_token_lifetime_seconds;
        if lifetime < TimeDelta::seconds(1) || lifetime > seconds(longest_seconds) {
            return Err(IssueError::Lifetime { longest_seconds });
        }
        let now = self.clock.now();
        let keys = self.keys();
        let key = keys.signing_at(now).ok_or(IssueError::Signing)?;
        let claims = IssuedClaims {
            iss: &self.settings.issuer,
            sub: subject,
            aud: &self.audience,
            iat: now.timestamp(),
            exp: now.timestamp() + lifetime.num_seconds(),
            jti: token_id(),
            client_id: claims.client_id.as_deref(),
            scope: (!claims.scopes.is_empty()).then(|| claims.scopes.join(" ")),
        };
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(key.id.clone());
        encode(&header, &claims, &key.key).map_err(|_| IssueError::Signing)
    }

    /// The public keys as a JSON Web Key Set (RFC 7517); key ids are thumbprints (RFC 7638).
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.keys().document.clone()
    }

    /// Adds a signing key now; it takes over after two looks at the key file.
    ///
    /// # Errors
    /// The key file cannot be read or written.
    pub fn rotate(&self) -> Result<(), KeyFileError> {
        self.change_keys(|_| true)
    }

    /// Reads what other nodes wrote, adds a key if one is due, and drops keys whose tokens have all expired.
    ///
    /// # Errors
    /// The key file cannot be read or written; the keys in memory stay in use.
    pub fn maintain(&self) -> Result<(), KeyFileError> {
        let now = self.clock.now();
        let period = TimeDelta::days(self.settings.key_rotation_days.into());
        match key_file::load(&self.path)? {
            Some(stored) if !self.needs_change(&stored, now, period) => self.adopt(stored),
            _ => self.change_keys(|stored| stored.is_rotation_due(now, period)),
        }
    }

    fn needs_change(&self, stored: &StoredKeys, now: DateTime<Utc>, period: TimeDelta) -> bool {
        stored.is_rotation_due(now, period) || *stored != stored.clone().without_expired(now, self.kept_for())
    }

    /// A replaced key outlives the longest token, plus the time other nodes may still sign with it.
    fn kept_for(&self) -> TimeDelta {
        seconds(self.settings.longest_token_lifetime_seconds) + self.leeway + self.head_start()
    }

    fn head_start(&self) -> TimeDelta {
        seconds(self.settings.key_file_check_seconds) * 2
    }

    fn change_keys(&self, adds_key: impl FnOnce(&StoredKeys) -> bool) -> Result<(), KeyFileError> {
        let now = self.clock.now();
        let mut written = None;
        key_file::update(&self.path, |stored| {
            // A file that was removed is written again from memory: running nodes go on accepting their tokens.
            let stored = stored.unwrap_or_else(|| self.keys().stored.clone());
            let adds_key = adds_key(&stored);
            let mut stored = stored.without_expired(now, self.kept_for());
            if adds_key {
                stored.keys.push(StoredKey::generate(now + self.head_start())?);
            }
            written = Some(stored.clone());
            Ok(Some(stored))
        })?;
        written.map_or(Ok(()), |stored| self.adopt(stored))
    }

    fn adopt(&self, stored: StoredKeys) -> Result<(), KeyFileError> {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        if keys.stored != stored {
            *keys = Arc::new(LoadedKeys::load(stored, keys.version + 1, &self.path)?);
        }
        Ok(())
    }

    /// Maintains the keys at the pace of `key_file_check_seconds`, for ever.
    pub(super) async fn keep_maintained(self: Arc<Self>) {
        let pause = Duration::from_secs(self.settings.key_file_check_seconds.max(1).into());
        loop {
            // A few hundred bytes, once a minute: not worth a thread of its own.
            if let Err(error) = self.maintain() {
                tracing::warn!(%error, "the keys of the local issuer stay as they are");
            }
            tokio::time::sleep(pause).await;
        }
    }

    pub(super) fn version(&self) -> u64 {
        self.keys().version
    }

    pub(super) fn check(&self, token: &UnverifiedToken<'_>) -> Result<u64, TokenError> {
        if !token.is_typed_access_token {
            return Err(TokenError::NotAnAccessToken);
        }
        let keys = self.keys();
        let id = token.key_id.as_deref();
        match keys
            .public
            .check(id, token.algorithm, token.message, token.signature)
        {
            SignatureCheck::Valid => Ok(keys.version),
            SignatureCheck::Invalid => Err(TokenError::InvalidSignature),
            SignatureCheck::UnknownKey => Err(TokenError::UnknownKey),
        }
    }

    fn keys(&self) -> Arc<LoadedKeys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl LoadedKeys {
    fn load(stored: StoredKeys, version: u64, path: &Path) -> Result<Self, KeyFileError> {
        let unreadable = || KeyFileError::Unreadable {
            path: path.to_owned(),
        };
        let mut signing = Vec::new();
        let mut jwks = Vec::new();
        for stored in &stored.keys {
            let key = EncodingKey::from_ec_der(&stored.pkcs8().ok_or_else(unreadable)?);
            let jwk = public_key(&key).map_err(|_| unreadable())?;
            let id = jwk.common.key_id.clone().unwrap_or_default();
            signing.push(SigningKey {
                id,
                signs_from: stored.signs_from,
                key,
            });
            jwks.push(jwk);
        }
        let allowed = [SignatureAlgorithm::Es256];
        let public = jwks
            .iter()
            .filter_map(|jwk| VerificationKey::read(jwk, &allowed))
            .collect();
        Ok(Self {
            stored,
            signing,
            public: KeySet::new(public),
            document: json!({ "keys": jwks }),
            version,
        })
    }

    /// The newest key whose time has come; the oldest, should the clock have been set back before all of them.
    fn signing_at(&self, now: DateTime<Utc>) -> Option<&SigningKey> {
        self.signing
            .iter()
            .rev()
            .find(|key| key.signs_from <= now)
            .or_else(|| self.signing.first())
    }
}

fn open_or_create(path: &Path, now: DateTime<Utc>) -> Result<StoredKeys, KeyFileError> {
    if let Some(stored) = key_file::load(path)? {
        return Ok(stored);
    }
    let first = StoredKeys {
        keys: vec![StoredKey::generate(now)?],
    };
    let mut kept = first.clone();
    key_file::update(path, |other_node| {
        Ok(match other_node {
            Some(stored) => {
                kept = stored;
                None
            }
            None => Some(first),
        })
    })?;
    Ok(kept)
}

fn public_key(key: &EncodingKey) -> jsonwebtoken::errors::Result<Jwk> {
    let mut jwk = Jwk::from_encoding_key(key, Algorithm::ES256)?;
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    jwk.common.key_id = Some(jwk.thumbprint(ThumbprintHash::SHA256)?);
    Ok(jwk)
}

/// 128 random bits, base64url.
fn token_id() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}
