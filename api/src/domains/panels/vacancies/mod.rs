//! Vacancies: drafting, opening, closing; and the applications for them.

pub mod application;
pub mod mutation;
pub(in crate::domains::panels) mod persist;
