//! Hosts: organisations that are asked, and answer for themselves.

pub mod mutation;
mod persist;
