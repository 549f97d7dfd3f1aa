//! What clients can do to agenda items.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::meetings::agenda_item;
use entity::meetings::kinds::{AgendaItemKind, AgendaItemStatus};

use super::persist::{self, Step};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of agenda items.
#[derive(Default)]
pub struct AgendaItemMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(agenda_item::Entity::PREFIX, id)
}

#[Object]
impl AgendaItemMutation {
    /// Puts something forward for a meeting that has not taken place. What a member puts forward is `PROPOSED`, and the
    /// chair answers; what the chair puts forward is on the agenda at once. Needs: a seat on the board, or to be its chair,
    /// facilitator or, for what is not confidential, the administrator of its host.
    async fn agenda_item_propose(
        &self,
        ctx: &Context<'_>,
        input: AgendaItemProposeInput,
    ) -> Result<AgendaItemProposePayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(persist::propose(change, input, &settings.meetings))
            })
            .await?
            .into(),
        )
    }

    /// Changes an item of a meeting that has not taken place. Needs: whoever put it forward, until it is answered; or the
    /// board's chair or facilitator, or the administrator of its host.
    async fn agenda_item_update(
        &self,
        ctx: &Context<'_>,
        input: AgendaItemUpdateInput,
    ) -> Result<AgendaItemUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Puts a proposal on the agenda, as its last item: `PROPOSED` becomes `ACCEPTED`. Needs: the board's chair or
    /// facilitator, or the administrator of its host.
    async fn agenda_item_accept(
        &self,
        ctx: &Context<'_>,
        input: AgendaItemAcceptInput,
    ) -> Result<AgendaItemAcceptPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: AgendaItemStatus::Accepted,
                    action: "agenda_item.accept",
                    reason: None,
                };
                Box::pin(persist::answer(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Says no to a proposal, with a reason that the board's own people and whoever put it forward read: `PROPOSED` becomes
    /// `DECLINED`. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn agenda_item_decline(
        &self,
        ctx: &Context<'_>,
        input: AgendaItemDeclineInput,
    ) -> Result<AgendaItemDeclinePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: AgendaItemStatus::Declined,
                    action: "agenda_item.decline",
                    reason: Some(&input.reason),
                };
                Box::pin(persist::answer(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Takes an item back before the meeting: `PROPOSED` or `ACCEPTED` becomes `WITHDRAWN`. Needs: whoever put it forward;
    /// or the board's chair or facilitator, or the administrator of its host.
    async fn agenda_item_withdraw(
        &self,
        ctx: &Context<'_>,
        input: AgendaItemWithdrawInput,
    ) -> Result<AgendaItemWithdrawPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(persist::withdraw(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }
}

/// What to put forward.
#[derive(Debug, InputObject)]
pub struct AgendaItemProposeInput {
    /// The meeting.
    pub meeting_id: ID,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 5,000 characters.
    pub summary: Option<String>,
    /// What it is on the agenda for.
    pub kind: OneOf<AgendaItemKind>,
    /// Whether nobody outside the board may know of it; false when left out.
    pub confidential: Option<bool>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an agenda item. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct AgendaItemUpdateInput {
    /// The item.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it is about: up to 5,000 characters.
    pub summary: MaybeUndefined<String>,
    /// What it is on the agenda for.
    pub kind: MaybeUndefined<OneOf<AgendaItemKind>>,
    /// Whether nobody outside the board may know of it.
    pub confidential: MaybeUndefined<bool>,
}

action_input! {
    /// Which proposal is accepted.
    AgendaItemAcceptInput("The item.") {}
}

action_input! {
    /// Which proposal is declined.
    AgendaItemDeclineInput("The item.") {
        /// Why, in plain words: 1 to 2,000 characters.
        reason: String,
    }
}

action_input! {
    /// Which item is taken back.
    AgendaItemWithdrawInput("The item.") {}
}

payload! {
    /// What became of something put forward.
    AgendaItemProposePayload { agenda_item: agenda_item::Entity }
}

payload! {
    /// What became of a change to an agenda item.
    AgendaItemUpdatePayload { agenda_item: agenda_item::Entity }
}

payload! {
    /// What became of a proposal that was accepted.
    AgendaItemAcceptPayload { agenda_item: agenda_item::Entity }
}

payload! {
    /// What became of a proposal that was declined.
    AgendaItemDeclinePayload { agenda_item: agenda_item::Entity }
}

payload! {
    /// What became of an item that was taken back.
    AgendaItemWithdrawPayload { agenda_item: agenda_item::Entity }
}
