//! What clients can do to attendance.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::meetings::attendance;
use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus};

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of attendance.
#[derive(Default)]
pub struct AttendanceMutation;

#[Object]
impl AttendanceMutation {
    /// Asks somebody to a meeting that was announced, or adds whoever turned up at one that is held. Members attend as
    /// `MEMBER`, and nobody else does. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn attendance_invite(
        &self,
        ctx: &Context<'_>,
        input: AttendanceInviteInput,
    ) -> Result<AttendanceInvitePayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(persist::invite(change, input, &settings.meetings))
            })
            .await?
            .into(),
        )
    }

    /// Records whether somebody is there, while the meeting is held. Who comes late or leaves early is recorded as it
    /// happens: a decision counts who is present at its moment. Needs: the board's chair or facilitator, or the
    /// administrator of its host.
    async fn attendance_record(
        &self,
        ctx: &Context<'_>,
        input: AttendanceRecordInput,
    ) -> Result<AttendanceRecordPayload> {
        let about = global_id::decode_as(attendance::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::record(change, input))
        })
        .await?
        .into())
    }

    /// Says before a meeting that somebody cannot come. No reason is asked for. Needs: to be the person; or the board's chair
    /// or facilitator, or the administrator of its host, who was told.
    async fn attendance_send_apologies(
        &self,
        ctx: &Context<'_>,
        input: AttendanceSendApologiesInput,
    ) -> Result<AttendanceSendApologiesPayload> {
        let about = global_id::decode_as(attendance::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::send_apologies(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// Whom to ask to a meeting.
#[derive(Debug, InputObject)]
pub struct AttendanceInviteInput {
    /// The meeting.
    pub meeting_id: ID,
    /// The person: somebody you may see.
    pub person_id: ID,
    /// In what capacity they attend.
    pub capacity: OneOf<AttendanceCapacity>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Whose attendance to record.
    AttendanceRecordInput("The attendance.") {
        /// Whether they are there: `PRESENT`, `ABSENT` or `APOLOGIES`.
        status: OneOf<AttendanceStatus>,
    }
}

action_input! {
    /// Who cannot come.
    AttendanceSendApologiesInput("The attendance.") {}
}

payload! {
    /// What became of an invitation to a meeting.
    AttendanceInvitePayload { attendance: attendance::Entity }
}

payload! {
    /// What became of a recorded attendance.
    AttendanceRecordPayload { attendance: attendance::Entity }
}

payload! {
    /// What became of apologies.
    AttendanceSendApologiesPayload { attendance: attendance::Entity }
}
