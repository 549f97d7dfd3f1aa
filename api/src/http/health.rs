//! Routes for machines and tools: is it alive, is it ready, what is the contract.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use super::{gateway::Gateway, graphql::Door};

/// `/livez`: the process answers. Restart it if not.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: requests can be answered. Send them elsewhere if not. The reason is in the log.
pub(super) async fn ready<G: Gateway>(State(door): State<Arc<Door<G>>>) -> Response<Body> {
    let reason = match timeout(door.settings.ready_timeout(), door.gateway.ready()).await {
        Ok(Ok(())) => return "ok\n".into_response(),
        Ok(Err(reason)) => reason,
        Err(_) => "no answer in time".to_owned(),
    };
    tracing::warn!(reason, "not ready");
    (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
}

/// The contract and its entity tag, made once.
#[derive(Debug)]
pub(super) struct Contract {
    sdl: String,
    tag: HeaderValue,
}

impl Contract {
    pub(super) fn new(sdl: &str) -> Self {
        Self {
            sdl: sdl.to_owned(),
            tag: entity_tag(sdl),
        }
    }
}

/// The entity tag of a text: the same for the same bytes.
pub(super) fn entity_tag(text: &str) -> HeaderValue {
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(text));
    HeaderValue::from_str(&format!("\"{digest}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// Whether the client has what the tag stands for (RFC 9110, section 13.1.2).
pub(super) fn is_known(tag: &HeaderValue, headers: &HeaderMap) -> bool {
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut tags = known
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|known| known == "*" || tag == known)
}

/// `/schema.graphql`: the public contract, for code generators.
pub(super) async fn schema(State(contract): State<Arc<Contract>>, headers: HeaderMap) -> Response<Body> {
    let caching = [
        (header::ETAG, contract.tag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    if is_known(&contract.tag, &headers) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    )];
    (caching, kind, contract.sdl.clone()).into_response()
}
