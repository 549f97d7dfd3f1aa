//! Events: workshops, showcases, festivals that organisations host together (`domain.md` 2.6).
//!
//! The area is called after what people do there. *Events* are something else in this house: what
//! [`events`](crate::events) records whenever anything changes.
//!
//! - [`types`]: how events look to clients.
//! - [`event`], [`host`], [`attendance`], [`outcome`]: what clients can do to them.
//! - `hold`: what all of these share, the event held above all.
//! - [`rules`]: what must be true.

pub mod attendance;
pub mod event;
mod hold;
pub mod host;
pub mod outcome;
pub mod rules;
pub mod settings;
pub mod types;

/// Everything that can be changed in this area.
#[derive(async_graphql::MergedObject, Default)]
pub struct GatheringsMutation(
    event::mutation::EventMutation,
    host::mutation::EventHostMutation,
    attendance::mutation::EventAttendanceMutation,
    outcome::mutation::EventOutcomeMutation,
);
