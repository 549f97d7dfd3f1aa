//! Answers of the token endpoint (RFC 6749, sections 5.1 and 5.2). None may be kept by a cache.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A token for its client. No `Debug`: it holds a secret.
#[derive(Serialize)]
pub(super) struct IssuedToken {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
}

impl IssuedToken {
    pub(super) fn new(access_token: String, lifetime_seconds: i64, scopes: &[String]) -> Self {
        Self {
            access_token,
            token_type: "Bearer",
            expires_in: lifetime_seconds,
            scope: scopes.join(" "),
        }
    }
}

impl IntoResponse for IssuedToken {
    fn into_response(self) -> Response {
        (not_kept(), Json(self)).into_response()
    }
}

/// Why there is no token, as OAuth 2.0 clients understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    description: String,
    retry_after: Option<Duration>,
}

#[derive(Serialize)]
struct RefusalBody {
    error: &'static str,
    error_description: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, description: impl Into<String>) -> Self {
        Self {
            status,
            code,
            description: description.into(),
            retry_after: None,
        }
    }

    pub(super) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// The body is too long, or ended too early.
    pub(super) fn body(limit_bytes: usize) -> Self {
        Self::invalid_request(format!(
            "The request could not be read: send at most {limit_bytes} bytes."
        ))
    }

    /// One answer for an unknown client and a wrong secret.
    pub(super) fn invalid_client() -> Self {
        let description = "The client is unknown, or its secret is wrong or missing.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }

    pub(super) fn unsupported_grant_type() -> Self {
        let description = "This endpoint knows one grant type: client_credentials.";
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", description)
    }

    pub(super) fn invalid_scope(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_scope", description)
    }

    /// RFC 6749 has no code for this; `temporarily_unavailable` is its nearest (section 4.1.2.1).
    pub(super) fn too_many_attempts(wait: Duration) -> Self {
        let description =
            "Too many requests for tokens. Keep a token until it expires instead of asking for more.";
        let refusal = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "temporarily_unavailable",
            description,
        );
        Self {
            retry_after: Some(wait),
            ..refusal
        }
    }

    pub(super) fn directory_unavailable() -> Self {
        let description = "Clients cannot be checked at the moment. Try again shortly.";
        let refusal = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "temporarily_unavailable",
            description,
        );
        Self {
            retry_after: Some(Duration::from_secs(1)),
            ..refusal
        }
    }

    pub(super) fn internal() -> Self {
        let description = "Something went wrong on the server.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", description)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut headers = not_kept();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static(r#"Basic realm="roundtable", charset="UTF-8""#);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        let body = RefusalBody {
            error: self.code,
            error_description: self.description,
        };
        (self.status, headers, Json(body)).into_response()
    }
}

fn not_kept() -> HeaderMap {
    HeaderMap::from_iter([
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ])
}
