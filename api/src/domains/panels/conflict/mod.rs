//! Conflicts of interest: declaring them to a panel, and assessing those of others.

pub mod mutation;
mod persist;
