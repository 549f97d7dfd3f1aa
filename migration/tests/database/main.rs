//! The database as migrations leave it: its history, its structure, its rules.

mod history;
mod rows;
mod rules;
mod structure;
mod support;
