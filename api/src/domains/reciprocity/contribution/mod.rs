//! Contributions: an offer before the work, its answer, and the minutes after it.

mod answer;
mod minutes;
pub mod mutation;
mod offer;
