//! "You said, we did": written, traced back to what people said, published, withdrawn.

pub mod mutation;
mod persist;
mod publication;
mod sources;
