//! What must be true of outcomes and of figures. Pure: no database, no GraphQL.
//!
//! - [`exact`] divides without losing a digit.
//! - [`aggregation`] puts figures together: percentages are re-made, never averaged.
//! - [`ranking`] compares councils with each other.
//! - [`change`] tells a change from the noise of a survey.
//! - [`series`] ends trend lines where the wording changed.
//! - [`imports`] says what becomes of the rows of a file.
//! - [`before_after`] tells what changed, without inventing how many were asked.

pub mod aggregation;
pub mod before_after;
pub mod change;
pub mod exact;
pub mod frameworks;
pub mod imports;
pub mod indicators;
pub mod observations;
pub mod ranking;
pub mod series;
pub mod values;
