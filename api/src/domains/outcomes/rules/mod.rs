//! What is true of figures: pure, exact, and the same for whoever asks (`domain.md` 2.8 and 4).
//!
//! - [`exact`] divides without losing a digit.
//! - [`aggregation`] puts figures together: percentages are re-made, never averaged.
//! - [`ranking`] compares councils with each other.
//! - [`change`] tells a change from the noise of a survey.
//! - [`series`] ends trend lines where the wording changed.
//! - [`before_after`] tells what changed, without inventing how many were asked.

pub mod aggregation;
pub mod before_after;
pub mod change;
pub mod exact;
pub mod ranking;
pub mod series;
