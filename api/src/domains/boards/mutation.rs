//! What clients can do to initiatives, boards, seats and members.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::boards::board;
use entity::boards::kinds::{BoardKind, BoardStatus};

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of boards.
#[derive(Default)]
pub struct BoardMutation;

#[Object]
impl BoardMutation {
    /// Sets up a board. Needs: administrator of the organisation that will host it, which takes part in the partnership.
    async fn board_create(&self, ctx: &Context<'_>, input: BoardCreateInput) -> Result<BoardCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create_board(change, input))
        })
        .await?
        .into())
    }

    /// Changes a board. Needs: its chair or facilitator, or the administrator of its host.
    async fn board_update(&self, ctx: &Context<'_>, input: BoardUpdateInput) -> Result<BoardUpdatePayload> {
        let about = global_id::decode_as(board::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update_board(change, input))
        })
        .await?
        .into())
    }
}

/// A new board.
#[derive(Debug, InputObject)]
pub struct BoardCreateInput {
    /// The partnership it belongs to.
    pub partnership_id: ID,
    /// The organisation that runs it.
    pub host_organisation_id: ID,
    /// The piece of work it belongs to.
    pub initiative_id: Option<ID>,
    /// What it is called: 1 to 200 characters.
    pub name: String,
    /// What it is for.
    pub kind: OneOf<BoardKind>,
    /// What it sets out to do: up to 2,000 characters.
    pub purpose: Option<String>,
    /// The terms it works under: up to 20,000 characters.
    pub terms_of_reference: Option<String>,
    /// How many voting members must be there to decide: at least 1.
    pub quorum: i32,
    /// How many of them must have lived experience or be carers: no more than `quorum`.
    pub quorum_lived: i32,
    /// The least share of voting seats for lived experience and carers, in basis points: 0 to 10,000.
    pub min_lived_bp: i32,
    /// How many months a membership lasts: 1 to 120; leave it out for no limit.
    pub term_months: Option<i32>,
    /// Who can be a member, in plain words: up to 2,000 characters.
    pub eligibility_note: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a board. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct BoardUpdateInput {
    /// The board.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub name: Option<String>,
    /// How far it has got.
    pub status: Option<OneOf<BoardStatus>>,
    /// What it sets out to do: up to 2,000 characters.
    pub purpose: MaybeUndefined<String>,
    /// The terms it works under: up to 20,000 characters.
    pub terms_of_reference: MaybeUndefined<String>,
    /// How many voting members must be there to decide: at least 1.
    pub quorum: Option<i32>,
    /// How many of them must have lived experience or be carers: no more than `quorum`.
    pub quorum_lived: Option<i32>,
    /// The least share of voting seats for lived experience and carers, in basis points: 0 to 10,000.
    pub min_lived_bp: Option<i32>,
    /// How many months a membership lasts: 1 to 120.
    pub term_months: MaybeUndefined<i32>,
    /// Who can be a member, in plain words: up to 2,000 characters.
    pub eligibility_note: MaybeUndefined<String>,
}

payload! {
    /// What became of a new board.
    BoardCreatePayload { board: board::Entity }
}

payload! {
    /// What became of a change to a board.
    BoardUpdatePayload { board: board::Entity }
}
