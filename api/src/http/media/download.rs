//! Downloads: GET, whole or in part. A file is always an attachment, never shown as a page of this server, whatever it is.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, request::Parts},
};
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::timeout;

use super::range::{Wanted, wanted};
use super::{Exchange, Gate, answer, disposition, enter, failure, http_date, refused, request_id, segment};
use crate::http::health::is_known;
use crate::http::reply::Failure;
use crate::objects::StoredFile;
use crate::objects::transfer::{Broken, Delivery};
use crate::telemetry;

/// Nothing in a file runs, and nothing is fetched for it.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// `/media/files/…`.
pub(super) async fn download<E: Exchange>(
    State(gate): State<Arc<Gate<E>>>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let request_id = request_id(&parts);
    match deliver(&gate, &parts).await {
        Ok(response) => response,
        Err(failure) => answer(failure, &request_id),
    }
}

async fn deliver<E: Exchange>(gate: &Gate<E>, parts: &Parts) -> Result<Response<Body>, Failure> {
    let place = enter(&gate.downloads)?;
    let delivery = gate.exchange.deliver(segment(parts)).await;
    let delivery = delivery.map_err(|error| refused(&error))?;
    let length = delivery.file.length();
    let tag = HeaderValue::from_str(&format!("\"{}\"", delivery.sha256));
    let tag = tag.unwrap_or(HeaderValue::from_static("\"0\""));
    let modified = http_date(delivery.stored_at);
    let mut response = Response::new(Body::empty());
    describe(response.headers_mut(), &delivery, &tag, &modified);
    if is_known(&tag, &parts.headers) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let range = match wanted(&parts.headers, length, &tag, &modified) {
        Wanted::Whole => 0..length,
        Wanted::Part(range) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let last = range.end.saturating_sub(1);
            let said = format!("bytes {}-{last}/{length}", range.start);
            insert(response.headers_mut(), header::CONTENT_RANGE, &said);
            range
        }
        Wanted::Beyond => {
            let beyond = failure(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "The file has no such part: see Content-Range for its length.",
            );
            let length = HeaderValue::from_str(&format!("bytes */{length}"));
            return Err(beyond.with(
                header::CONTENT_RANGE,
                length.unwrap_or(HeaderValue::from_static("bytes */0")),
            ));
        }
    };
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    *response.body_mut() = body(&delivery.file, range, place, gate.idle);
    Ok(response)
}

/// The bytes, one object after the other. The place among the transfers is held until the last is on its way, or the client has
/// taken nothing for too long: then the connection is broken off.
fn body(file: &StoredFile, range: Range<u64>, place: OwnedSemaphorePermit, idle: Duration) -> Body {
    let length = range.end - range.start;
    let mut bytes = file.stream(range);
    let (sender, receiver) = mpsc::channel::<Bytes>(1);
    drop(telemetry::spawn("giving out a file", async move {
        let _held = place;
        while let Some(part) = bytes.next().await {
            match part {
                Ok(part) => match timeout(idle, sender.send(part)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return,
                },
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a file could not be given out"
                    );
                    return;
                }
            }
        }
    }));
    Body::from_stream(unfold((receiver, length), |(mut receiver, left)| async move {
        match receiver.recv().await {
            Some(part) => {
                let left = left.saturating_sub(part.len() as u64);
                Some((Ok(part), (receiver, left)))
            }
            None if left > 0 => Some((Err(Broken), (receiver, 0))),
            None => None,
        }
    }))
}

fn describe(headers: &mut HeaderMap, delivery: &Delivery, tag: &HeaderValue, modified: &str) {
    insert(headers, header::CONTENT_TYPE, &delivery.media_type);
    headers.insert(
        header::CONTENT_DISPOSITION,
        disposition::attachment(&delivery.name),
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::ETAG, tag.clone());
    insert(headers, header::LAST_MODIFIED, modified);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use tokio::sync::Semaphore;

    use super::*;
    use crate::objects::{Objects, Piece};

    async fn file() -> StoredFile {
        let objects = Objects::in_memory();
        let mut pieces = Vec::new();
        for number in 0..5 {
            let object = format!("piece-{number}");
            objects
                .put(&object, Bytes::from_static(b"0123456789"))
                .await
                .unwrap();
            pieces.push(Piece {
                starts_at: number * 10,
                length: 10,
                object,
                digest: String::new(),
            });
        }
        StoredFile::new(objects, pieces)
    }

    #[tokio::test]
    async fn whoever_takes_nothing_loses_the_place_and_whoever_reads_gets_all() {
        let idle = Duration::from_millis(50);
        let places = Arc::new(Semaphore::new(1));
        let file = file().await;
        let stuck = body(&file, 0..50, enter(&places).ok().unwrap(), idle);
        assert!(enter(&places).is_err());
        tokio::time::sleep(idle * 10).await;
        let place = enter(&places).expect("the place is free again");
        assert!(
            stuck.collect().await.is_err(),
            "what is missing is not passed over"
        );
        let read = body(&file, 5..50, place, idle)
            .collect()
            .await
            .unwrap()
            .to_bytes();
        assert_eq!(read.len(), 45);
    }
}
