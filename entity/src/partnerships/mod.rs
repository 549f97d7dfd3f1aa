//! Who works together: partnerships, their member organisations, and the agreements under which they share data.

pub mod kinds;
