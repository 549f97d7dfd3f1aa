//! Who contributes to a version.

pub mod mutation;
mod persist;

pub(in crate::domains) use persist::erase_credits;
