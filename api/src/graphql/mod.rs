//! (being built)

pub mod document;
