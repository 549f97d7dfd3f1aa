//! Versions of a resource: their text, and their way from draft to publication.

pub mod mutation;
mod persist;
mod steps;
