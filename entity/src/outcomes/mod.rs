//! Outcome monitoring.

pub mod kinds;
