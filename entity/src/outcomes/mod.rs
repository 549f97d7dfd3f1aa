//! Outcomes, how they are measured, and the figures (`domain.md` 2.8).

pub mod disaggregation;
pub mod import_batch;
pub mod import_error;
pub mod indicator;
pub mod indicator_target;
pub mod indicator_version;
pub mod kinds;
pub mod observation;
pub mod outcome;
pub mod outcome_descriptor;
pub mod outcome_framework;
