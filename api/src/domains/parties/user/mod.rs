//! Users: the accounts with which people sign in.

pub mod mutation;
mod persist;
