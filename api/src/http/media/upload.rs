//! Uploads by the tus protocol 1.0.0 (<https://tus.io/protocols/resumable-upload>): the core, and the extensions checksum,
//! expiration and termination. Creation is a mutation of the API. PUT is for clients that speak plain HTTP: it sends the whole
//! file, from its beginning.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::StreamExt;

use super::{Exchange, Gate, answer, enter, failure, http_date, refused, request_id, segment};
use crate::http::reply::Failure;
use crate::objects::transfer::{Broken, Checksum, Part, Progress};

/// Where in the file a part begins; how far it has arrived.
pub(super) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
const ALGORITHMS: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const PART: &str = "application/offset+octet-stream";
const METHODS: HeaderValue = HeaderValue::from_static("HEAD, PATCH, PUT, DELETE, OPTIONS");

/// 460, which the protocol gave a meaning.
pub(super) fn checksum_mismatch() -> StatusCode {
    StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST)
}

/// `/media/uploads/…`.
pub(super) async fn upload<E: Exchange>(
    State(gate): State<Arc<Gate<E>>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let request_id = request_id(&parts);
    let outcome = match method(&parts).as_str() {
        "OPTIONS" => Ok(options()),
        "PUT" => receive(&gate, &parts, whole(&parts.headers), body).await,
        "HEAD" => match speaks_tus(&parts.headers) {
            Ok(()) => progress(&gate, &parts).await,
            Err(failure) => Err(failure),
        },
        "PATCH" => match speaks_tus(&parts.headers).and_then(|()| part(&parts.headers)) {
            Ok(part) => receive(&gate, &parts, part, body).await,
            Err(failure) => Err(failure.closing()),
        },
        "DELETE" => match speaks_tus(&parts.headers) {
            Ok(()) => terminate(&gate, &parts).await,
            Err(failure) => Err(failure),
        },
        _ => {
            let wrong = failure(
                StatusCode::METHOD_NOT_ALLOWED,
                "This address takes files in: send PATCH by the tus protocol 1.0.0, or PUT.",
            );
            Err(wrong.with(header::ALLOW, METHODS))
        }
    };
    let mut response = outcome.unwrap_or_else(|failure| answer(failure, &request_id));
    response.headers_mut().insert(RESUMABLE, VERSION);
    response
}

/// The method, or the one that a client names that cannot send it.
fn method(parts: &Parts) -> Method {
    let named = parts.headers.get(OVERRIDE).map(HeaderValue::as_bytes);
    let named = named.and_then(|named| Method::from_bytes(named.to_ascii_uppercase().as_slice()).ok());
    named.unwrap_or_else(|| parts.method.clone())
}

fn options() -> Response<Body> {
    let headers = [
        (VERSIONS, VERSION),
        (
            EXTENSIONS,
            HeaderValue::from_static("checksum,expiration,termination"),
        ),
        (ALGORITHMS, HeaderValue::from_static("sha1,sha256")),
        (header::ALLOW, METHODS),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

fn speaks_tus(headers: &HeaderMap) -> Result<(), Failure> {
    if headers.get(RESUMABLE) == Some(&VERSION) {
        return Ok(());
    }
    let message = "Send Tus-Resumable: 1.0.0, the version of the protocol that this server speaks.";
    Err(failure(StatusCode::PRECONDITION_FAILED, message).with(VERSIONS, VERSION))
}

fn bad(message: &str) -> Failure {
    failure(StatusCode::BAD_REQUEST, message)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

fn part(headers: &HeaderMap) -> Result<Part, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(PART.as_bytes()) {
        let message = "Send Content-Type: application/offset+octet-stream.";
        return Err(failure(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let starts_at = number(headers, &OFFSET)
        .ok_or_else(|| bad("Send Upload-Offset: where in the file the part begins, in bytes."))?;
    Ok(Part {
        starts_at,
        length: number(headers, &header::CONTENT_LENGTH),
        checksum: headers.get(CHECKSUM).map(checksum).transpose()?,
        anew: false,
    })
}

fn whole(headers: &HeaderMap) -> Part {
    Part {
        length: number(headers, &header::CONTENT_LENGTH),
        anew: true,
        ..Part::default()
    }
}

/// `sha1` or `sha256`, a blank, and the digest in Base64.
fn checksum(value: &HeaderValue) -> Result<Checksum, Failure> {
    let wrong = || bad("Upload-Checksum must be sha1 or sha256, a blank, and the digest in Base64.");
    let (algorithm, digest) = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .ok_or_else(wrong)?;
    let digest = STANDARD.decode(digest.trim()).map_err(|_| wrong())?;
    match (algorithm, digest.len()) {
        ("sha1", 20) => Ok(Checksum::Sha1(digest)),
        ("sha256", 32) => Ok(Checksum::Sha256(digest)),
        _ => Err(wrong()),
    }
}

async fn progress<E: Exchange>(gate: &Gate<E>, parts: &Parts) -> Result<Response<Body>, Failure> {
    let progress = gate.exchange.progress(segment(parts)).await;
    let progress = progress.map_err(|error| refused(&error))?;
    let mut response = told(StatusCode::OK, progress);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn receive<E: Exchange>(
    gate: &Gate<E>,
    parts: &Parts,
    part: Part,
    body: Body,
) -> Result<Response<Body>, Failure> {
    let _place = enter(&gate.uploads)?;
    let incoming = body
        .into_data_stream()
        .map(|part| part.map_err(|_| Broken))
        .boxed();
    let received = gate.exchange.receive(segment(parts), part, incoming).await;
    // What was not read of the body must not be taken for the next request.
    let progress = received.map_err(|error| refused(&error).closing())?;
    Ok(told(StatusCode::NO_CONTENT, progress))
}

async fn terminate<E: Exchange>(gate: &Gate<E>, parts: &Parts) -> Result<Response<Body>, Failure> {
    let terminated = gate.exchange.terminate(segment(parts)).await;
    terminated.map_err(|error| refused(&error))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn told(status: StatusCode, progress: Progress) -> Response<Body> {
    let expires = HeaderValue::from_str(&http_date(progress.expires_at));
    let headers = [
        (OFFSET, HeaderValue::from(progress.arrived)),
        (LENGTH, HeaderValue::from(progress.length)),
        (EXPIRES, expires.unwrap_or(HeaderValue::from_static("0"))),
    ];
    (status, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn a_part_says_where_it_begins() {
        let good = headers(&[
            (header::CONTENT_TYPE, PART),
            (OFFSET, "70"),
            (header::CONTENT_LENGTH, "30"),
            (CHECKSUM, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="),
        ]);
        let part = part(&good).unwrap();
        assert_eq!((part.starts_at, part.length, part.anew), (70, Some(30), false));
        assert!(matches!(part.checksum, Some(Checksum::Sha1(digest)) if digest.len() == 20));
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for (name, wrong) in [
            (header::CONTENT_TYPE, "application/octet-stream"),
            (OFFSET, "-1"),
            (OFFSET, "+1"),
            (OFFSET, "1.5"),
            (OFFSET, ""),
            (CHECKSUM, "md5 AAAA"),
            (CHECKSUM, "sha256 AAAA"),
            (CHECKSUM, "sha1"),
            (CHECKSUM, "sha1 ?"),
        ] {
            let mut headers = headers(&[(header::CONTENT_TYPE, PART), (OFFSET, "0")]);
            headers.insert(name.clone(), HeaderValue::from_static(wrong));
            assert!(part(&headers).is_err(), "{name}: {wrong}");
        }
    }

    #[test]
    fn another_version_of_the_protocol_is_not_spoken() {
        assert!(speaks_tus(&headers(&[(RESUMABLE, "1.0.0")])).is_ok());
        assert!(speaks_tus(&headers(&[(RESUMABLE, "0.2.2")])).is_err());
        assert!(speaks_tus(&HeaderMap::new()).is_err());
    }
}
