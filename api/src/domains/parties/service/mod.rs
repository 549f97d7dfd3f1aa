//! Services: what organisations provide, for whom, and who pays.

pub mod mutation;
mod persist;
