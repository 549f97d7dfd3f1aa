//! What people get for taking part, and how long it took (`domain.md` 2.9).
//!
//! - [`types`]: how it looks to clients.
//! - [`contribution`]: what clients can do.
//! - [`rules`]: what must be true.

pub mod contribution;
pub mod rules;
pub mod types;
