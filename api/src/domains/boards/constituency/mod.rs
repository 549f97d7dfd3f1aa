//! Constituencies: the reference data that all boards share.

pub mod mutation;
mod persist;
