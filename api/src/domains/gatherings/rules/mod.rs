//! What must be true of events, their hosts, and the places at them.

pub mod events;
pub mod hosts;
pub mod places;
