//! Formats and languages of a version.

pub mod mutation;
mod persist;
