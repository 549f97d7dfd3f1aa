//! What clients can do to reviews.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::resources::kinds::ReviewVerdict;
use entity::resources::resource_review;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of reviews.
#[derive(Default)]
pub struct ResourceReviewMutation;

#[Object]
impl ResourceReviewMutation {
    /// Says what you think of a version that is in review. You can review it again when its text has changed. Needs: a person who
    /// contributes to this version and is not one of its authors.
    async fn resource_review_add(
        &self,
        ctx: &Context<'_>,
        input: ResourceReviewAddInput,
    ) -> Result<ResourceReviewAddPayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(persist::add(change, input, &settings.resources))
            })
            .await?
            .into(),
        )
    }

    /// Says what was done about a review that asks for changes, and settles it. That a version should not be published only the
    /// reviewer takes back. Needs: the reviewer, or who may change the version.
    async fn resource_review_resolve(
        &self,
        ctx: &Context<'_>,
        input: ResourceReviewResolveInput,
    ) -> Result<ResourceReviewResolvePayload> {
        let about = global_id::decode_as(resource_review::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin(persist::resolve(change, input, &settings.resources))
            })
            .await?
            .into(),
        )
    }
}

/// What you think of a version.
#[derive(Debug, InputObject)]
pub struct ResourceReviewAddInput {
    /// The version.
    pub resource_version_id: ID,
    /// Its `contentRevision` as you read it: what you say counts for that text.
    pub content_revision: i32,
    /// Whether it can be published.
    pub verdict: OneOf<ReviewVerdict>,
    /// What you have to say about it: 1 to 5,000 characters, unless the server is set otherwise.
    pub comment: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which review is settled.
    ResourceReviewResolveInput("The review.") {
        /// What was done about it, or why nothing was: 1 to 5,000 characters, unless the server is set otherwise.
        resolution: String,
    }
}

payload! {
    /// What became of a new review.
    ResourceReviewAddPayload { resource_review: resource_review::Entity }
}

payload! {
    /// What became of a review that was settled.
    ResourceReviewResolvePayload { resource_review: resource_review::Entity }
}
