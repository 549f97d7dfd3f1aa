//! Fetching an issuer's keys: `OpenID` Connect Discovery 1.0, section 4, then its JWKS.
//!
//! The issuer is trusted to name its keys, but its answers are read like those of a stranger: within time, within a
//! size, over TLS, and without being sent on to another host.

use std::{sync::Arc, time::Duration};

use reqwest::{Client, Url, redirect};
use serde::Deserialize;

use super::{
    error::AuthSetupError,
    keys::{KeySet, SignatureAlgorithm},
    settings::{JwksSettings, TrustedIssuer},
};

/// Why an issuer's keys could not be had this time. Logged for the operator.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("no answer: {0}")]
    Request(Arc<reqwest::Error>),
    #[error("{url} answered {status}")]
    Status { url: Url, status: u16 },
    #[error("the answer of {url} is longer than {limit_bytes} bytes")]
    TooLarge { url: Url, limit_bytes: usize },
    #[error("{url} is not an OpenID Connect discovery document")]
    NotDiscovery { url: Url },
    #[error("{url} says its issuer is {found:?}: the configured issuer must be spelt exactly like that")]
    OtherIssuer { url: Url, found: String },
    #[error("the discovery document names {0:?} as jwks_uri, which is not an https address")]
    KeyAddress(String),
    #[error("{url} is not a JSON Web Key Set")]
    NotKeySet { url: Url },
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        Self::Request(Arc::new(error))
    }
}

enum KeySource {
    Address(Url),
    Discovery(Url),
}

/// Fetches the keys of one issuer.
pub(super) struct KeyFetcher {
    client: Client,
    issuer: String,
    source: KeySource,
    algorithms: Vec<SignatureAlgorithm>,
    limit_bytes: usize,
    allow_plain_http: bool,
}

impl KeyFetcher {
    /// # Errors
    /// The issuer or `jwks_uri` is no `https` address (or `http` on this machine), or no client can be made.
    pub(super) fn new(trusted: &TrustedIssuer, settings: &JwksSettings) -> Result<Self, AuthSetupError> {
        let issuer = trusted.issuer.as_str();
        let address = |address: &str| {
            let problem = |problem| AuthSetupError::setting("issuers", format!("{address:?} {problem}"));
            check_address(address).map_err(problem)
        };
        let source = match &trusted.jwks_uri {
            Some(keys) => KeySource::Address(address(keys)?),
            None => KeySource::Discovery(discovery_document(address(issuer)?)),
        };
        let (KeySource::Address(url) | KeySource::Discovery(url)) = &source;
        let local = is_this_machine(url);
        Ok(Self {
            client: client(settings, local)?,
            issuer: trusted.issuer.clone(),
            algorithms: trusted.algorithms.clone(),
            limit_bytes: settings.response_size_limit_bytes,
            allow_plain_http: local,
            source,
        })
    }

    /// Fetches the keys the issuer has now.
    pub(super) async fn fetch(&self) -> Result<KeySet, FetchError> {
        let url = match &self.source {
            KeySource::Address(url) => url.clone(),
            KeySource::Discovery(url) => self.discover(url).await?,
        };
        let document = self.get(&url).await?;
        KeySet::read(&document, &self.algorithms).ok_or(FetchError::NotKeySet { url })
    }

    async fn discover(&self, url: &Url) -> Result<Url, FetchError> {
        #[derive(Deserialize)]
        struct Document {
            issuer: String,
            jwks_uri: String,
        }
        let document: Document = serde_json::from_slice(&self.get(url).await?)
            .map_err(|_| FetchError::NotDiscovery { url: url.clone() })?;
        if document.issuer != self.issuer {
            return Err(FetchError::OtherIssuer {
                url: url.clone(),
                found: document.issuer,
            });
        }
        Url::parse(&document.jwks_uri)
            .ok()
            .filter(|keys| keys.scheme() == "https" || (self.allow_plain_http && is_this_machine(keys)))
            .ok_or(FetchError::KeyAddress(document.jwks_uri))
    }

    async fn get(&self, url: &Url) -> Result<Vec<u8>, FetchError> {
        let mut response = self
            .client
            .get(url.clone())
            .header("accept", "application/json")
            .send()
            .await?;
        if !response.status().is_success() {
            return Err(FetchError::Status {
                url: url.clone(),
                status: response.status().as_u16(),
            });
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > self.limit_bytes {
                return Err(FetchError::TooLarge {
                    url: url.clone(),
                    limit_bytes: self.limit_bytes,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

fn client(settings: &JwksSettings, local: bool) -> Result<Client, AuthSetupError> {
    let limit = settings.redirect_limit;
    let same_origin = redirect::Policy::custom(move |attempt| {
        let stays = attempt
            .previous()
            .first()
            .is_some_and(|first| first.origin() == attempt.url().origin());
        if stays && attempt.previous().len() <= limit {
            attempt.follow()
        } else {
            attempt.stop()
        }
    });
    let builder = Client::builder()
        .redirect(same_origin)
        .connect_timeout(Duration::from_secs(settings.connect_timeout_seconds.into()))
        .timeout(Duration::from_secs(settings.request_timeout_seconds.into()));
    let builder = if local {
        builder.no_proxy()
    } else {
        builder.https_only(true)
    };
    builder.build().map_err(AuthSetupError::HttpClient)
}

/// `OpenID` Connect Discovery, section 4.1: the well-known path comes after the issuer's own, without a doubled slash.
fn discovery_document(mut issuer: Url) -> Url {
    let path = format!(
        "{}/.well-known/openid-configuration",
        issuer.path().trim_end_matches('/')
    );
    issuer.set_path(&path);
    issuer.set_query(None);
    issuer
}

/// Reads the address of an issuer or its keys: `https`, or `http` on this machine.
///
/// # Errors
/// What would be right.
pub(super) fn check_address(address: &str) -> Result<Url, &'static str> {
    let url = Url::parse(address)
        .map_err(|_| "is not an address; give the whole one, such as https://login.example.org")?;
    if url.fragment().is_some() {
        return Err("must have no fragment (#)");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        _ => Err("must begin with https://, or whoever is on the way could replace the keys"),
    }
}

/// Whether the address is a loopback one, where plain HTTP crosses no network.
fn is_this_machine(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost" | "[::1]") => true,
        Some(host) => host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

#[cfg(test)]
mod tests;
