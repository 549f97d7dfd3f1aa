//! What people agree to: theirs alone to give and to take back.

pub mod mutation;
mod persist;
