//! Conflicts of interest: what somebody declares to a panel, to a board, about an item on its agenda or about a monitoring visit, and
//! what somebody else makes of it (`domain.md` 2.3).
//!
//! - [`types`]: how declarations look to clients.
//! - [`mutation`]: what clients can do; `panel`, `board` and `visit` do it, each with what its own context asks for.
//! - [`rules`]: what must be true.

mod board;
pub mod mutation;
mod panel;
mod persist;
pub mod rules;
pub mod types;
mod visit;
