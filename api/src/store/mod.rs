//! (being built)

pub mod migrate;
