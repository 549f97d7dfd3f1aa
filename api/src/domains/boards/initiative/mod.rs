//! Pieces of work: started and changed by the organisations of a partnership that is at work.

pub mod mutation;
mod persist;
