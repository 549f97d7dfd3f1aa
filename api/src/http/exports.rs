//! `GET /exports/…`: lists as files, however long, at the memory of a page.
//!
//! A file is made of answers to queries that go the way of everybody's: each page has its cost and its time, and the scopes of the
//! caller, as they are at that moment, decide what stands in it. A file that cannot be completed is broken off, so that no client
//! takes a part of it for all.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, Response, header},
    response::IntoResponse,
};
use futures_util::stream::try_unfold;
use tokio::time::{Instant, sleep};

use super::{
    frame::RequestId,
    gateway::{Export, Gateway},
    graphql::Door,
    negotiate::Answer,
    nothing_here,
    pipeline::{Call, Terms, answer},
    reply::{Failure, bytes_of},
};
use crate::error::ErrorCode;
use crate::graphql::document::Rejection;

/// A file that is being sent.
struct Sending<G: Gateway> {
    door: Arc<Door<G>>,
    headers: HeaderMap,
    request_id: Arc<str>,
    export: G::Export,
}

/// Why a file was broken off: the client sees the end of the connection, the log the reason.
#[derive(Debug, thiserror::Error)]
#[error("a file could not be completed")]
struct BrokenOff;

/// A file, or its description for programs.
pub(super) async fn file<G: Gateway>(
    State(door): State<Arc<Door<G>>>,
    Path(name): Path<String>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let request_id = parts.extensions.get::<RequestId>();
    let request_id: Arc<str> = request_id.map_or_else(|| "".into(), |id| id.0.clone());
    let sent = async {
        if let Some(description) = door.gateway.description(&name) {
            let kind = HeaderValue::from_static("application/csvm+json");
            return Ok(([(header::CONTENT_TYPE, kind)], description).into_response());
        }
        let asked = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| refused("The query string is not URL-encoded UTF-8.".to_owned()))?;
        let export = door.gateway.export(&name, &asked).ok_or_else(nothing_here)?;
        let mut sending = Sending {
            export: export.map_err(refused)?,
            headers: parts.headers,
            request_id: request_id.clone(),
            door,
        };
        let kind = HeaderValue::from_static(sending.export.media_type());
        // The first page comes before the status, so that what is refused has its own.
        let first = sending.part(false).await?.unwrap_or_default();
        if !sending.export.is_there() {
            return Err(nothing_here());
        }
        let rest = try_unfold(sending, |mut sending| async {
            let part = sending.part(true).await.map_err(|failure| {
                let (code, request_id) = (failure.code().as_str(), &*sending.request_id);
                tracing::warn!(code, request_id, "an export was broken off");
                BrokenOff
            })?;
            Ok::<_, BrokenOff>(part.map(|part| (part, sending)))
        });
        let first = futures_util::stream::iter([Ok(first)]);
        let body = Body::from_stream(futures_util::StreamExt::chain(first, rest));
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
        let headers = [
            (header::CONTENT_TYPE, kind),
            (
                header::CONTENT_DISPOSITION,
                disposition.unwrap_or(HeaderValue::from_static("attachment")),
            ),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-store"),
            ),
        ];
        Ok((headers, body).into_response())
    };
    sent.await
        .unwrap_or_else(|failure: Failure| failure.into_response(Answer::Json, &request_id))
}

fn refused(message: String) -> Failure {
    Failure::new(Rejection::new(ErrorCode::InvalidArgument, message))
}

impl<G: Gateway> Sending<G> {
    /// The next part; nothing when the file is complete. Who has begun to send (`waits`) cannot refuse any more: where points are used
    /// up or all places taken, they wait, for as long as the settings say.
    async fn part(&mut self, waits: bool) -> Result<Option<Bytes>, Failure> {
        let Some(call) = self.export.next() else {
            return Ok(None);
        };
        let patience = Instant::now() + self.door.settings.export_wait();
        let response = loop {
            let failure = match self.ask(&call).await {
                Ok(response) => break response,
                Err(failure) => failure,
            };
            match failure.wait().filter(|_| waits) {
                Some(wait) if Instant::now() + wait < patience => sleep(wait).await,
                _ => return Err(failure),
            }
        };
        if !response.errors.is_empty() {
            // The executor has logged what went wrong.
            return Err(Failure::of_code(ErrorCode::Internal));
        }
        let read = serde_json::from_slice(&bytes_of(&response))
            .and_then(|mut answer: serde_json::Value| self.export.take(answer["data"].take()));
        match read {
            Ok(part) => Ok(Some(part.into())),
            Err(error) => {
                tracing::error!(%error, "an export could not be read");
                Err(Failure::of_code(ErrorCode::Internal))
            }
        }
    }
    /// Asks once. Who the caller is, and what they may read, is asked for each page: a token that was revoked ends the file.
    async fn ask(&self, call: &Call) -> Result<async_graphql::Response, Failure> {
        let mut caller = self.door.caller(&self.headers).await?;
        let terms = Terms {
            request_id: &self.request_id,
            rate: &self.door.rate,
            deadline: Instant::now() + self.door.settings.request_timeout(),
            queries_only: true,
        };
        let _place = self.door.enter()?;
        let answered = answer(&self.door.gateway, &mut caller, call, &terms).await;
        answered.map_err(|refused| refused.into_failure(Answer::GraphQl))
    }
}
