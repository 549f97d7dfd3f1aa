//! `GET /calendar/….ics` for calendar programs, which have a secret address and no token, and `GET /calendar.ics` for callers
//! who have one.
//!
//! Either way the calendar is made of answers to queries that go the way of everybody's: their cost is counted, their time is
//! limited, and the scopes of the caller decide what they find. An address that opens nothing is answered as any other address
//! at which there is nothing; whoever tries many of them pays from the points of callers without a token.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use tokio::time::{Instant, timeout_at};

use super::{
    frame::RequestId,
    gateway::{Calendar, Gateway, Refusal},
    graphql::{Door, refusal},
    health::{entity_tag, is_known},
    negotiate::Answer,
    nothing_here,
    pipeline::{Terms, answer},
    reply::{Failure, bytes_of},
};
use crate::error::ErrorCode;

/// Where the addresses of feeds begin.
const FEEDS: &str = "/calendar/";
/// The extension of calendar files, without which an address opens nothing.
const EXTENSION: &str = ".ics";
/// Points that an address costs which opens nothing.
const WRONG_ADDRESS_COST: u32 = 1;

/// `/calendar.ics`: the caller's own meetings and events.
pub(super) async fn own<G: Gateway>(State(door): State<Arc<Door<G>>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let request_id = request_id(&parts);
    let calendar = async {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Err(refusal(&Refusal::Unauthenticated {
                error: None,
                description: "Send a bearer token, or subscribe to the address of a calendar feed.".into(),
            }));
        }
        let mut caller = door.caller(&parts.headers).await?;
        let deadline = Instant::now() + door.settings.request_timeout();
        let _place = door.enter()?;
        file(&door, &mut caller, &request_id, deadline).await
    };
    respond(calendar.await, &parts.headers, &request_id)
}

/// `/calendar/….ics`: the meetings and events of whose address it is.
pub(super) async fn subscribed<G: Gateway>(
    State(door): State<Arc<Door<G>>>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let request_id = request_id(&parts);
    let calendar = async {
        let _place = door.enter()?;
        let deadline = Instant::now() + door.settings.request_timeout();
        let name = parts.uri.path().strip_prefix(FEEDS).unwrap_or_default();
        let secret = name.strip_suffix(EXTENSION).unwrap_or_default();
        let mut caller = match timeout_at(deadline, door.gateway.subscriber(secret)).await {
            Ok(Ok(Some(caller))) => caller,
            Ok(Ok(None)) => return Err(wrong_address(&door).await),
            Ok(Err(refused)) => return Err(refusal(&refused)),
            Err(_) => return Err(Failure::of_code(ErrorCode::Timeout)),
        };
        file(&door, &mut caller, &request_id, deadline).await
    };
    respond(calendar.await, &parts.headers, &request_id)
}

fn request_id(parts: &Parts) -> Arc<str> {
    let id = parts.extensions.get::<RequestId>();
    id.map_or_else(|| "".into(), |id| id.0.clone())
}

async fn wrong_address<G: Gateway>(door: &Door<G>) -> Failure {
    match door.gateway.authenticate(None, None).await {
        Ok(nobody) => match door.rate.take(door.gateway.rate_key(&nobody), WRONG_ADDRESS_COST) {
            Ok(_) => nothing_here(),
            Err(refused) => refused.into_failure(Answer::GraphQl),
        },
        Err(_) => nothing_here(),
    }
}

/// Asks what the calendar wants to know, until it is complete.
async fn file<G: Gateway>(
    door: &Door<G>,
    caller: &mut G::Caller,
    request_id: &Arc<str>,
    deadline: Instant,
) -> Result<String, Failure> {
    let terms = Terms {
        request_id,
        rate: &door.rate,
        deadline,
        queries_only: true,
    };
    let mut calendar = door.gateway.calendar();
    while let Some(call) = calendar.next() {
        let response = answer(&door.gateway, caller, &call, &terms).await;
        let response = response.map_err(|refused| refused.into_failure(Answer::GraphQl))?;
        // The executor has logged what went wrong.
        if !response.errors.is_empty() {
            return Err(Failure::of_code(ErrorCode::Internal));
        }
        let read = serde_json::from_slice(&bytes_of(&response))
            .and_then(|mut answer: serde_json::Value| calendar.take(answer["data"].take()));
        if let Err(error) = read {
            tracing::error!(%error, "a calendar could not be read");
            return Err(Failure::of_code(ErrorCode::Internal));
        }
    }
    Ok(calendar.write())
}

/// The file, or that the client has it already. Caches may keep it for one person only, and ask each time, so that an
/// address that was stopped shows nothing.
fn respond(calendar: Result<String, Failure>, headers: &HeaderMap, request_id: &str) -> Response<Body> {
    let calendar = match calendar {
        Ok(calendar) => calendar,
        Err(failure) => return failure.into_response(Answer::Json, request_id),
    };
    let tag = entity_tag(&calendar);
    let is_known = is_known(&tag, headers);
    let caching = [
        (header::ETAG, tag),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (header::VARY, HeaderValue::from_static("authorization")),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/calendar; charset=utf-8"),
    )];
    (caching, kind, calendar).into_response()
}
