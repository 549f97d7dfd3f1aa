//! Outcome frameworks: written, brought into use, taken out of it.

pub mod mutation;
pub(super) mod persist;
