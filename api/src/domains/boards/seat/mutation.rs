//! What clients can do to seats.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::boards::board_seat;
use entity::boards::kinds::SeatKind;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of seats.
#[derive(Default)]
pub struct BoardSeatMutation;

#[Object]
impl BoardSeatMutation {
    /// Adds a seat to a board that is not closed. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn board_seat_create(
        &self,
        ctx: &Context<'_>,
        input: BoardSeatCreateInput,
    ) -> Result<BoardSeatCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a seat. Its kind stays while somebody holds it. A board at work must be able to keep its quorum and its share
    /// of lived experience. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn board_seat_update(
        &self,
        ctx: &Context<'_>,
        input: BoardSeatUpdateInput,
    ) -> Result<BoardSeatUpdatePayload> {
        let about = global_id::decode_as(board_seat::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Closes a seat for good. Nobody may hold it, and a board at work must be able to keep its quorum and its share of
    /// lived experience without it. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn board_seat_close(
        &self,
        ctx: &Context<'_>,
        input: BoardSeatCloseInput,
    ) -> Result<BoardSeatClosePayload> {
        let about = global_id::decode_as(board_seat::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::close(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// A new seat.
#[derive(Debug, InputObject)]
pub struct BoardSeatCreateInput {
    /// The board.
    pub board_id: ID,
    /// What the seat is called: 1 to 200 characters.
    pub label: String,
    /// In what capacity its holder sits there.
    pub kind: OneOf<SeatKind>,
    /// The people its holder speaks for.
    pub constituency_id: Option<ID>,
    /// Whether its holder votes.
    pub voting: bool,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a seat. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct BoardSeatUpdateInput {
    /// The seat.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What the seat is called: 1 to 200 characters.
    pub label: MaybeUndefined<String>,
    /// In what capacity its holder sits there.
    pub kind: MaybeUndefined<OneOf<SeatKind>>,
    /// The people its holder speaks for; null for nobody in particular.
    pub constituency_id: MaybeUndefined<ID>,
    /// Whether its holder votes.
    pub voting: MaybeUndefined<bool>,
}

action_input! {
    /// Which seat closes.
    BoardSeatCloseInput("The seat.") {}
}

payload! {
    /// What became of a new seat.
    BoardSeatCreatePayload { board_seat: board_seat::Entity }
}

payload! {
    /// What became of a change to a seat.
    BoardSeatUpdatePayload { board_seat: board_seat::Entity }
}

payload! {
    /// What became of the end of a seat.
    BoardSeatClosePayload { board_seat: board_seat::Entity }
}
