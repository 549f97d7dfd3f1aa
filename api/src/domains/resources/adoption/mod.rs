//! Who adopts which version.

pub mod mutation;
mod persist;
