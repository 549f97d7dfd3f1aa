//! GraphQL plumbing: the schema, documents before they are executed, user errors, and the viewer.

pub mod document;
mod mutate;
mod schema;
mod user_error;
mod viewer;

pub use mutate::{Change, Outcome, mutate};
pub use schema::{ApiSchema, build, federation_sdl, sdl};
pub use user_error::{Refusal, UserError};
