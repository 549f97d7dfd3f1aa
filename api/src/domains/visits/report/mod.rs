//! What the reviewers found: a rating for each outcome, with evidence, and two texts.

pub mod mutation;
mod persist;
