//! Organisations, their sites and services, and people (`domain.md` 2.1).

pub mod rules;
pub mod types;
