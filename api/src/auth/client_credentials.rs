//! The token endpoint for service accounts: OAuth 2.0 client credentials (RFC 6749, section 4.4), and the keys that
//! verify its tokens.
//!
//! `POST /oauth/token` takes a form, as RFC 6749 has it: `grant_type=client_credentials`, optionally `scope`, and the
//! client's id and secret by HTTP Basic or in the form. `GET /.well-known/jwks.json` publishes the keys.

mod attempts;
mod request;
mod response;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use self::{
    attempts::Attempts,
    request::{TokenRequest, grant},
    response::{IssuedToken, Refusal},
};
use super::{
    client_secret::matches_any,
    local_issuer::{LocalClaims, LocalIssuer},
    settings::ClientCredentialsSettings,
};
use crate::clock::Clock;

/// A service account that may ask for tokens now.
#[derive(Clone, Debug)]
pub struct ServiceAccountClient {
    /// The `sub` of its tokens.
    pub subject: String,
    /// Its client id.
    pub client_id: String,
    /// The scopes it may have; a token gets these or fewer.
    pub scopes: Vec<String>,
    /// Hashes ([`ClientSecret::hash`](super::ClientSecret::hash)) of the secrets it may use: two while one replaces the
    /// other.
    pub secret_hashes: Vec<String>,
}

/// The service accounts, as the token endpoint needs them.
pub trait ClientDirectory: Send + Sync + 'static {
    /// The service account with this client id; `None` if there is none, or it has expired or is suspended.
    ///
    /// The endpoint compares the secret itself, in constant time, so that no directory has to get that right.
    ///
    /// # Errors
    /// The directory cannot be asked at the moment.
    fn find(
        &self,
        client_id: &str,
    ) -> impl Future<Output = Result<Option<ServiceAccountClient>, DirectoryUnavailable>> + Send;
}

/// The directory of service accounts cannot be asked at the moment. Whoever returns it has logged why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the directory of service accounts cannot be asked at the moment")]
pub struct DirectoryUnavailable;

struct Endpoint<D> {
    issuer: Arc<LocalIssuer>,
    directory: Arc<D>,
    attempts: Attempts,
    settings: ClientCredentialsSettings,
}

/// The routes `POST /oauth/token` and `GET /.well-known/jwks.json`.
pub fn token_routes<D: ClientDirectory>(
    issuer: Arc<LocalIssuer>,
    directory: Arc<D>,
    settings: &ClientCredentialsSettings,
    clock: Clock,
) -> Router {
    let endpoint = Endpoint {
        issuer,
        directory,
        attempts: Attempts::new(settings, clock),
        settings: settings.clone(),
    };
    Router::new()
        .route("/oauth/token", post(issue_token::<D>))
        .route("/.well-known/jwks.json", get(publish_keys::<D>))
        .with_state(Arc::new(endpoint))
}

async fn issue_token<D: ClientDirectory>(
    State(endpoint): State<Arc<Endpoint<D>>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match endpoint.issue(&headers, body).await {
        Ok(token) => token.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

impl<D: ClientDirectory> Endpoint<D> {
    async fn issue(&self, headers: &HeaderMap, body: Body) -> Result<IssuedToken, Refusal> {
        let limit = self.settings.request_size_limit_bytes;
        let body: Bytes = to_bytes(body, limit).await.map_err(|_| Refusal::body(limit))?;
        let request = TokenRequest::read(headers, &body)?;
        self.attempts.admit(&request.client_id)?;
        let client = self.authenticate(&request).await?;
        let scopes = grant(request.scope.as_deref(), &client.scopes)?;
        let lifetime = self.issuer.token_lifetime();
        let claims = LocalClaims {
            client_id: Some(client.client_id.clone()),
            scopes,
        };
        let access_token = self
            .issuer
            .issue(&client.subject, &claims, lifetime)
            .map_err(|error| {
                tracing::error!(client_id = %client.client_id, %error, "no token could be issued");
                Refusal::internal()
            })?;
        tracing::info!(client_id = %client.client_id, "token issued");
        Ok(IssuedToken::new(
            access_token,
            lifetime.num_seconds(),
            &claims.scopes,
        ))
    }

    async fn authenticate(&self, request: &TokenRequest) -> Result<ServiceAccountClient, Refusal> {
        let found = self
            .directory
            .find(&request.client_id)
            .await
            .map_err(|_| Refusal::directory_unavailable())?;
        let hashes = found.as_ref().map_or(&[][..], |client| &client.secret_hashes);
        let matches = matches_any(&request.client_secret, hashes);
        found.filter(|_| matches).ok_or_else(|| {
            tracing::warn!(client_id = ?request.client_id, "client authentication failed");
            Refusal::invalid_client()
        })
    }
}

async fn publish_keys<D: ClientDirectory>(
    State(endpoint): State<Arc<Endpoint<D>>>,
    headers: HeaderMap,
) -> Response {
    let document = endpoint.issuer.jwks().to_string();
    let tag = format!(
        "\"{}\"",
        URL_SAFE_NO_PAD.encode(Sha256::digest(document.as_bytes()))
    );
    let caching = format!("public, max-age={}", endpoint.settings.jwks_cache_seconds);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok());
    let known = known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag));
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, caching)];
    if known {
        return (axum::http::StatusCode::NOT_MODIFIED, about).into_response();
    }
    let kind = HeaderValue::from_static("application/jwk-set+json");
    (about, [(header::CONTENT_TYPE, kind)], document).into_response()
}
