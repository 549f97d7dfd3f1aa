//! Places at events: asked for, given up, passed on; and who came.

pub mod mutation;
mod persist;
