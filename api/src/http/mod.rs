//! (being built)

pub mod explorer;
