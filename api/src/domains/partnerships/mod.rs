//! Partnerships, their members and what they agree to share (`domain.md` 2.1, 3).

pub mod rules;
pub mod types;
