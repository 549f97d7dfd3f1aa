//! Series of meetings.

pub mod mutation;
mod persist;
