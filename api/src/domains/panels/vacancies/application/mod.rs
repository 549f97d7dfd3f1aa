//! Applications: handing in, taking back, answering an offer.

pub mod mutation;
pub(in crate::domains::panels) mod persist;
