//! Outcomes, and what good, ok and not good look like.

mod descriptors;
pub mod mutation;
pub(super) mod persist;
