//! Planning a visit, and its way from state to state.

pub mod mutation;
mod plan;
mod steps;
