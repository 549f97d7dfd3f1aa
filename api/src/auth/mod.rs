//! Who is calling: bearer tokens, the issuers they come from, and the tokens this server issues itself.
//!
//! Roundtable is an OAuth 2.0 resource server (RFC 6750). Partner organisations keep their own identity providers;
//! each is configured as a [`TrustedIssuer`] and may vouch for the people of **one** organisation. Service accounts,
//! and people who try the product out, get their tokens from the [`LocalIssuer`] built into the server.
//!
//! [`Authenticator::verify`] turns a token into an [`Identity`], in this order:
//!
//! 1. The token is taken apart and its header is judged: size, algorithm, no keys of its own.
//! 2. Its `iss`, still unverified, chooses the issuer; only that issuer's keys, algorithms and audience count.
//! 3. Its claims are checked against the server's [`Clock`].
//! 4. Its signature is checked with the issuer's keys, which a background task keeps fresh.
//!
//! **An identity says who, never what they may do.** Grants, agreements and consents are read from the database on
//! every request, so that taking one away works at once, whatever a token says and however long it lives. Scopes of a
//! token can only narrow what its bearer may do.

mod background;
mod check;
mod client_credentials;
mod client_secret;
mod discovery;
mod error;
mod feed_secret;
mod jwks;
mod key_file;
mod keys;
mod local_issuer;
mod settings;
mod stopwatch;
mod token;
mod verified_tokens;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::runtime::Handle;

use self::{
    background::BackgroundTasks,
    jwks::RemoteKeys,
    settings::seconds,
    stopwatch::Stopwatch,
    token::UnverifiedToken,
    verified_tokens::{TokenDigest, VerifiedToken, VerifiedTokens},
};
pub use self::{
    client_credentials::{ClientDirectory, DirectoryUnavailable, ServiceAccountClient, token_routes},
    client_secret::ClientSecret,
    error::{AuthSetupError, KeyFileError, TokenError},
    feed_secret::FeedSecret,
    keys::SignatureAlgorithm,
    local_issuer::{IssueError, LocalClaims, LocalIssuer},
    settings::{
        AuthSettings, ClientCredentialsSettings, JwksSettings, LocalIssuerSettings, TrustedIssuer,
        VerifiedTokenSettings,
    },
};
use crate::clock::Clock;

/// Who a verified token is about. Not what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The `iss`: together with the subject it names one user or service account.
    pub issuer: String,
    /// The `sub`, unique within the issuer only.
    pub subject: String,
    /// The `exp`.
    pub expires_at: DateTime<Utc>,
    /// The service account, on tokens of the local issuer; `None` for tokens of remote issuers, whatever they claim.
    pub client_id: Option<String>,
    /// The `scope`, which can only narrow what the bearer may do; empty if the token says nothing about it.
    pub scopes: Vec<String>,
    /// The partner organisation whose people the issuer may vouch for; `None` for the local issuer.
    pub issuer_organisation: Option<String>,
}

/// Verifies bearer tokens. Cheap to clone; background tasks end when the last clone is dropped.
#[derive(Clone)]
pub struct Authenticator {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    leeway: TimeDelta,
    token_size_limit_bytes: usize,
    issuers: Vec<Issuer>,
    /// Position in `issuers` by `iss`.
    positions: HashMap<String, usize>,
    local: Option<Arc<LocalIssuer>>,
    verified: VerifiedTokens,
    tasks: BackgroundTasks,
}

struct Issuer {
    name: String,
    audience: String,
    algorithms: Vec<SignatureAlgorithm>,
    organisation: Option<String>,
    keys: IssuerKeys,
}

enum IssuerKeys {
    Local(Arc<LocalIssuer>),
    Remote(Arc<RemoteKeys>),
}

impl IssuerKeys {
    fn version(&self) -> Option<u64> {
        match self {
            Self::Local(local) => Some(local.version()),
            Self::Remote(remote) => remote.version(),
        }
    }

    async fn check(&self, token: &UnverifiedToken<'_>) -> Result<u64, TokenError> {
        match self {
            Self::Local(local) => local.check(token),
            Self::Remote(remote) => remote.check(token).await,
        }
    }
}

impl Authenticator {
    /// Opens the local issuer, and begins to fetch the keys of the remote ones. A remote issuer that is down does not
    /// stop the server: its tokens get [`TokenError::IssuerUnavailable`] until it is back.
    ///
    /// # Errors
    /// A setting is not usable, the key file cannot be used, or there is no Tokio runtime.
    pub fn start(
        settings: &AuthSettings,
        clock: Clock,
        data_directory: &Path,
    ) -> Result<Self, AuthSetupError> {
        if let Some(problem) = check::problems(settings).into_iter().next() {
            return Err(problem.into());
        }
        Handle::try_current().map_err(|_| AuthSetupError::NoRuntime)?;
        let tasks = BackgroundTasks::default();
        let stopwatch = Stopwatch::start(clock.clone());
        let mut issuers = Vec::new();
        for trusted in &settings.issuers {
            let keys = RemoteKeys::new(trusted, &settings.jwks, stopwatch.clone(), &tasks)?;
            issuers.push(remote_issuer(trusted, settings, Arc::new(keys)));
        }
        let local = if settings.local.enabled {
            Some(Arc::new(LocalIssuer::open(
                settings,
                clock.clone(),
                data_directory,
            )?))
        } else {
            None
        };
        issuers.extend(local.iter().map(|local| local_issuer(local, settings)));
        for issuer in &issuers {
            match &issuer.keys {
                IssuerKeys::Local(local) => {
                    tasks.spawn("keys of the local issuer", Arc::clone(local).keep_maintained());
                }
                IssuerKeys::Remote(remote) => tasks.spawn("keys of an issuer", Arc::clone(remote).poll()),
            }
        }
        let positions = issuers
            .iter()
            .map(|issuer| issuer.name.clone())
            .zip(0..)
            .collect();
        Ok(Self {
            inner: Arc::new(Inner {
                clock,
                leeway: seconds(settings.leeway_seconds),
                token_size_limit_bytes: settings.token_size_limit_bytes,
                issuers,
                positions,
                local,
                verified: VerifiedTokens::new(&settings.verified_tokens),
                tasks,
            }),
        })
    }

    /// Says who a bearer token is about.
    ///
    /// # Errors
    /// Why the token is not accepted; see [`TokenError::is_temporary`] for the status to answer with.
    pub async fn verify(&self, token: &str) -> Result<Arc<Identity>, TokenError> {
        let inner = &*self.inner;
        if token.len() > inner.token_size_limit_bytes {
            return Err(TokenError::TooLarge {
                limit_bytes: inner.token_size_limit_bytes,
            });
        }
        let digest = TokenDigest::of(token);
        let now = inner.clock.now();
        let version_of = |issuer: usize| inner.issuers.get(issuer)?.keys.version();
        if let Some(identity) = inner.verified.get(digest, now, version_of) {
            return Ok(identity);
        }
        let token = inner.verify_anew(token, now).await?;
        let identity = Arc::clone(&token.identity);
        inner.verified.insert(digest, token);
        Ok(identity)
    }

    /// Whether tokens of an issuer are accepted at all.
    #[must_use]
    pub fn trusts(&self, issuer: &str) -> bool {
        self.inner.positions.contains_key(issuer)
    }

    /// The issuer built into the server, if it is enabled.
    #[must_use]
    pub fn local_issuer(&self) -> Option<&Arc<LocalIssuer>> {
        self.inner.local.as_ref()
    }

    /// Trusted issuers whose tokens cannot be verified at the moment, because their keys could not be fetched.
    #[must_use]
    pub fn unavailable_issuers(&self) -> Vec<&str> {
        let unavailable = self
            .inner
            .issuers
            .iter()
            .filter(|issuer| issuer.keys.version().is_none());
        unavailable.map(|issuer| issuer.name.as_str()).collect()
    }

    /// Ends the background tasks and waits for them.
    pub async fn shut_down(&self) {
        self.inner.tasks.stop();
        self.inner.tasks.ended().await;
    }
}

impl Inner {
    async fn verify_anew(&self, token: &str, now: DateTime<Utc>) -> Result<VerifiedToken, TokenError> {
        let token = token::read(token, self.token_size_limit_bytes)?;
        let position = *self
            .positions
            .get(token.claims.issuer()?)
            .ok_or(TokenError::UnknownIssuer)?;
        let issuer = self.issuers.get(position).ok_or(TokenError::UnknownIssuer)?;
        if !issuer.algorithms.contains(&token.algorithm) {
            return Err(TokenError::AlgorithmNotAllowed);
        }
        // Before the signature: what has expired or is for somebody else makes nobody fetch keys.
        let claims = token.claims.check(&issuer.audience, now, self.leeway)?;
        let keys_version = issuer.keys.check(&token).await?;
        let identity = Identity {
            issuer: issuer.name.clone(),
            subject: claims.subject,
            expires_at: claims.expires_at,
            client_id: claims.client_id.filter(|_| issuer.is_local()),
            scopes: claims.scopes,
            issuer_organisation: issuer.organisation.clone(),
        };
        Ok(VerifiedToken {
            identity: Arc::new(identity),
            issuer: position,
            keys_version,
            verified_at: now,
        })
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.tasks.stop();
    }
}

impl Issuer {
    fn is_local(&self) -> bool {
        matches!(self.keys, IssuerKeys::Local(_))
    }
}

fn remote_issuer(trusted: &TrustedIssuer, settings: &AuthSettings, keys: Arc<RemoteKeys>) -> Issuer {
    Issuer {
        name: trusted.issuer.clone(),
        audience: trusted
            .audience
            .clone()
            .unwrap_or_else(|| settings.audience.clone()),
        algorithms: trusted.algorithms.clone(),
        organisation: Some(trusted.organisation.clone()),
        keys: IssuerKeys::Remote(keys),
    }
}

fn local_issuer(local: &Arc<LocalIssuer>, settings: &AuthSettings) -> Issuer {
    Issuer {
        name: local.issuer().to_owned(),
        audience: settings.audience.clone(),
        algorithms: vec![SignatureAlgorithm::Es256],
        organisation: None,
        keys: IssuerKeys::Local(Arc::clone(local)),
    }
}
