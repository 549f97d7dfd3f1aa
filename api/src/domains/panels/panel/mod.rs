//! Interview panels: forming one, its questions, its candidates, and marking it ready.

pub mod mutation;
mod persist;
mod questions;
pub(super) mod steps;
