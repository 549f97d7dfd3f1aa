//! Boards: setting them up, changing them, their life, and what the public reads.

mod life;
pub mod mutation;
mod persist;

pub(super) use persist::seats_of;
