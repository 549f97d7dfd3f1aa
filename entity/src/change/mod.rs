//! What people told organisations, and what came of it (`domain.md` 2.5).

pub mod feedback;
pub mod feedback_account;
pub mod feedback_step;
pub mod feedback_story;
pub mod kinds;
pub mod you_said_we_did;
pub mod you_said_we_did_source;
