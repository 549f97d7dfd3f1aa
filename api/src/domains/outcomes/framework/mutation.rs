//! What clients can do to outcome frameworks.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::outcomes::outcome_framework;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of outcome frameworks.
#[derive(Default)]
pub struct FrameworkMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(outcome_framework::Entity::PREFIX, id)
}

#[Object]
impl FrameworkMutation {
    /// Begins an outcome framework, as a draft that only its publisher reads. Needs: an administrator or commissioner of the
    /// organisation that publishes it.
    async fn outcome_framework_create(
        &self,
        ctx: &Context<'_>,
        input: OutcomeFrameworkCreateInput,
    ) -> Result<OutcomeFrameworkCreatePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::create(change, written))
        })
        .await?
        .into())
    }

    /// Changes a draft. Needs: an administrator or commissioner of the organisation that publishes it.
    async fn outcome_framework_update(
        &self,
        ctx: &Context<'_>,
        input: OutcomeFrameworkUpdateInput,
    ) -> Result<OutcomeFrameworkUpdatePayload> {
        let about = about(&input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, None, about, &written, |change, written| {
            Box::pin(persist::update(change, written))
        })
        .await?
        .into())
    }

    /// Brings a draft into use: everybody may read it from then on, and its outcomes stay as they are worded. It has outcomes, each
    /// says all or none of what good, ok and not good look like, and each indicator has a version. Needs: an administrator or
    /// commissioner of the organisation that publishes it.
    async fn outcome_framework_publish(
        &self,
        ctx: &Context<'_>,
        input: OutcomeFrameworkPublishInput,
    ) -> Result<OutcomeFrameworkPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(persist::publish(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }

    /// Takes a framework out of use. What was measured by it stays, and can be corrected; nothing new is. Needs: an
    /// administrator or commissioner of the organisation that publishes it; where there is none, the platform's administrator.
    async fn outcome_framework_retire(
        &self,
        ctx: &Context<'_>,
        input: OutcomeFrameworkRetireInput,
    ) -> Result<OutcomeFrameworkRetirePayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(persist::retire(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }
}

/// A new outcome framework.
#[derive(Debug, InputObject)]
pub struct OutcomeFrameworkCreateInput {
    /// The organisation that publishes it.
    pub publisher_organisation_id: ID,
    /// The code it is known by: 1 to 40 characters, the same for all its versions.
    pub code: String,
    /// What tells this version from the others: 1 to 40 characters.
    pub version_label: String,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 5,000 characters, unless this server is set otherwise.
    pub summary: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a draft. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct OutcomeFrameworkUpdateInput {
    /// The draft.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What tells this version of the framework from the others: 1 to 40 characters.
    pub version_label: MaybeUndefined<String>,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it is about: up to 5,000 characters, unless this server is set otherwise.
    pub summary: MaybeUndefined<String>,
}

action_input! {
    /// Which draft comes into use.
    OutcomeFrameworkPublishInput("The draft.") {}
}

action_input! {
    /// Which framework goes out of use.
    OutcomeFrameworkRetireInput("The framework.") {}
}

payload! {
    /// What became of a new framework.
    OutcomeFrameworkCreatePayload { outcome_framework: outcome_framework::Entity }
}

payload! {
    /// What became of a change to a draft.
    OutcomeFrameworkUpdatePayload { outcome_framework: outcome_framework::Entity }
}

payload! {
    /// What became of a publication.
    OutcomeFrameworkPublishPayload { outcome_framework: outcome_framework::Entity }
}

payload! {
    /// What became of a framework that goes out of use.
    OutcomeFrameworkRetirePayload { outcome_framework: outcome_framework::Entity }
}
