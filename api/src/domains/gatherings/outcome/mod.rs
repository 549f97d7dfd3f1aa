//! What came of events.

pub mod mutation;
mod persist;
