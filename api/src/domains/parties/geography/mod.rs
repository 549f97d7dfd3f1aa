//! Areas: which council answers for one.

pub mod mutation;
mod persist;
