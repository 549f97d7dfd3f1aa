//! What clients can do to boards.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::boards::board;
use entity::boards::kinds::{BoardKind, BoardStatus};

use super::life::{self, Publication};
use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of boards.
#[derive(Default)]
pub struct BoardMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(board::Entity::PREFIX, id)
}

#[Object]
impl BoardMutation {
    /// Sets up a board, which is `FORMING` at first and read by its own people. Needs: administrator of the organisation
    /// that will host it, which takes part in the partnership.
    async fn board_create(&self, ctx: &Context<'_>, input: BoardCreateInput) -> Result<BoardCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a board. A board at work must be able to keep its quorum and its share of lived experience with the seats it
    /// has. Needs: its chair or facilitator, or the administrator of its host.
    async fn board_update(&self, ctx: &Context<'_>, input: BoardUpdateInput) -> Result<BoardUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Lets a board begin its work, or take it up again: `FORMING` or `DORMANT` becomes `ACTIVE`. Its seats must be able to
    /// keep its quorum and its share of lived experience. Needs: its chair or facilitator, or the administrator of its host.
    async fn board_activate(
        &self,
        ctx: &Context<'_>,
        input: BoardActivateInput,
    ) -> Result<BoardActivatePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let to = life::StatusStep {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: BoardStatus::Active,
                    action: "board.activate",
                    reason: None,
                };
                Box::pin(life::change_status(change, to))
            })
            .await?
            .into(),
        )
    }

    /// Lets a board rest: `ACTIVE` becomes `DORMANT`. Its members stay. Needs: its chair or facilitator, or the
    /// administrator of its host.
    async fn board_rest(&self, ctx: &Context<'_>, input: BoardRestInput) -> Result<BoardRestPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let to = life::StatusStep {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: BoardStatus::Dormant,
                    action: "board.rest",
                    reason: input.reason.as_deref(),
                };
                Box::pin(life::change_status(change, to))
            })
            .await?
            .into(),
        )
    }

    /// Closes a board for good. In the same step its memberships end with `BOARD_CLOSED`, and whoever was on the way to it is
    /// declined. Needs: its chair or facilitator, or the administrator of its host.
    async fn board_close(&self, ctx: &Context<'_>, input: BoardCloseInput) -> Result<BoardClosePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let to = life::StatusStep {
                    id: &input.id,
                    expected_version: input.expected_version,
                    to: BoardStatus::Closed,
                    action: "board.close",
                    reason: input.reason.as_deref(),
                };
                Box::pin(life::change_status(change, to))
            })
            .await?
            .into(),
        )
    }

    /// Lets everybody read a board, its seats, and those of its members who consent to be named. Needs: its chair or
    /// facilitator, or the administrator of its host.
    async fn board_publish(
        &self,
        ctx: &Context<'_>,
        input: BoardPublishInput,
    ) -> Result<BoardPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let version = input.expected_version;
                Box::pin(life::publish(change, &input.id, version, Publication::Publish))
            })
            .await?
            .into(),
        )
    }

    /// Takes a board back from the public; its own people and partners still read it. Needs: its chair or facilitator, or
    /// the administrator of its host.
    async fn board_unpublish(
        &self,
        ctx: &Context<'_>,
        input: BoardUnpublishInput,
    ) -> Result<BoardUnpublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                let version = input.expected_version;
                Box::pin(life::publish(change, &input.id, version, Publication::Unpublish))
            })
            .await?
            .into(),
        )
    }
}

/// A new board.
#[derive(Debug, InputObject)]
pub struct BoardCreateInput {
    /// The partnership it belongs to.
    pub partnership_id: ID,
    /// The organisation that runs it: an active member of the partnership.
    pub host_organisation_id: ID,
    /// The piece of work it belongs to, of the same partnership.
    pub initiative_id: Option<ID>,
    /// What it is called: 1 to 200 characters.
    pub name: String,
    /// What it is for.
    pub kind: OneOf<BoardKind>,
    /// What it sets out to do: up to 2,000 characters.
    pub purpose: Option<String>,
    /// The terms it works under: up to 20,000 characters.
    pub terms_of_reference: Option<String>,
    /// How many voting members must be there to decide: 1 to 1,000.
    pub quorum: i32,
    /// How many of them must have lived experience or be carers: no more than `quorum`.
    pub quorum_lived: i32,
    /// The least share of voting seats for lived experience and carers, in basis points: 0 to 10,000.
    pub min_lived_bp: i32,
    /// How many months a membership lasts: 1 to 120; leave it out for no limit.
    pub term_months: Option<i32>,
    /// How many days before a meeting its papers are due in an accessible format: 0 to 60; 7 when left out.
    pub papers_due_days: Option<i32>,
    /// Who can be a member, in plain words: up to 2,000 characters.
    pub eligibility_note: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a board. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct BoardUpdateInput {
    /// The board.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub name: MaybeUndefined<String>,
    /// What it sets out to do: up to 2,000 characters.
    pub purpose: MaybeUndefined<String>,
    /// The terms it works under: up to 20,000 characters.
    pub terms_of_reference: MaybeUndefined<String>,
    /// How many voting members must be there to decide: 1 to 1,000.
    pub quorum: MaybeUndefined<i32>,
    /// How many of them must have lived experience or be carers: no more than `quorum`.
    pub quorum_lived: MaybeUndefined<i32>,
    /// The least share of voting seats for lived experience and carers, in basis points: 0 to 10,000.
    pub min_lived_bp: MaybeUndefined<i32>,
    /// How many months a membership lasts: 1 to 120; null for no limit. Memberships that have begun keep their term.
    pub term_months: MaybeUndefined<i32>,
    /// How many days before a meeting its papers are due in an accessible format: 0 to 60. Meetings that are prepared already
    /// keep their day.
    pub papers_due_days: MaybeUndefined<i32>,
    /// Who can be a member, in plain words: up to 2,000 characters.
    pub eligibility_note: MaybeUndefined<String>,
}

action_input! {
    /// Which board begins its work.
    BoardActivateInput("The board.") {}
}

action_input! {
    /// Which board rests.
    BoardRestInput("The board.") {
        /// Why, in plain words: up to 2,000 characters. It stands in the audit.
        reason: Option<String>,
    }
}

action_input! {
    /// Which board closes.
    BoardCloseInput("The board.") {
        /// Why, in plain words: up to 2,000 characters. It stands in the audit.
        reason: Option<String>,
    }
}

action_input! {
    /// Which board everybody may read.
    BoardPublishInput("The board.") {}
}

action_input! {
    /// Which board is taken back from the public.
    BoardUnpublishInput("The board.") {}
}

payload! {
    /// What became of a new board.
    BoardCreatePayload { board: board::Entity }
}

payload! {
    /// What became of a change to a board.
    BoardUpdatePayload { board: board::Entity }
}

payload! {
    /// What became of the beginning of a board's work.
    BoardActivatePayload { board: board::Entity }
}

payload! {
    /// What became of a board's rest.
    BoardRestPayload { board: board::Entity }
}

payload! {
    /// What became of the end of a board.
    BoardClosePayload { board: board::Entity }
}

payload! {
    /// What became of the publication of a board.
    BoardPublishPayload { board: board::Entity }
}

payload! {
    /// What became of taking a board back from the public.
    BoardUnpublishPayload { board: board::Entity }
}
