//! Ties between people and organisations.

pub mod mutation;
mod persist;
