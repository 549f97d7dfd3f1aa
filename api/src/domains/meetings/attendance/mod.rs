//! Attendance: asking people to a meeting, their apologies, and who was there.

pub mod mutation;
mod persist;
