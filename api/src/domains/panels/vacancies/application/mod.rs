//! Applications: handing in, taking back.

pub mod mutation;
pub(super) mod persist;
