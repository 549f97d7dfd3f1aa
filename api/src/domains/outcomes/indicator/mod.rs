//! Indicators, and how they are worded for a time.

pub mod mutation;
mod persist;
mod versions;
