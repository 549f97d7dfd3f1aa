//! What clients can do to releases.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::releases::{release, suppression_policy};

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of releases.
#[derive(Default)]
pub struct ReleasesMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(release::Entity::PREFIX, id)
}

#[Object]
impl ReleasesMutation {
    /// Says which counts an organisation takes to be too small to publish. A policy never changes. Needs: an administrator or
    /// commissioner of the organisation.
    async fn suppression_policy_create(
        &self,
        ctx: &Context<'_>,
        input: SuppressionPolicyCreateInput,
    ) -> Result<SuppressionPolicyCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create_policy(change, input))
        })
        .await?
        .into())
    }

    /// Makes a release of all final figures of a framework that an organisation recorded, as a draft to be looked at. Small numbers are
    /// withheld, and others with them that would give them away, also together with every release of the framework before. Needs: an
    /// administrator or commissioner of the organisation; for what the server's operator loaded, the platform's administrator.
    async fn release_make(&self, ctx: &Context<'_>, input: ReleaseMakeInput) -> Result<ReleaseMakePayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(persist::make(change, written))
        })
        .await?
        .into())
    }

    /// Publishes a draft: everybody may read it from then on, and it takes the place of the publisher's release before of the
    /// framework. Needs: as for `releaseMake`.
    async fn release_publish(
        &self,
        ctx: &Context<'_>,
        input: ReleasePublishInput,
    ) -> Result<ReleasePublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(persist::publish(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }

    /// Discards a draft: it will not be published. Needs: as for `releaseMake`.
    async fn release_discard(
        &self,
        ctx: &Context<'_>,
        input: ReleaseDiscardInput,
    ) -> Result<ReleaseDiscardPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(persist::discard(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }
}

/// A new policy of disclosure control.
#[derive(Debug, InputObject)]
pub struct SuppressionPolicyCreateInput {
    /// The organisation whose policy it is.
    pub organisation_id: ID,
    /// What it is called: 1 to 200 characters, and no other policy of the organisation.
    pub name: String,
    /// The smallest count that is withheld: 1 or more.
    pub suppress_min: i32,
    /// The largest count that is withheld for being small.
    pub suppress_max: i32,
    /// What the others are rounded to a multiple of; 1 leaves them as they are. No count that is shown may round to nought.
    pub round_to: i32,
    /// Whether more is withheld, so that nothing withheld can be worked out from what is shown; `true` when it is left out.
    pub secondary: Option<bool>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to make a release of.
#[derive(Debug, InputObject)]
pub struct ReleaseMakeInput {
    /// The framework.
    pub framework_id: ID,
    /// The organisation that recorded the figures; left out for those that the server's operator loaded.
    pub publisher_organisation_id: Option<ID>,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What its readers have to know: up to 5,000 characters, unless this server is set otherwise.
    pub note: Option<String>,
    /// The policy of disclosure control; when it is left out, 1 to 7 are withheld and the others rounded to the nearest 5.
    pub suppression_policy_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which draft is published.
    ReleasePublishInput("The draft.") {}
}

action_input! {
    /// Which draft is discarded.
    ReleaseDiscardInput("The draft.") {}
}

payload! {
    /// What became of a new policy.
    SuppressionPolicyCreatePayload { suppression_policy: suppression_policy::Entity }
}

payload! {
    /// What became of a release that was to be made.
    ReleaseMakePayload { release: release::Entity }
}

payload! {
    /// What became of a publication.
    ReleasePublishPayload { release: release::Entity }
}

payload! {
    /// What became of a release that is not to be published.
    ReleaseDiscardPayload { release: release::Entity }
}
