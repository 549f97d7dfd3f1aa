//! How agreements to share data are written, signed and ended. While one is in force, each party that has signed reads the
//! others' rows of its categories: `store/who.rs` joins it live, so whatever happens here counts from the next request on.

pub mod mutation;
mod persist;
mod writing;

pub(super) use persist::{event, parties_of};
