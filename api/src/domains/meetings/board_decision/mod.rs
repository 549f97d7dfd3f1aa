//! Decisions of boards.

pub mod mutation;
mod persist;
