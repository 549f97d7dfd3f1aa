//! Courses that organisations give, and who completed them.

pub mod mutation;
mod persist;
