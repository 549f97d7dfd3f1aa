//! Initiatives, boards, seats and members (`domain.md` 2.2).
//!
//! - [`types`]: how they look to clients; [`representation`]: who is missing at a board's table.
//! - [`board`], [`seat`], [`constituency`], [`membership`]: what clients can do to them.
//! - [`terms`]: what the server does by itself.
//! - [`rules`]: what must be true.

pub mod board;
pub mod constituency;
mod input;
pub mod membership;
pub mod representation;
pub mod rules;
pub mod seat;
pub mod terms;
#[cfg(test)]
mod test_world;
#[cfg(test)]
mod tests;
pub mod types;
