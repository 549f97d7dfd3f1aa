//! Seats: adding them to a board, changing them, closing them.

pub mod mutation;
mod persist;
