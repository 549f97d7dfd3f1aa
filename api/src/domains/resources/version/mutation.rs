//! What clients can do to versions of resources.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::resources::resource_version;

use super::{persist, steps};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of versions.
#[derive(Default)]
pub struct ResourceVersionMutation;

#[Object]
impl ResourceVersionMutation {
    /// Begins another version of a resource, from its published one or else its latest: with its text and nothing else:
    /// whoever works on it is named anew, and sees it from then on. There is one at a time. Needs: administrator of the owner, or chair or facilitator of the board
    /// that asked for it.
    async fn resource_version_draft(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionDraftInput,
    ) -> Result<ResourceVersionDraftPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::draft(change, input))
        })
        .await?
        .into())
    }

    /// Changes what a version says, until it is signed off. Every change of its title, summary or body makes its renditions stale and
    /// its approvals out of date. Needs: an author, editor or designer of this version, or who leads it; administrator of the owner;
    /// chair or facilitator of the board that asked for it.
    async fn resource_version_update(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionUpdateInput,
    ) -> Result<ResourceVersionUpdatePayload> {
        let about = global_id::decode_as(resource_version::Entity::PREFIX, &input.id);
        let both = (input, area_settings(ctx)?);
        Ok(mutate(ctx, None, about, &both, |change, (input, settings)| {
            Box::pin(persist::update(change, input, &settings.resources))
        })
        .await?
        .into())
    }

    /// Hands a draft in for review: `DRAFT` becomes `REVIEW`. It names an author, a lead and somebody with lived experience, says what
    /// others may do with it, and says something. Needs: as to change it.
    async fn resource_version_submit(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionSubmitInput,
    ) -> Result<ResourceVersionSubmitPayload> {
        let about = global_id::decode_as(resource_version::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::submit(change, (&input.id, input.expected_version)))
        })
        .await?
        .into())
    }

    /// Signs a version off: `REVIEW` becomes `SIGNED_OFF`, and its text stays as it is. Somebody with lived experience has approved it as
    /// it is now, and no review is left open. Needs: the designated signer, who is not its only author.
    async fn resource_version_sign_off(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionSignOffInput,
    ) -> Result<ResourceVersionSignOffPayload> {
        let about = global_id::decode_as(resource_version::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::sign_off(change, (&input.id, input.expected_version)))
        })
        .await?
        .into())
    }

    /// Publishes a version: `SIGNED_OFF` becomes `PUBLISHED`, and the one before `SUPERSEDED`. It is there in Easy Read or in plain
    /// English, checked by a user group as its text is now. Needs: administrator of the owner.
    async fn resource_version_publish(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionPublishInput,
    ) -> Result<ResourceVersionPublishPayload> {
        let about = global_id::decode_as(resource_version::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::publish(change, (&input.id, input.expected_version)))
        })
        .await?
        .into())
    }

    /// Takes a version back, for good: it becomes `WITHDRAWN`. Those who adopted it still see it, with the reason; everybody else no
    /// longer does. Needs: administrator of the owner.
    async fn resource_version_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ResourceVersionWithdrawInput,
    ) -> Result<ResourceVersionWithdrawPayload> {
        let about = global_id::decode_as(resource_version::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin(steps::withdraw(change, input, &settings.resources))
            })
            .await?
            .into(),
        )
    }
}

/// Of which resource another version begins.
#[derive(Debug, InputObject)]
pub struct ResourceVersionDraftInput {
    /// The resource.
    pub resource_id: ID,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a version. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ResourceVersionUpdateInput {
    /// The version.
    pub id: ID,
    /// Its version as you read it (`version`, not `number`).
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it says, in short: up to 5,000 characters, unless the server is set otherwise.
    pub summary: MaybeUndefined<String>,
    /// What it says, as CommonMark: up to 200,000 characters, unless the server is set otherwise.
    pub body: MaybeUndefined<String>,
    /// The language it is written in, as a BCP 47 tag.
    pub language: MaybeUndefined<String>,
    /// What others may do with it: up to 100 characters, best an SPDX identifier such as `CC-BY-4.0`.
    pub licence: MaybeUndefined<String>,
}

action_input! {
    /// Which version is handed in for review.
    ResourceVersionSubmitInput("The version.") {}
}

action_input! {
    /// Which version is signed off.
    ResourceVersionSignOffInput("The version.") {}
}

action_input! {
    /// Which version is published.
    ResourceVersionPublishInput("The version.") {}
}

action_input! {
    /// Which version is taken back.
    ResourceVersionWithdrawInput("The version.") {
        /// Why, in plain words: 1 to 5,000 characters, unless the server is set otherwise.
        reason: String,
    }
}

payload! {
    /// What became of another version.
    ResourceVersionDraftPayload { resource_version: resource_version::Entity }
}

payload! {
    /// What became of a change to a version.
    ResourceVersionUpdatePayload { resource_version: resource_version::Entity }
}

payload! {
    /// What became of a version that was handed in for review.
    ResourceVersionSubmitPayload { resource_version: resource_version::Entity }
}

payload! {
    /// What became of a sign-off.
    ResourceVersionSignOffPayload { resource_version: resource_version::Entity }
}

payload! {
    /// What became of a publication.
    ResourceVersionPublishPayload { resource_version: resource_version::Entity }
}

payload! {
    /// What became of a version that was taken back.
    ResourceVersionWithdrawPayload { resource_version: resource_version::Entity }
}
