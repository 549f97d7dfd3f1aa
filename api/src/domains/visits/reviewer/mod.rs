//! Who goes on a visit, and who leads it.

pub mod mutation;
mod persist;
