//! Agenda items: putting them forward, answering them, changing them.

pub mod mutation;
mod persist;
