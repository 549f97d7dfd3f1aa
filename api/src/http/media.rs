//! `/media/…`: files on their way in and out, under signed addresses. No token is asked for: the address is leave enough.
//!
//! Both ways are streams: a file of any size passes through a few buffers, and whoever is slow makes the other side wait.
//!
//! | file | what it knows |
//! |---|---|
//! | `upload` | the tus protocol 1.0.0, and PUT |
//! | `download` | GET, whole or in part |
//! | `range`, `disposition` | what a client wants of a file; what a file is called |

mod disposition;
mod download;
mod range;
mod upload;

use std::sync::Arc;
use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Response, StatusCode, request::Parts},
    routing::{any, get},
};
use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{frame::RequestId, negotiate::Answer, reply::Failure};
use crate::error::ErrorCode;
use crate::graphql::document::Rejection;
use crate::objects::address::Purpose;
use crate::objects::transfer::{Delivery, Incoming, Part, Progress, TransferError};

/// When whoever found the server busy had better come again.
const WHEN_BUSY: Duration = Duration::from_secs(5);

/// What stands behind addresses of files. `segment` is the last part of an address, which alone says what it opens.
pub trait Exchange: Clone + Send + Sync + 'static {
    /// How far a file has arrived.
    ///
    /// # Errors
    /// See [`TransferError`].
    fn progress(&self, segment: &str) -> impl Future<Output = Result<Progress, TransferError>> + Send;

    /// Takes in a part of a file.
    ///
    /// # Errors
    /// See [`TransferError`].
    fn receive(
        &self,
        segment: &str,
        part: Part,
        body: Incoming,
    ) -> impl Future<Output = Result<Progress, TransferError>> + Send;

    /// Gives an upload up.
    ///
    /// # Errors
    /// See [`TransferError`].
    fn terminate(&self, segment: &str) -> impl Future<Output = Result<(), TransferError>> + Send;

    /// A file to be given out.
    ///
    /// # Errors
    /// See [`TransferError`].
    fn deliver(&self, segment: &str) -> impl Future<Output = Result<Delivery, TransferError>> + Send;
}

/// What every request to these routes shares.
struct Gate<E> {
    exchange: E,
    uploads: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    /// How long a download may stand still.
    idle: Duration,
}

/// The routes of files; so many uploads may be under way at once, and as many downloads. A download that stands still for
/// longer than `idle` is ended.
pub fn media_routes<E: Exchange>(exchange: E, transfers: usize, idle: Duration) -> Router {
    let places = || Arc::new(Semaphore::new(transfers.min(Semaphore::MAX_PERMITS)));
    let gate = Gate {
        exchange,
        uploads: places(),
        downloads: places(),
        idle,
    };
    let path = |purpose: Purpose| format!("{}{{segment}}", purpose.path());
    Router::new()
        .route(&path(Purpose::Upload), any(upload::upload::<E>))
        .route(&path(Purpose::Download), get(download::download::<E>))
        .with_state(Arc::new(gate))
}

/// A place among the transfers under way, if there is one.
fn enter(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
    places.clone().try_acquire_owned().map_err(|_| busy())
}

fn busy() -> Failure {
    Failure::of_code(ErrorCode::Unavailable)
        .retry_after(WHEN_BUSY)
        .closing()
}

fn request_id(parts: &Parts) -> Arc<str> {
    let id = parts.extensions.get::<RequestId>();
    id.map_or_else(|| "".into(), |id| id.0.clone())
}

/// The last part of the path.
fn segment(parts: &Parts) -> &str {
    parts.uri.path().rsplit('/').next().unwrap_or_default()
}

/// A refusal that says why.
fn failure(status: StatusCode, message: &str) -> Failure {
    let code = if status.is_server_error() {
        ErrorCode::Internal
    } else {
        ErrorCode::BadRequest
    };
    Failure::new(Rejection::new(code, message)).status(status)
}

fn refused(error: &TransferError) -> Failure {
    let status = match error {
        TransferError::Nothing => StatusCode::NOT_FOUND,
        TransferError::Expired => StatusCode::GONE,
        TransferError::OutOfPlace { .. } => StatusCode::CONFLICT,
        TransferError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        TransferError::Checksum => upload::checksum_mismatch(),
        TransferError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        TransferError::TooManyPieces(_) | TransferError::Broken => StatusCode::BAD_REQUEST,
        TransferError::Busy => return busy(),
        TransferError::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let refused = failure(status, &error.to_string());
    match error {
        TransferError::OutOfPlace { arrived } => refused.with(upload::OFFSET, HeaderValue::from(*arrived)),
        _ => refused,
    }
}

fn answer(failure: Failure, request_id: &str) -> Response<Body> {
    failure.into_response(Answer::Json, request_id)
}

/// An instant as HTTP writes it (RFC 9110, section 5.6.7).
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
