//! Decisions of boards.

pub mod mutation;
mod persist;

pub(super) use persist::voters_now;
