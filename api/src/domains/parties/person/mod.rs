//! People: added by the organisations they belong to, changed by themselves, erased at their wish.

mod anonymise;
pub mod mutation;
mod persist;
