//! Outcome monitoring: figures that a commissioner can trust.

pub mod rules;
