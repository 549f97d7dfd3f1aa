//! What clients can do to organisations.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::{IdentifierScheme, Nation, OrganisationKind};
use entity::parties::organisation;

use super::{persist, status};
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, mutate_for_oneself, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of organisations.
#[derive(Default)]
pub struct OrganisationMutation;

#[Object]
impl OrganisationMutation {
    /// Registers an organisation. It is PENDING until an administrator of the platform has checked it by one of its codes; you
    /// become its administrator. With roles in several organisations, choose from then on by the header
    /// `Roundtable-Acting-Organisation` which one you act for. Needs: to be signed in as a person.
    async fn organisation_create(
        &self,
        ctx: &Context<'_>,
        input: OrganisationCreateInput,
    ) -> Result<OrganisationCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate_for_oneself(ctx, key.as_ref(), &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes an organisation. Needs: its administrator, or the platform's.
    async fn organisation_update(
        &self,
        ctx: &Context<'_>,
        input: OrganisationUpdateInput,
    ) -> Result<OrganisationUpdatePayload> {
        let about = global_id::decode_as(organisation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Admits an organisation that has been checked: from PENDING to ACTIVE. One of its codes must hold today. From then on
    /// everybody may read it. Needs: administrator of the platform.
    async fn organisation_activate(
        &self,
        ctx: &Context<'_>,
        input: OrganisationActivateInput,
    ) -> Result<OrganisationActivatePayload> {
        let about = global_id::decode_as(organisation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(status::activate(change, input))
        })
        .await?
        .into())
    }

    /// Stops an organisation for the time being: from ACTIVE to SUSPENDED. What partners share with it is closed to it from the
    /// next request on. Needs: administrator of the platform.
    async fn organisation_suspend(
        &self,
        ctx: &Context<'_>,
        input: OrganisationSuspendInput,
    ) -> Result<OrganisationSuspendPayload> {
        let about = global_id::decode_as(organisation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(status::suspend(change, input))
        })
        .await?
        .into())
    }

    /// Lets an organisation take part again: from SUSPENDED to ACTIVE. Needs: administrator of the platform.
    async fn organisation_resume(
        &self,
        ctx: &Context<'_>,
        input: OrganisationResumeInput,
    ) -> Result<OrganisationResumePayload> {
        let about = global_id::decode_as(organisation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(status::resume(change, input))
        })
        .await?
        .into())
    }

    /// Closes an organisation for good, from any other status, and may name the one that took over. Nothing of it is deleted.
    /// Needs: its administrator, or the platform's.
    async fn organisation_close(
        &self,
        ctx: &Context<'_>,
        input: OrganisationCloseInput,
    ) -> Result<OrganisationClosePayload> {
        let about = global_id::decode_as(organisation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(status::close(change, input))
        })
        .await?
        .into())
    }
}

/// A new organisation.
#[derive(Debug, InputObject)]
pub struct OrganisationCreateInput {
    /// What it is called: 1 to 200 characters.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: OneOf<OrganisationKind>,
    /// The nation of the United Kingdom it works in.
    pub nation: OneOf<Nation>,
    /// What it does, in a few plain words: up to 2,000 characters.
    pub summary: Option<String>,
    /// The organisation it belongs to.
    pub parent_id: Option<ID>,
    /// The day it opened.
    pub opened_on: Option<Date>,
    /// A code by which it can be checked; more can be added later.
    pub identifier: Option<OrganisationFirstIdentifierInput>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// The code by which a new organisation can be checked.
#[derive(Debug, InputObject)]
pub struct OrganisationFirstIdentifierInput {
    /// The register that gave out the code.
    pub scheme: OneOf<IdentifierScheme>,
    /// The code as that register writes it. Spaces and small letters are put right, and company numbers filled up to eight
    /// digits.
    pub value: String,
    /// The first day on which it held; leave it out when it is not known.
    pub valid_from: Option<Date>,
}

/// What to change of an organisation. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct OrganisationUpdateInput {
    /// The organisation.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters. It cannot be emptied.
    pub name: MaybeUndefined<String>,
    /// What kind of organisation it is. It cannot be emptied.
    pub kind: MaybeUndefined<OneOf<OrganisationKind>>,
    /// The nation of the United Kingdom it works in. It cannot be emptied.
    pub nation: MaybeUndefined<OneOf<Nation>>,
    /// What it does, in a few plain words: up to 2,000 characters.
    pub summary: MaybeUndefined<String>,
    /// The organisation it belongs to: not itself, nor one that belongs to it.
    pub parent_id: MaybeUndefined<ID>,
    /// The organisation that took over from it; only for one that is closed.
    pub successor_id: MaybeUndefined<ID>,
    /// The day it opened, not after the day it closed.
    pub opened_on: MaybeUndefined<Date>,
}

/// An organisation that has been checked.
#[derive(Debug, InputObject)]
pub struct OrganisationActivateInput {
    /// The organisation.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

/// An organisation to stop for the time being.
#[derive(Debug, InputObject)]
pub struct OrganisationSuspendInput {
    /// The organisation.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why, for the audit: 1 to 2,000 characters.
    pub reason: String,
}

/// An organisation that is to take part again.
#[derive(Debug, InputObject)]
pub struct OrganisationResumeInput {
    /// The organisation.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why, for the audit: 1 to 2,000 characters.
    pub reason: String,
}

/// An organisation to close.
#[derive(Debug, InputObject)]
pub struct OrganisationCloseInput {
    /// The organisation.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The day it closed: not before it opened and not in the future; today when left out.
    pub closed_on: Option<Date>,
    /// The organisation that took over from it, if any.
    pub successor_id: Option<ID>,
    /// Why, for the audit: 1 to 2,000 characters.
    pub reason: String,
}

payload! {
    /// What became of a new organisation.
    OrganisationCreatePayload { organisation: organisation::Entity }
}

payload! {
    /// What became of a change to an organisation.
    OrganisationUpdatePayload { organisation: organisation::Entity }
}

payload! {
    /// What became of admitting an organisation.
    OrganisationActivatePayload { organisation: organisation::Entity }
}

payload! {
    /// What became of stopping an organisation.
    OrganisationSuspendPayload { organisation: organisation::Entity }
}

payload! {
    /// What became of letting an organisation take part again.
    OrganisationResumePayload { organisation: organisation::Entity }
}

payload! {
    /// What became of closing an organisation.
    OrganisationClosePayload { organisation: organisation::Entity }
}
