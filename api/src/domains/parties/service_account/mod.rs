//! Service accounts: how computer systems of organisations sign in.

pub mod mutation;
mod persist;
