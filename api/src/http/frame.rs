//! What every answer has, whatever its route: a request identifier, security headers, and an answer even after a panic.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Response, header},
    middleware::Next,
};
use futures_util::FutureExt;
use uuid::Uuid;

use super::{negotiate::Answer, reply::Failure};
use crate::error::ErrorCode;

/// The header that carries the request identifier both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest identifier taken from a client, in bytes.
const REQUEST_ID_BYTES: usize = 128;

/// The identifier of the request being answered, as an extension of the request.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) Arc<str>);

/// Sent unless the route says otherwise: answers are not pages, so they may do nothing in a browser.
const SECURITY: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
];

/// The outermost layer.
pub(super) async fn frame(mut request: Request, next: Next) -> Response<Body> {
    let request_id = request_id(request.headers());
    request.extensions_mut().insert(RequestId(request_id.clone()));
    let answering = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = answering.await.unwrap_or_else(|_| {
        tracing::error!(request_id = &*request_id, "a request panicked");
        Failure::of_code(ErrorCode::Internal).into_response(Answer::Json, &request_id)
    });
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, value);
    }
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(value);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The client's identifier if it can do no harm in a log or a header, else a new one, which sorts by time.
fn request_id(headers: &HeaderMap) -> Arc<str> {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    match given {
        Some(given) if is_sane(given) => given.into(),
        _ => Uuid::now_v7().to_string().into(),
    }
}

fn is_sane(identifier: &str) -> bool {
    (1..=REQUEST_ID_BYTES).contains(&identifier.len())
        && identifier
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sane_identifiers_are_taken_over() {
        let taken = |value: &'static str| {
            let value = HeaderValue::from_static(value);
            &*request_id(&HeaderMap::from_iter([(REQUEST_ID, value.clone())])) == value.to_str().unwrap()
        };
        assert!(taken("4bf92f3577b34da6a3ce929d0e0e4736") && taken("a-b_c.d:1"));
        assert!(!taken("") && !taken("a b") && !taken("a\"b") && !taken("<script>"));
        assert!(!is_sane(&"a".repeat(129)));
    }

    #[test]
    fn new_identifiers_differ() {
        assert_ne!(request_id(&HeaderMap::new()), request_id(&HeaderMap::new()));
    }
}
