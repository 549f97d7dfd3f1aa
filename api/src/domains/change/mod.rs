//! What people told organisations, and what came of it (`domain.md` 2.5).
//!
//! Feedback stands in two tables, because two circles read it: the facts, and the words with who said them. From the words
//! somebody writes a story by which nobody can be recognised; it is all that goes further, and only while the person agrees.
//! "You said, we did" tells everybody what came of it.
//!
//! - [`types`]: how they look to clients.
//! - [`feedback`], [`story`], [`you_said_we_did`]: what clients can do to them.
//! - [`rules`]: what must be true.

mod facts;
pub mod feedback;
pub mod rules;
pub mod settings;
pub mod story;
pub mod types;
pub mod you_said_we_did;

/// Everything that can be changed in this area.
#[derive(async_graphql::MergedObject, Default)]
pub struct ChangeMutation(
    feedback::mutation::FeedbackMutation,
    story::mutation::StoryMutation,
    you_said_we_did::mutation::YouSaidWeDidMutation,
);
