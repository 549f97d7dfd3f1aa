//! Feedback: given, acknowledged, looked into, answered; and shared with a board.

pub mod mutation;
mod persist;
mod steps;
