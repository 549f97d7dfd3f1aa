//! Papers: the documents of agenda items, in their formats.

pub mod mutation;
mod persist;
