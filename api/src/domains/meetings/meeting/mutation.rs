//! What clients can do to meetings.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::meetings::meeting;

use super::life::Step;
use super::{agenda, life, minutes, persist};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, global_id};

/// Mutations of meetings.
#[derive(Default)]
pub struct MeetingMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(meeting::Entity::PREFIX, id)
}

#[Object]
impl MeetingMutation {
    /// Prepares a meeting of a board that is not closed. It is `DRAFT`, which the board's own people see. Needs: the board's
    /// chair or facilitator, or the administrator of its host.
    async fn meeting_create(
        &self,
        ctx: &Context<'_>,
        input: MeetingCreateInput,
    ) -> Result<MeetingCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a meeting that has not taken place. Needs: the board's chair or facilitator, or the administrator of its
    /// host.
    async fn meeting_update(
        &self,
        ctx: &Context<'_>,
        input: MeetingUpdateInput,
    ) -> Result<MeetingUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Announces a meeting to whoever may see the board, and asks every active member to come: `DRAFT` becomes `PUBLISHED`.
    /// Needs: the board's chair or facilitator, or the administrator of its host.
    async fn meeting_publish(
        &self,
        ctx: &Context<'_>,
        input: MeetingPublishInput,
    ) -> Result<MeetingPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                };
                Box::pin(life::publish(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Notes that a meeting takes place, so that attendance and decisions can be recorded: `PUBLISHED` becomes `HELD`, once
    /// it has begun by the server's clock. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn meeting_hold(&self, ctx: &Context<'_>, input: MeetingHoldInput) -> Result<MeetingHoldPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                };
                Box::pin(life::hold(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Calls a meeting off for a reason: `DRAFT` or `PUBLISHED` becomes `CANCELLED`. Needs: the board's chair or
    /// facilitator, or the administrator of its host.
    async fn meeting_cancel(
        &self,
        ctx: &Context<'_>,
        input: MeetingCancelInput,
    ) -> Result<MeetingCancelPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                };
                Box::pin(life::cancel(change, step, &input.reason))
            })
            .await?
            .into(),
        )
    }

    /// Puts the agenda in order. Open and confidential items are numbered apart, so that no gap tells of the latter. Needs:
    /// the board's chair or facilitator, or the administrator of its host.
    async fn meeting_agenda_order(
        &self,
        ctx: &Context<'_>,
        input: MeetingAgendaOrderInput,
    ) -> Result<MeetingAgendaOrderPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(agenda::order(change, input))
            })
            .await?
            .into(),
        )
    }

    /// Writes the minutes of a meeting that was held: `HELD` becomes `MINUTES_DRAFT`. Until they are approved they can be
    /// written anew. Keep what is confidential out of them: once approved, whoever sees the meeting reads them. Needs: the
    /// board's chair or facilitator, or the administrator of its host.
    async fn meeting_minutes_draft(
        &self,
        ctx: &Context<'_>,
        input: MeetingMinutesDraftInput,
    ) -> Result<MeetingMinutesDraftPayload> {
        let key = input.idempotency_key.clone();
        let about = about(&input.id);
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin(minutes::draft(change, input, &settings.meetings))
            })
            .await?
            .into(),
        )
    }

    /// Records that the next meeting of the board approved the minutes of this one: `MINUTES_DRAFT` becomes
    /// `MINUTES_APPROVED`. That meeting needs the board's quorum, of voting members and of lived experience, as recorded in its
    /// attendance. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn meeting_minutes_approve(
        &self,
        ctx: &Context<'_>,
        input: MeetingMinutesApproveInput,
    ) -> Result<MeetingMinutesApprovePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(minutes::approve(change, input))
            })
            .await?
            .into(),
        )
    }
}

/// A new meeting.
#[derive(Debug, InputObject)]
pub struct MeetingCreateInput {
    /// The board.
    pub board_id: ID,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime,
    /// When it ends: after it begins, within 24 hours.
    pub ends_at: DateTime,
    /// Where people meet: up to 500 characters. Whoever sees the meeting reads it.
    pub venue: Option<String>,
    /// Where people join from afar: an address that begins with `https://`. Only those who are invited, and the board's own
    /// people, read it.
    pub online_url: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a meeting. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct MeetingUpdateInput {
    /// The meeting.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// When it begins.
    pub starts_at: MaybeUndefined<DateTime>,
    /// When it ends: after it begins, within 24 hours.
    pub ends_at: MaybeUndefined<DateTime>,
    /// Where people meet: up to 500 characters.
    pub venue: MaybeUndefined<String>,
    /// Where people join from afar: an address that begins with `https://`.
    pub online_url: MaybeUndefined<String>,
}

action_input! {
    /// Which meeting is announced.
    MeetingPublishInput("The meeting.") {}
}

action_input! {
    /// Which meeting takes place.
    MeetingHoldInput("The meeting.") {}
}

action_input! {
    /// Which meeting is called off.
    MeetingCancelInput("The meeting.") {
        /// Why, in plain words: 1 to 2,000 characters. Whoever sees the meeting reads it.
        reason: String,
    }
}

action_input! {
    /// Which agenda is put in order.
    MeetingAgendaOrderInput("The meeting.") {
        /// Every item on its agenda, in the order wanted.
        agenda_item_ids: Vec<ID>,
    }
}

action_input! {
    /// Which meeting is minuted.
    MeetingMinutesDraftInput("The meeting.") {
        /// What was said and done: 1 to 50,000 characters.
        minutes: String,
    }
}

action_input! {
    /// Which minutes are approved.
    MeetingMinutesApproveInput("The meeting whose minutes they are.") {
        /// The meeting that approved them: the next one of the same board, or a later one where the next put them off. It
        /// was held.
        approved_by_meeting_id: ID,
    }
}

payload! {
    /// What became of a new meeting.
    MeetingCreatePayload { meeting: meeting::Entity }
}

payload! {
    /// What became of a change to a meeting.
    MeetingUpdatePayload { meeting: meeting::Entity }
}

payload! {
    /// What became of the announcement of a meeting.
    MeetingPublishPayload { meeting: meeting::Entity }
}

payload! {
    /// What became of a meeting that takes place.
    MeetingHoldPayload { meeting: meeting::Entity }
}

payload! {
    /// What became of calling a meeting off.
    MeetingCancelPayload { meeting: meeting::Entity }
}

payload! {
    /// What became of the order of an agenda.
    MeetingAgendaOrderPayload { meeting: meeting::Entity }
}

payload! {
    /// What became of minutes.
    MeetingMinutesDraftPayload { meeting: meeting::Entity }
}

payload! {
    /// What became of the approval of minutes.
    MeetingMinutesApprovePayload { meeting: meeting::Entity }
}
