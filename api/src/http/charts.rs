//! `GET /charts/…`: what is published, as a picture.
//!
//! A chart is made of the answer to one query that goes the way of everybody's: its cost is counted, its time is limited, and the scopes of
//! the caller decide what they find. What is not there is answered as any other address at which there is nothing. What is published is
//! the same for everybody, so caches may keep what was asked for without a token.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::{
    frame::RequestId,
    gateway::{Chart, Gateway},
    graphql::{ACTING_ORGANISATION, Door},
    health::{entity_tag, is_known},
    negotiate::Answer,
    nothing_here,
    pipeline::{Terms, answer},
    reply::{Failure, bytes_of, code_of},
};
use crate::error::ErrorCode;
use crate::graphql::document::{Problem, Rejection};

/// A chart that was drawn.
struct Drawn<C> {
    chart: C,
    content: String,
}

/// A chart at a name, of what its query string asks for.
pub(super) async fn chart<G: Gateway>(
    State(door): State<Arc<Door<G>>>,
    Path(name): Path<String>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let request_id = parts.extensions.get::<RequestId>();
    let request_id: Arc<str> = request_id.map_or_else(|| "".into(), |id| id.0.clone());
    match draw(&door, &name, &parts, &request_id).await {
        Ok(drawn) => respond(&drawn, &parts.headers),
        Err(failure) => failure.into_response(Answer::Json, &request_id),
    }
}

async fn draw<G: Gateway>(
    door: &Door<G>,
    name: &str,
    parts: &Parts,
    request_id: &Arc<str>,
) -> Result<Drawn<G::Chart>, Failure> {
    let asked = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| refused(&["The query string is not URL-encoded UTF-8.".to_owned()]))?;
    let chart = door.gateway.chart(name, &asked).ok_or_else(nothing_here)?;
    let chart = chart.map_err(|reasons| refused(&reasons))?;
    let mut caller = door.caller(&parts.headers).await?;
    let terms = Terms {
        request_id,
        rate: &door.rate,
        deadline: Instant::now() + door.settings.request_timeout(),
        queries_only: true,
    };
    let _place = door.enter()?;
    let response = answer(&door.gateway, &mut caller, &chart.question(), &terms).await;
    let response = response.map_err(|refused| refused.into_failure(Answer::GraphQl))?;
    if !response.errors.is_empty() {
        return Err(match code_of(&response) {
            ErrorCode::InvalidArgument => refused(&[chart.too_many()]),
            // The executor has logged what went wrong.
            _ => Failure::of_code(ErrorCode::Internal),
        });
    }
    let mut answered: serde_json::Value =
        serde_json::from_slice(&bytes_of(&response)).map_err(|error| faulty(&error, request_id))?;
    let content = chart
        .draw(answered["data"].take())
        .map_err(|error| faulty(&error, request_id))?;
    let content = content.ok_or_else(nothing_here)?;
    Ok(Drawn { chart, content })
}

fn faulty(error: &(dyn std::error::Error + 'static), request_id: &str) -> Failure {
    tracing::error!(error, request_id, "a chart could not be made");
    Failure::of_code(ErrorCode::Internal)
}

/// Every reason at once.
fn refused(reasons: &[String]) -> Failure {
    let problems = reasons.iter().map(|reason| Problem {
        message: reason.clone(),
        locations: Vec::new(),
    });
    Failure::new(Rejection::several(ErrorCode::InvalidArgument, problems.collect()))
}

/// The chart, or that the client has it already. It may do nothing in a browser but be looked at.
fn respond<C: Chart>(drawn: &Drawn<C>, headers: &HeaderMap) -> Response<Body> {
    let tag = entity_tag(&drawn.content);
    let is_known = is_known(&tag, headers);
    let audience = if headers.contains_key(header::AUTHORIZATION) {
        "private"
    } else {
        "public"
    };
    let kept = format!("{audience}, max-age={}", drawn.chart.kept_seconds());
    let vary = format!("authorization, {ACTING_ORGANISATION}");
    let caching = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, value(&kept)),
        (header::VARY, value(&vary)),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let style = drawn.chart.style().map_or_else(String::new, |style| {
        format!(" style-src 'sha256-{}';", STANDARD.encode(Sha256::digest(style)))
    });
    let policy = format!(
        "default-src 'none';{style} base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    );
    let kind = [
        (header::CONTENT_TYPE, value(drawn.chart.media_type())),
        (header::CONTENT_SECURITY_POLICY, value(&policy)),
    ];
    (caching, kind, drawn.content.clone()).into_response()
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("no-store"))
}
