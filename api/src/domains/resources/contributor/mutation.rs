//! What clients can do about who contributes.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::resources::contributor;
use entity::resources::kinds::ContributorRole;

use super::persist;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload, removal};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of contributors.
#[derive(Default)]
pub struct ContributorMutation;

#[Object]
impl ContributorMutation {
    /// Says that somebody contributes to a version, while it is written and reviewed; a tester until another version takes its place.
    /// They see this version from then on, and no other. Needs: who leads this version; administrator of the owner; chair or facilitator
    /// of the board that asked for it.
    async fn contributor_add(
        &self,
        ctx: &Context<'_>,
        input: ContributorAddInput,
    ) -> Result<ContributorAddPayload> {
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

    /// Changes what somebody did for a version, or by which name they are credited. Needs: as to add them; the person themselves for
    /// the name they are credited by, at any time.
    async fn contributor_update(
        &self,
        ctx: &Context<'_>,
        input: ContributorUpdateInput,
    ) -> Result<ContributorUpdatePayload> {
        let about = global_id::decode_as(contributor::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Takes somebody off a version who did not contribute after all; not whoever reviewed it. Needs: as to add them.
    async fn contributor_remove(
        &self,
        ctx: &Context<'_>,
        input: ContributorRemoveInput,
    ) -> Result<ContributorRemovePayload> {
        let about = global_id::decode_as(contributor::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::remove(change, &input.id, input.expected_version))
        })
        .await?;
        Ok(ContributorRemovePayload::new(input.id, outcome))
    }
}

/// Who contributes to which version: a person or an organisation.
#[derive(Debug, InputObject)]
pub struct ContributorAddInput {
    /// The version.
    pub resource_version_id: ID,
    /// The person: somebody you may see.
    pub person_id: Option<ID>,
    /// The organisation. Its administrator then sees this version.
    pub organisation_id: Option<ID>,
    /// What they do.
    pub role: OneOf<ContributorRole>,
    /// Whether they do it out of lived experience; of organisations only user-led ones do.
    #[graphql(default)]
    pub lived_experience: bool,
    /// Whether they lead the work.
    #[graphql(default)]
    pub lead: bool,
    /// The name a person is credited by: up to 200 characters. Others see it only while the person consents to have their name
    /// published. Leave it out for somebody who is not to be named, and for an organisation.
    pub credit_name: Option<String>,
    /// What was agreed with the person for it, where something was: a contribution that you may see.
    pub contribution_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a contributor. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ContributorUpdateInput {
    /// The contributor.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What they do.
    pub role: MaybeUndefined<OneOf<ContributorRole>>,
    /// Whether they do it out of lived experience.
    pub lived_experience: MaybeUndefined<bool>,
    /// Whether they lead the work.
    pub lead: MaybeUndefined<bool>,
    /// The name they are credited by: up to 200 characters; null for nobody to be named.
    pub credit_name: MaybeUndefined<String>,
    /// What was agreed with the person for it.
    pub contribution_id: MaybeUndefined<ID>,
}

/// Who is taken off a version.
#[derive(Debug, InputObject)]
pub struct ContributorRemoveInput {
    /// The contributor.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a new contributor.
    ContributorAddPayload { contributor: contributor::Entity }
}

payload! {
    /// What became of a change to a contributor.
    ContributorUpdatePayload { contributor: contributor::Entity }
}

removal! {
    /// What became of a contributor who was taken off.
    ContributorRemovePayload {
        /// The id of the contributor that is gone; null when they are still there.
        deleted_contributor_id,
        /// The contributor as they are now, when they could not be taken off and you may see them.
        contributor: contributor::Entity,
    }
}
