//! Figures: recorded one at a time or many at once, corrected by another revision, marked as final by a second person.

mod bulk;
pub mod mutation;
pub(super) mod naming;
pub(super) mod persist;
mod revisions;
