//! What people need in order to take part: theirs alone to write.

pub mod mutation;
mod persist;
