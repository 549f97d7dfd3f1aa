//! The database as migrations leave it: its history, its structure, its rules.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say what they skip"
)]

mod carried;
mod history;
mod rows;
mod rules;
mod rules_change;
mod rules_outcomes;
mod rules_releases;
mod rules_visits;
mod structure;
mod support;
