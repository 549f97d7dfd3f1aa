//! Organisations: registering them, changing them, and whether they take part.

pub mod mutation;
mod persist;
mod status;
