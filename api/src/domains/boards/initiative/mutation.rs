//! What clients can do to pieces of work.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::boards::initiative;
use entity::boards::kinds::{LadderRung, Principle, Stage};

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of initiatives.
#[derive(Default)]
pub struct InitiativeMutation;

#[Object]
impl InitiativeMutation {
    /// Starts a piece of work of a partnership that is active. Needs: administrator of an organisation that takes part in
    /// the partnership.
    async fn initiative_create(
        &self,
        ctx: &Context<'_>,
        input: InitiativeCreateInput,
    ) -> Result<InitiativeCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a piece of work. Needs: administrator of an organisation that takes part in its partnership.
    async fn initiative_update(
        &self,
        ctx: &Context<'_>,
        input: InitiativeUpdateInput,
    ) -> Result<InitiativeUpdatePayload> {
        let about = global_id::decode_as(initiative::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }
}

/// A new piece of work.
#[derive(Debug, InputObject)]
pub struct InitiativeCreateInput {
    /// The partnership whose work it is: an active one.
    pub partnership_id: ID,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it sets out to do: up to 5,000 characters.
    pub summary: Option<String>,
    /// The parts of the work in which people with lived experience share: at least one.
    pub stages: Vec<OneOf<Stage>>,
    /// How far people share in it, by your own account.
    pub rung_claimed: OneOf<LadderRung>,
    /// The principles it commits itself to.
    #[graphql(default)]
    pub principles: Vec<OneOf<Principle>>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a piece of work. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct InitiativeUpdateInput {
    /// The piece of work.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: Option<String>,
    /// What it sets out to do: up to 5,000 characters.
    pub summary: MaybeUndefined<String>,
    /// The parts of the work in which people with lived experience share: at least one. The list replaces the one before.
    pub stages: Option<Vec<OneOf<Stage>>>,
    /// How far people share in it, by your own account.
    pub rung_claimed: Option<OneOf<LadderRung>>,
    /// The principles it commits itself to. The list replaces the one before.
    pub principles: Option<Vec<OneOf<Principle>>>,
}

payload! {
    /// What became of a new piece of work.
    InitiativeCreatePayload { initiative: initiative::Entity }
}

payload! {
    /// What became of a change to a piece of work.
    InitiativeUpdatePayload { initiative: initiative::Entity }
}
