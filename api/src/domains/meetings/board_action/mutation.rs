//! What clients can do to actions.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::meetings::board_action;
use entity::meetings::kinds::ActionStatus;

use super::persist::{self, Step};
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, global_id};

/// Mutations of actions.
#[derive(Default)]
pub struct ActionMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(board_action::Entity::PREFIX, id)
}

#[Object]
impl ActionMutation {
    /// Notes something to be done for a board, by whom and by when: it is `OPEN`. Needs: the board's chair or facilitator, or
    /// the administrator of its host.
    async fn action_create(
        &self,
        ctx: &Context<'_>,
        input: ActionCreateInput,
    ) -> Result<ActionCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes what is to be done, by whom or by when, until it is done or dropped. Needs: the board's chair or facilitator,
    /// or the administrator of its host.
    async fn action_update(
        &self,
        ctx: &Context<'_>,
        input: ActionUpdateInput,
    ) -> Result<ActionUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Says that it is done: `OPEN` or `BLOCKED` becomes `DONE`. Needs: its owner; or the board's chair or facilitator, or
    /// the administrator of its host.
    async fn action_complete(
        &self,
        ctx: &Context<'_>,
        input: ActionCompleteInput,
    ) -> Result<ActionCompletePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: ActionStatus::Done,
                    action: "action.complete",
                    note: input.note.as_deref(),
                };
                Box::pin(persist::progress(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Says what stands in its way: `OPEN` becomes `BLOCKED`. Needs: its owner; or the board's chair or facilitator, or the
    /// administrator of its host.
    async fn action_block(&self, ctx: &Context<'_>, input: ActionBlockInput) -> Result<ActionBlockPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: ActionStatus::Blocked,
                    action: "action.block",
                    note: Some(&input.reason),
                };
                Box::pin(persist::progress(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Says that nothing stands in its way any more: `BLOCKED` becomes `OPEN`. Needs: its owner; or the board's chair or
    /// facilitator, or the administrator of its host.
    async fn action_resume(
        &self,
        ctx: &Context<'_>,
        input: ActionResumeInput,
    ) -> Result<ActionResumePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: ActionStatus::Open,
                    action: "action.resume",
                    note: None,
                };
                Box::pin(persist::progress(change, step))
            })
            .await?
            .into(),
        )
    }

    /// Gives it up for a reason: `OPEN` or `BLOCKED` becomes `DROPPED`. Needs: the board's chair or facilitator, or the
    /// administrator of its host.
    async fn action_drop(&self, ctx: &Context<'_>, input: ActionDropInput) -> Result<ActionDropPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let step = Step {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: ActionStatus::Dropped,
                    action: "action.drop",
                    note: Some(&input.reason),
                };
                Box::pin(persist::drop(change, step))
            })
            .await?
            .into(),
        )
    }
}

/// Something to be done.
#[derive(Debug, InputObject)]
pub struct ActionCreateInput {
    /// The board.
    pub board_id: ID,
    /// The meeting of the board at which it was agreed; that of the agenda item when you leave it out.
    pub meeting_id: Option<ID>,
    /// The agenda item that it follows from.
    pub agenda_item_id: Option<ID>,
    /// What is to be done: 1 to 300 characters.
    pub title: String,
    /// More about it: up to 5,000 characters.
    pub detail: Option<String>,
    /// Who does it: somebody you may see. They read it; what follows from a confidential item only a member does.
    pub owner_person_id: ID,
    /// By which day: today or later.
    pub due_on: Date,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an action. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ActionUpdateInput {
    /// The action.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What is to be done: 1 to 300 characters.
    pub title: MaybeUndefined<String>,
    /// More about it: up to 5,000 characters.
    pub detail: MaybeUndefined<String>,
    /// Who does it; leave it out to keep them.
    pub owner_person_id: Option<ID>,
    /// By which day: today or later.
    pub due_on: MaybeUndefined<Date>,
}

action_input! {
    /// Which action is done.
    ActionCompleteInput("The action.") {
        /// What came of it, in plain words: up to 2,000 characters.
        note: Option<String>,
    }
}

action_input! {
    /// Which action cannot go on.
    ActionBlockInput("The action.") {
        /// What stands in its way, in plain words: 1 to 2,000 characters.
        reason: String,
    }
}

action_input! {
    /// Which action goes on.
    ActionResumeInput("The action.") {}
}

action_input! {
    /// Which action is given up.
    ActionDropInput("The action.") {
        /// Why, in plain words: 1 to 2,000 characters.
        reason: String,
    }
}

payload! {
    /// What became of something to be done.
    ActionCreatePayload { action: board_action::Entity }
}

payload! {
    /// What became of a change to an action.
    ActionUpdatePayload { action: board_action::Entity }
}

payload! {
    /// What became of an action that was done.
    ActionCompletePayload { action: board_action::Entity }
}

payload! {
    /// What became of an action that is blocked.
    ActionBlockPayload { action: board_action::Entity }
}

payload! {
    /// What became of an action that goes on.
    ActionResumePayload { action: board_action::Entity }
}

payload! {
    /// What became of an action that was given up.
    ActionDropPayload { action: board_action::Entity }
}
