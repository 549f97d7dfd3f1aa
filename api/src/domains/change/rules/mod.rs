//! What must be true of feedback, of stories, and of what organisations say they did.

pub mod feedback;
pub mod stories;
pub mod you_said_we_did;
