//! Initiatives, boards, seats and members (`domain.md` 2.2).

pub mod initiative;
pub mod mutation;
mod persist;
pub mod rules;
pub mod types;
