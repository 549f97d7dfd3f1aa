//! Events: prepared, announced, called off.

mod life;
pub mod mutation;
mod persist;

pub(in crate::domains::gatherings) use persist::{Limited, run};
