//! What clients can do to outcomes and their descriptors.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::outcomes::kinds::{DescriptorLevel, OutcomeVoice};
use entity::outcomes::{outcome, outcome_descriptor};

use super::{descriptors, persist};
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of outcomes.
#[derive(Default)]
pub struct OutcomeMutation;

#[Object]
impl OutcomeMutation {
    /// Adds an outcome to a draft. Needs: an administrator or commissioner of the organisation that publishes the framework.
    async fn outcome_create(
        &self,
        ctx: &Context<'_>,
        input: OutcomeCreateInput,
    ) -> Result<OutcomeCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes an outcome of a draft. Needs: an administrator or commissioner of the organisation that publishes the
    /// framework.
    async fn outcome_update(
        &self,
        ctx: &Context<'_>,
        input: OutcomeUpdateInput,
    ) -> Result<OutcomeUpdatePayload> {
        let about = global_id::decode_as(outcome::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(persist::update(change, written))
        })
        .await?
        .into())
    }

    /// Says what good, ok or not good looks like for an outcome of a draft. Needs: an administrator or commissioner of the
    /// organisation that publishes the framework.
    async fn outcome_descriptor_create(
        &self,
        ctx: &Context<'_>,
        input: OutcomeDescriptorCreateInput,
    ) -> Result<OutcomeDescriptorCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(descriptors::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes what good, ok or not good looks like, in a draft. Needs: an administrator or commissioner of the organisation
    /// that publishes the framework.
    async fn outcome_descriptor_update(
        &self,
        ctx: &Context<'_>,
        input: OutcomeDescriptorUpdateInput,
    ) -> Result<OutcomeDescriptorUpdatePayload> {
        let about = global_id::decode_as(outcome_descriptor::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(descriptors::update(change, written))
        })
        .await?
        .into())
    }
}

/// A new outcome.
#[derive(Debug, InputObject)]
pub struct OutcomeCreateInput {
    /// The draft it belongs to.
    pub framework_id: ID,
    /// Its code, which no other outcome of the framework has: 1 to 40 characters.
    pub code: String,
    /// What is to be true: 1 to 5,000 characters, unless this server is set otherwise.
    pub statement: String,
    /// Who speaks in it.
    pub voice: OneOf<OutcomeVoice>,
    /// What it is about, to find it by: up to 200 characters.
    pub theme: Option<String>,
    /// Its place in the framework, from 1; after the others when it is left out.
    pub ordinal: Option<i32>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an outcome. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct OutcomeUpdateInput {
    /// The outcome.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What is to be true: 1 to 5,000 characters, unless this server is set otherwise.
    pub statement: MaybeUndefined<String>,
    /// Who speaks in it.
    pub voice: MaybeUndefined<OneOf<OutcomeVoice>>,
    /// What it is about, to find it by: up to 200 characters.
    pub theme: MaybeUndefined<String>,
    /// Its place in the framework, from 1.
    pub ordinal: MaybeUndefined<i32>,
}

/// What good, ok or not good looks like.
#[derive(Debug, InputObject)]
pub struct OutcomeDescriptorCreateInput {
    /// The outcome.
    pub outcome_id: ID,
    /// Which of the three.
    pub level: OneOf<DescriptorLevel>,
    /// What it looks like: 1 to 5,000 characters, unless this server is set otherwise.
    pub text: String,
    /// The workshop at which it was agreed.
    pub workshop_event_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of it. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct OutcomeDescriptorUpdateInput {
    /// What good, ok or not good looks like.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it looks like: 1 to 5,000 characters, unless this server is set otherwise.
    pub text: MaybeUndefined<String>,
    /// The workshop at which it was agreed.
    pub workshop_event_id: MaybeUndefined<ID>,
}

payload! {
    /// What became of a new outcome.
    OutcomeCreatePayload { outcome: outcome::Entity }
}

payload! {
    /// What became of a change to an outcome.
    OutcomeUpdatePayload { outcome: outcome::Entity }
}

payload! {
    /// What became of a new descriptor.
    OutcomeDescriptorCreatePayload { outcome_descriptor: outcome_descriptor::Entity }
}

payload! {
    /// What became of a change to a descriptor.
    OutcomeDescriptorUpdatePayload { outcome_descriptor: outcome_descriptor::Entity }
}
