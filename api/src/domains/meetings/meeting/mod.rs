//! Meetings: preparing, announcing, holding and cancelling them, their agenda's order, their minutes.

mod agenda;
mod life;
mod minutes;
pub mod mutation;
mod persist;
