//! What indicators are to reach, and what they are compared with.

pub mod mutation;
mod persist;
