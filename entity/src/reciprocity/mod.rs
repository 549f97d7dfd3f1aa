//! What people get for taking part (`domain.md` 2.9).

pub mod contribution;
pub mod kinds;
