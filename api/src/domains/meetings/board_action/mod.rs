//! Actions: what is to be done, by whom and by when, and how far it has got.

pub mod mutation;
mod persist;
