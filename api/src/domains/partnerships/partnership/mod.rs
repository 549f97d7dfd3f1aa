//! A partnership's life: set up, changed, activated, handed over, closed.

pub mod mutation;
mod persist;
