//! What reads need that are written by hand.

use async_graphql::{Context, Error, ErrorExtensions, Result};

use crate::error::ErrorCode;
use crate::planner::declare::Declared;
use crate::planner::{PageSizes, global_id};
use crate::store::{ReadSession, Scoped};

/// The object with a global id, if the viewer may read it. An id of another kind is that of nothing.
///
/// # Errors
/// When the database fails.
pub async fn find<E: Declared + Scoped>(ctx: &Context<'_>, id: &str) -> Result<Option<E::Model>> {
    let Some(id) = global_id::decode_as(E::PREFIX, id) else {
        return Ok(None);
    };
    let found = ctx.data::<ReadSession>()?.find::<E>(id).await;
    found.map_err(|error| fault(&error))
}

/// How many rows a client asks for with `first`: as many as are usual where they do not say.
///
/// # Errors
/// `INVALID_ARGUMENT` for none, or for more than the server gives.
pub fn page_size(ctx: &Context<'_>, first: Option<i32>) -> Result<u32> {
    let sizes = ctx.data_opt::<PageSizes>().copied().unwrap_or_default();
    let Some(first) = first else {
        return Ok(sizes.usual);
    };
    u32::try_from(first)
        .ok()
        .filter(|first| (1..=sizes.largest).contains(first))
        .ok_or_else(|| unusable_argument(&format!("`first` must be from 1 to {}.", sizes.largest)))
}

/// The answer to arguments that cannot be used: `message` says which, and what would be right.
#[must_use]
pub fn unusable_argument(message: &str) -> Error {
    coded(message, ErrorCode::InvalidArgument)
}

/// The answer to a fault of ours. The log says what it was; the client does not hear of it.
#[must_use]
pub fn fault(error: &(dyn std::error::Error + 'static)) -> Error {
    tracing::error!(error, "a field could not be read");
    coded(ErrorCode::Internal.description(), ErrorCode::Internal)
}

fn coded(message: &str, code: ErrorCode) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}
