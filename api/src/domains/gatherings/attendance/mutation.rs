//! What clients can do about places at events.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::gatherings::event_attendance;
use entity::gatherings::kinds::EventAttendanceStatus;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::gatherings::event::Limited;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of places.
#[derive(Default)]
pub struct EventAttendanceMutation;

#[Object]
impl EventAttendanceMutation {
    /// Asks for a place at an event that was announced, before it begins. When it is full, you wait for the next place that
    /// becomes free, or are told so, as the hosts have chosen. Needs: a person, for themselves; for somebody else, and for
    /// whoever turns up, the administrator of a host.
    async fn event_register(
        &self,
        ctx: &Context<'_>,
        input: EventRegisterInput,
    ) -> Result<EventRegisterPayload> {
        let key = input.idempotency_key.clone();
        let limited = Limited {
            limits: area_settings(ctx)?.events.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &limited, |change, limited| {
            Box::pin(persist::register(change, limited))
        })
        .await?
        .into())
    }

    /// Says before an event that somebody cannot come; no reason is asked for. The place goes to the next who waits. Needs: to
    /// be the person; or the administrator of a host, who was told.
    async fn event_attendance_send_apologies(
        &self,
        ctx: &Context<'_>,
        input: EventAttendanceSendApologiesInput,
    ) -> Result<EventAttendanceSendApologiesPayload> {
        let about = global_id::decode_as(event_attendance::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::send_apologies(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }

    /// Confirms a place that somebody else asked for in your name: from then on it counts as yours, and the administrators of the
    /// hosts go on seeing you as somebody who comes to their events, as they do those who asked themselves. Without that they see you
    /// until the event is over, or you send apologies. Needs: to be the person.
    async fn event_attendance_confirm(
        &self,
        ctx: &Context<'_>,
        input: EventAttendanceConfirmInput,
    ) -> Result<EventAttendanceConfirmPayload> {
        let about = global_id::decode_as(event_attendance::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::confirm(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }

    /// Records whether somebody came, once the event has begun. Needs: the administrator of a host.
    async fn event_attendance_record(
        &self,
        ctx: &Context<'_>,
        input: EventAttendanceRecordInput,
    ) -> Result<EventAttendanceRecordPayload> {
        let about = global_id::decode_as(event_attendance::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::record(change, input))
        })
        .await?
        .into())
    }
}

/// Who comes to which event.
#[derive(Debug, InputObject)]
pub struct EventRegisterInput {
    /// The event.
    pub event_id: ID,
    /// The person: somebody you may see. You yourself when left out.
    pub person_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Who cannot come.
    EventAttendanceSendApologiesInput("The place.") {}
}

action_input! {
    /// Which place you want.
    EventAttendanceConfirmInput("The place.") {}
}

action_input! {
    /// Whose attendance to record.
    EventAttendanceRecordInput("The place.") {
        /// Whether they came: `CAME`, `ABSENT` or `APOLOGIES`.
        status: OneOf<EventAttendanceStatus>,
    }
}

payload! {
    /// What became of a request for a place.
    EventRegisterPayload { event_attendance: event_attendance::Entity }
}

payload! {
    /// What became of apologies for an event.
    EventAttendanceSendApologiesPayload { event_attendance: event_attendance::Entity }
}

payload! {
    /// What became of a place that its person confirmed.
    EventAttendanceConfirmPayload { event_attendance: event_attendance::Entity }
}

payload! {
    /// What became of a recorded attendance at an event.
    EventAttendanceRecordPayload { event_attendance: event_attendance::Entity }
}
