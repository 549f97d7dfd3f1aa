//! The audit.

pub mod types;
