//! Resources: what people write together, and what it is about.

pub mod mutation;
mod persist;
