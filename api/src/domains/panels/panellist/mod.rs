//! Panellists: adding them, changing what they are there, standing down.

pub mod mutation;
mod persist;
