//! GraphQL plumbing: the schema, documents before they are executed, inputs, user errors, and the viewer.

mod described;
pub mod document;
pub mod input;
mod mutate;
pub mod patch;
mod payload;
mod question;
mod read;
mod schema;
mod user_error;
mod viewer;

pub use mutate::{
    AnswerWaits, Change, ChangeError, ChangeResult, Limits, Made, Outcome, Refused, RequestId, Together,
    mutate, mutate_for_oneself, mutate_forgetting, mutate_together,
};
pub(crate) use payload::{payload, removal};
pub use question::{NextPage, Page, Question};
pub use read::{fault, find, page_size, unusable_argument};
pub use schema::{
    ApiSchema, FederationSettings, HandWritten, build, build_federated, federation_sdl, field_weights,
    scalar_rules, sdl,
};
pub use user_error::{Refusal, UserError};
