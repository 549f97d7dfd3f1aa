//! The codes organisations and sites are known by elsewhere: adding them, ending them.

pub mod mutation;
pub(super) mod persist;
