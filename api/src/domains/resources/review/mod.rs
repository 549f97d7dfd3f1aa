//! What reviewers think of a version.

pub mod mutation;
mod persist;
