//! Sites: the places where organisations work.

pub mod mutation;
mod persist;
