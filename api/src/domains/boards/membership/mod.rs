//! Memberships: the path of a person on to, through and off a board.
//!
//! [`mutation`] takes requests, `input` turns each into a step, `take` plans the step by the rules, `record` writes it
//! down: the membership, a row of its history, and the event. `nominate` begins a path.

mod input;
pub mod mutation;
mod nominate;
pub(super) mod record;
mod take;

pub(super) use take::held;
