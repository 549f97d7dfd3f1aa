//! Who contributes to a version.

pub mod mutation;
mod persist;
