//! What clients can do to renditions.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::InformationFormat;
use entity::resources::rendition;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload, removal};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of renditions.
#[derive(Default)]
pub struct RenditionMutation;

#[Object]
impl RenditionMutation {
    /// Adds a version in another format or language: a text or a file. Also after it was signed off or published, as long as no later
    /// version took its place; others see it once a user group has checked it. Needs: an author, editor or designer of this version, or
    /// who leads it; administrator of the owner; chair or facilitator of the board that asked for it.
    async fn rendition_add(
        &self,
        ctx: &Context<'_>,
        input: RenditionAddInput,
    ) -> Result<RenditionAddPayload> {
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

    /// Puts another text or file in the place of a rendition's; what was checked has to be checked again. From sign-off, what was
    /// checked stays as it is. Needs: as to add it.
    async fn rendition_update(
        &self,
        ctx: &Context<'_>,
        input: RenditionUpdateInput,
    ) -> Result<RenditionUpdatePayload> {
        let about = global_id::decode_as(rendition::Entity::PREFIX, &input.id);
        let both = (input, area_settings(ctx)?);
        Ok(mutate(ctx, None, about, &both, |change, (input, settings)| {
            Box::pin(persist::update(change, input, &settings.resources))
        })
        .await?
        .into())
    }

    /// Records that people for whom a rendition is made tried it out, and that it works for them, as the text of its version is now.
    /// Needs: administrator of a user-led organisation that contributes to this version, acting for it.
    async fn rendition_check(
        &self,
        ctx: &Context<'_>,
        input: RenditionCheckInput,
    ) -> Result<RenditionCheckPayload> {
        let about = global_id::decode_as(rendition::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::check(change, input))
        })
        .await?
        .into())
    }

    /// Takes a rendition away; from sign-off only one that was not checked. Needs: as to add it.
    async fn rendition_remove(
        &self,
        ctx: &Context<'_>,
        input: RenditionRemoveInput,
    ) -> Result<RenditionRemovePayload> {
        let about = global_id::decode_as(rendition::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::remove(change, &input.id, input.expected_version))
        })
        .await?;
        Ok(RenditionRemovePayload::new(input.id, outcome))
    }
}

/// A version in another format or language. A text or a file is needed.
#[derive(Debug, InputObject)]
pub struct RenditionAddInput {
    /// The version.
    pub resource_version_id: ID,
    /// The format it is in. There is one of each format and language.
    pub format: OneOf<InformationFormat>,
    /// The language it is in, as a BCP 47 tag.
    #[graphql(default = "en")]
    pub language: String,
    /// Its text, as CommonMark: up to 200,000 characters, unless the server is set otherwise.
    pub body: Option<String>,
    /// The file: one that you uploaded, or your organisation.
    pub media_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What takes the place of a rendition's text or file: the one that is sent replaces whatever was there.
#[derive(Debug, InputObject)]
pub struct RenditionUpdateInput {
    /// The rendition.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Its text, as CommonMark: up to 200,000 characters, unless the server is set otherwise.
    pub body: MaybeUndefined<String>,
    /// The file: one that you uploaded, or your organisation.
    pub media_id: MaybeUndefined<ID>,
}

action_input! {
    /// Which rendition was checked.
    RenditionCheckInput("The rendition.") {
        /// The `contentRevision` of its version for which it was tried out.
        content_revision: i32,
    }
}

/// Which rendition is taken away.
#[derive(Debug, InputObject)]
pub struct RenditionRemoveInput {
    /// The rendition.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a new rendition.
    RenditionAddPayload { rendition: rendition::Entity }
}

payload! {
    /// What became of a change to a rendition.
    RenditionUpdatePayload { rendition: rendition::Entity }
}

payload! {
    /// What became of a check.
    RenditionCheckPayload { rendition: rendition::Entity }
}

removal! {
    /// What became of a rendition that was taken away.
    RenditionRemovePayload {
        /// The global id of the rendition that is gone; null when it is still there.
        deleted_rendition_id,
        /// The rendition as it is now, when it was not taken away and you may read it.
        rendition: rendition::Entity,
    }
}
