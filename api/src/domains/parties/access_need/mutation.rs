//! What clients can do to access needs.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::access_need;
use entity::parties::kinds::AccessNeedCategory;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload, removal};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of access needs.
#[derive(Default)]
pub struct AccessNeedMutation;

#[Object]
impl AccessNeedMutation {
    /// Notes something you need in order to take part. Nobody reads it until you agree to share it, by `consentGive` with
    /// `SHARE_ACCESS_NEEDS`. Needs: a person, for themselves; no role can do it for them.
    async fn access_need_create(
        &self,
        ctx: &Context<'_>,
        input: AccessNeedCreateInput,
    ) -> Result<AccessNeedCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes something you need. Needs: the person themselves.
    async fn access_need_update(
        &self,
        ctx: &Context<'_>,
        input: AccessNeedUpdateInput,
    ) -> Result<AccessNeedUpdatePayload> {
        let about = global_id::decode_as(access_need::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Deletes something you needed, for good. Needs: the person themselves.
    async fn access_need_delete(
        &self,
        ctx: &Context<'_>,
        input: AccessNeedDeleteInput,
    ) -> Result<AccessNeedDeletePayload> {
        let about = global_id::decode_as(access_need::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::delete(change, input))
        })
        .await?;
        Ok(AccessNeedDeletePayload::new(input.id, outcome))
    }
}

/// A new need.
#[derive(Debug, InputObject)]
pub struct AccessNeedCreateInput {
    /// What kind of need it is.
    pub category: OneOf<AccessNeedCategory>,
    /// The adjustment, never a diagnosis: a letter, then letters, digits and underscores, up to 64, such as
    /// `BSL_INTERPRETER`.
    pub code: String,
    /// More about it, in your own words: up to 2,000 characters.
    pub detail: Option<String>,
    /// When to ask you again: today or later.
    pub review_due_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a need. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct AccessNeedUpdateInput {
    /// The need.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What kind of need it is.
    pub category: Option<OneOf<AccessNeedCategory>>,
    /// The adjustment: a letter, then letters, digits and underscores, up to 64.
    pub code: Option<String>,
    /// More about it, in your own words: up to 2,000 characters.
    pub detail: MaybeUndefined<String>,
    /// When to ask you again: today or later.
    pub review_due_on: MaybeUndefined<Date>,
}

/// Which need to delete.
#[derive(Debug, InputObject)]
pub struct AccessNeedDeleteInput {
    /// The need.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a new need.
    AccessNeedCreatePayload { access_need: access_need::Entity }
}

payload! {
    /// What became of a change to a need.
    AccessNeedUpdatePayload { access_need: access_need::Entity }
}

removal! {
    /// What became of a deletion.
    AccessNeedDeletePayload {
        /// The global id of the need that is gone; null when nothing was deleted.
        deleted_access_need_id,
        /// The need as it is now, when it was not deleted and you may read it; null once it is gone.
        access_need: access_need::Entity,
    }
}
