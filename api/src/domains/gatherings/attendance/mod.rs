//! Places at events: asked for, given up, passed on; and who came.

pub(in crate::domains) mod erase;
pub mod mutation;
mod persist;
