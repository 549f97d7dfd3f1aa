//! Access needs at a meeting: what is arranged, and whether it meets the need.

pub mod mutation;
mod persist;

pub(in crate::domains) use persist::forget;
