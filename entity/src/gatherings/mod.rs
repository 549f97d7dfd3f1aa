//! Events that organisations host together (`domain.md` 2.6). The area is called after what people do there, because *events*
//! are also what an API records of itself.

pub mod event;
pub mod event_attendance;
pub mod event_host;
pub mod event_outcome;
pub mod kinds;
