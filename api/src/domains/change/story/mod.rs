//! Anonymised stories: written with consent, checked by somebody else.

pub mod mutation;
mod persist;
