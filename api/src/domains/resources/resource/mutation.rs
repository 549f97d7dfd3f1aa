//! What clients can do to resources.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::ClientGroup;
use entity::resources::kinds::ResourceKind;
use entity::resources::resource;

use super::persist;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of resources.
#[derive(Default)]
pub struct ResourceMutation;

#[Object]
impl ResourceMutation {
    /// Begins a resource, with a draft of its first version. Nobody sees it but those who work on it. Needs: administrator of the
    /// organisation that answers for it.
    async fn resource_create(
        &self,
        ctx: &Context<'_>,
        input: ResourceCreateInput,
    ) -> Result<ResourceCreatePayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(persist::create(change, input, &settings.resources))
            })
            .await?
            .into(),
        )
    }

    /// Changes what a resource is about, and who signs it off. Its title follows its published version. Needs: administrator of the
    /// owner; but for the signer also chair or facilitator of the board that asked for it.
    async fn resource_update(
        &self,
        ctx: &Context<'_>,
        input: ResourceUpdateInput,
    ) -> Result<ResourceUpdatePayload> {
        let about = global_id::decode_as(resource::Entity::PREFIX, &input.id);
        let both = (input, area_settings(ctx)?);
        Ok(mutate(ctx, None, about, &both, |change, (input, settings)| {
            Box::pin(persist::update(change, input, &settings.resources))
        })
        .await?
        .into())
    }
}

/// A new resource.
#[derive(Debug, InputObject)]
pub struct ResourceCreateInput {
    /// The organisation that answers for it: an active one.
    pub owner_organisation_id: ID,
    /// What sort of thing it is.
    pub kind: OneOf<ResourceKind>,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 20 topics of up to 60 characters, unless the server is set otherwise.
    #[graphql(default)]
    pub topics: Vec<String>,
    /// The people it is for.
    #[graphql(default)]
    pub target_groups: Vec<OneOf<ClientGroup>>,
    /// The piece of work it comes from: one that you may see.
    pub initiative_id: Option<ID>,
    /// The board that asked for it: one that you may see. Whoever chairs it can then work on the resource.
    pub board_id: Option<ID>,
    /// Who signs its versions off: somebody you may see.
    pub signer_person_id: Option<ID>,
    /// The language it is written in, as a BCP 47 tag.
    #[graphql(default = "en")]
    pub language: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a resource. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ResourceUpdateInput {
    /// The resource.
    pub id: ID,
    /// Its version as you read it (`version`, not a version of its text).
    pub expected_version: i32,
    /// What sort of thing it is.
    pub kind: MaybeUndefined<OneOf<ResourceKind>>,
    /// What it is about. The list replaces the one before.
    pub topics: MaybeUndefined<Vec<String>>,
    /// The people it is for. The list replaces the one before.
    pub target_groups: MaybeUndefined<Vec<OneOf<ClientGroup>>>,
    /// The piece of work it comes from.
    pub initiative_id: MaybeUndefined<ID>,
    /// The board that asked for it.
    pub board_id: MaybeUndefined<ID>,
    /// Who signs its versions off.
    pub signer_person_id: MaybeUndefined<ID>,
}

payload! {
    /// What became of a new resource.
    ResourceCreatePayload { resource: resource::Entity }
}

payload! {
    /// What became of a change to a resource.
    ResourceUpdatePayload { resource: resource::Entity }
}
