//! Initiatives, boards, seats and members (`domain.md` 2.2).
//!
//! - [`types`]: how they look to clients; [`representation`]: who is missing at a board's table.
//! - [`board`], [`seat`], [`constituency`], [`membership`], [`initiative`]: what clients can do to them.
//! - [`terms`]: what the server does by itself.
//! - [`rules`]: what must be true.

pub(in crate::domains) mod abilities;
pub mod board;
pub mod constituency;
pub mod initiative;
pub(in crate::domains) mod input;
mod look_back;
pub mod membership;
pub mod representation;
pub mod rules;
pub mod seat;
pub mod terms;
pub mod types;
