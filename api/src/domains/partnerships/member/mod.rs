//! How organisations are invited to a partnership, accept, decline and leave.

pub mod mutation;
mod persist;
