//! Roles: given, and taken back.

mod account;
pub mod mutation;
mod persist;

pub(super) use persist::end_role;
