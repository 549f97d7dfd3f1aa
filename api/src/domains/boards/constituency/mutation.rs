//! What clients can do to constituencies.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::boards::constituency;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of constituencies.
#[derive(Default)]
pub struct ConstituencyMutation;

#[Object]
impl ConstituencyMutation {
    /// Adds a group of people that members of boards can speak for. Needs: administrator of the platform.
    async fn constituency_create(
        &self,
        ctx: &Context<'_>,
        input: ConstituencyCreateInput,
    ) -> Result<ConstituencyCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes what a constituency is called and whom it takes in; its code stays. Needs: administrator of the platform.
    async fn constituency_update(
        &self,
        ctx: &Context<'_>,
        input: ConstituencyUpdateInput,
    ) -> Result<ConstituencyUpdatePayload> {
        let about = global_id::decode_as(constituency::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }
}

/// A new constituency.
#[derive(Debug, InputObject)]
pub struct ConstituencyCreateInput {
    /// A short name for computer systems, which no other constituency has: 2 to 50 capital letters, digits and `_`, beginning
    /// with a letter, such as `UNPAID_CARERS`. It never changes.
    pub code: String,
    /// What it is called: 1 to 200 characters.
    pub label: String,
    /// Whom it takes in: up to 2,000 characters.
    pub description: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a constituency. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ConstituencyUpdateInput {
    /// The constituency.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub label: MaybeUndefined<String>,
    /// Whom it takes in: up to 2,000 characters.
    pub description: MaybeUndefined<String>,
}

payload! {
    /// What became of a new constituency.
    ConstituencyCreatePayload { constituency: constituency::Entity }
}

payload! {
    /// What became of a change to a constituency.
    ConstituencyUpdatePayload { constituency: constituency::Entity }
}
