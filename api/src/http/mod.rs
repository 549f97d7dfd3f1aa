//! The front door: GraphQL over HTTP, and a few routes for machines.
//!
//! The ready-made handlers of async-graphql let mutations through by GET, execute `text/plain` and limit nothing, so this
//! is a thin layer of our own over the executor. One request, in this order, each step refusing before the next one costs
//! anything: method → media types → bearer token → who is calling → body, limited and timed → JSON → [`pipeline::prepare`]
//! (limits, validation, variables, cost) → rate limit → execution, timed → bytes.
//!
//! | file | what it knows |
//! |---|---|
//! | [`gateway`] | what this room needs from the rest of the house |
//! | `graphql` | the route `/graphql` |
//! | `negotiate`, `parameters` | media types, JSON and query strings |
//! | [`pipeline`] | one operation from words to answer, the same for every transport |
//! | `reply` | status codes and bytes |
//! | [`rate`] | points of cost for each caller and minute |
//! | `frame` | request identifier, security headers, panics |
//! | [`explorer`] | the page at `/` |
//! | `exports` | `/exports/…`: lists as files |
//! | `charts` | `/charts/…`: published series as pictures |
//! | `calendar` | `/calendar.ics` and `/calendar/…`: meetings for calendar programs |
//! | [`media`] | `/media/…`: files on their way in and out |
//! | `health` | `/livez`, `/readyz`, `/schema.graphql` |
//! | `server` | connections, time-outs, stopping |

mod calendar;
mod charts;
pub mod explorer;
mod exports;
mod frame;
pub mod gateway;
mod graphql;
mod health;
pub mod media;
mod negotiate;
mod parameters;
pub mod pipeline;
pub mod rate;
mod reply;
mod server;
mod settings;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderName, HeaderValue, Method, Response, StatusCode, header},
    middleware::from_fn,
    routing::{any, get},
};
use tower_http::cors::CorsLayer;

pub use self::{
    frame::REQUEST_ID,
    gateway::{Calendar, Chart, Export, Gateway, Refusal, RequestContext, Unanswered},
    graphql::ACTING_ORGANISATION,
    server::serve,
    settings::HttpSettings,
};
use self::{graphql::Door, health::Contract, negotiate::Answer, reply::Failure};

/// How long browsers may remember that an origin is allowed.
const CORS_MEMORY: Duration = Duration::from_hours(1);

/// All routes, in front of this gateway; `others` are those of other rooms, framed alike.
pub fn router<G: Gateway>(gateway: G, settings: HttpSettings, others: Router) -> Router {
    let contract = Arc::new(Contract::new(gateway.sdl()));
    let cors = cors(&settings);
    let door = Arc::new(Door::new(gateway, settings));
    let mut router = Router::new()
        .route("/graphql", any(graphql::graphql::<G>))
        .route("/calendar.ics", get(calendar::own::<G>))
        .route("/calendar/{file}", get(calendar::subscribed::<G>))
        .route("/exports/{file}", get(exports::file::<G>))
        .route("/charts/{file}", get(charts::chart::<G>))
        .route("/readyz", get(health::ready::<G>))
        .with_state(door)
        .route("/schema.graphql", get(health::schema).with_state(contract))
        .route("/livez", get(health::live))
        .merge(others)
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method);
    if let Some(cors) = cors {
        router = router.layer(cors);
    }
    router.layer(from_fn(frame::frame))
}

fn cors(settings: &HttpSettings) -> Option<CorsLayer> {
    let origins: Vec<_> = settings
        .cors_origins
        .iter()
        .filter_map(|origin| {
            let header = HeaderValue::from_str(origin).ok();
            if header.is_none() {
                tracing::warn!(origin, "this CORS origin cannot be a header and is left out");
            }
            header
        })
        .collect();
    if origins.is_empty() {
        return None;
    }
    let sent = [
        HeaderName::from_static("tus-resumable"),
        HeaderName::from_static("upload-offset"),
        HeaderName::from_static("upload-checksum"),
        HeaderName::from_static("x-http-method-override"),
        header::RANGE,
        header::IF_RANGE,
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        HeaderName::from_static(ACTING_ORGANISATION),
        REQUEST_ID,
    ];
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PATCH,
            Method::PUT,
            Method::DELETE,
        ])
        .allow_headers(sent)
        .expose_headers([
            REQUEST_ID,
            header::RETRY_AFTER,
            header::CONTENT_DISPOSITION,
            header::CONTENT_RANGE,
            HeaderName::from_static("tus-resumable"),
            HeaderName::from_static("upload-offset"),
            HeaderName::from_static("upload-length"),
            HeaderName::from_static("upload-expires"),
        ])
        .max_age(CORS_MEMORY);
    Some(layer)
}

async fn not_found(request: axum::extract::Request) -> Response<Body> {
    failure(&request, nothing_here())
}

/// What every address that leads nowhere is answered.
fn nothing_here() -> Failure {
    Failure::bad(
        StatusCode::NOT_FOUND,
        "There is nothing here: the API is at /graphql.",
    )
}

async fn wrong_method(request: axum::extract::Request) -> Response<Body> {
    let failure_of_method = Failure::bad(StatusCode::METHOD_NOT_ALLOWED, "This address answers GET only.");
    failure(
        &request,
        failure_of_method.with(header::ALLOW, HeaderValue::from_static("GET, HEAD")),
    )
}

fn failure(request: &axum::extract::Request, failure: Failure) -> Response<Body> {
    let request_id = request.extensions().get::<frame::RequestId>();
    failure.into_response(Answer::Json, request_id.map_or("", |id| &id.0))
}
