//! What must be true of monitoring visits: pure, without a database.

pub mod report;
pub mod reviewers;
pub mod states;
