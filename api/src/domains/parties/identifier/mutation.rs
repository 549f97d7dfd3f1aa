//! What clients can do to the codes of organisations and sites.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::kinds::IdentifierScheme;
use entity::parties::{organisation_identifier, site_identifier};

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of codes.
#[derive(Default)]
pub struct IdentifierMutation;

#[Object]
impl IdentifierMutation {
    /// Adds a code by which an organisation is known elsewhere, such as its ODS code. One code stands for one organisation at a
    /// time. Needs: administrator of the organisation, or of the platform.
    async fn organisation_identifier_add(
        &self,
        ctx: &Context<'_>,
        input: OrganisationIdentifierAddInput,
    ) -> Result<OrganisationIdentifierAddPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::add_to_organisation(change, input))
        })
        .await?
        .into())
    }

    /// Ends a code of an organisation: it stays on record with its last day, and from the next day on another organisation may
    /// have it. Needs: administrator of the organisation, or of the platform.
    async fn organisation_identifier_end(
        &self,
        ctx: &Context<'_>,
        input: OrganisationIdentifierEndInput,
    ) -> Result<OrganisationIdentifierEndPayload> {
        let about = global_id::decode_as(organisation_identifier::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::end_of_organisation(change, input))
        })
        .await?
        .into())
    }

    /// Adds a code by which a site is known elsewhere, such as its number as a location of the Care Quality Commission. One
    /// code stands for one site at a time. Needs: administrator of the organisation that runs the site, or of the platform.
    async fn site_identifier_add(
        &self,
        ctx: &Context<'_>,
        input: SiteIdentifierAddInput,
    ) -> Result<SiteIdentifierAddPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::add_to_site(change, input))
        })
        .await?
        .into())
    }

    /// Ends a code of a site: it stays on record with its last day, and from the next day on another site may have it. Needs:
    /// administrator of the organisation that runs the site, or of the platform.
    async fn site_identifier_end(
        &self,
        ctx: &Context<'_>,
        input: SiteIdentifierEndInput,
    ) -> Result<SiteIdentifierEndPayload> {
        let about = global_id::decode_as(site_identifier::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::end_of_site(change, input))
        })
        .await?
        .into())
    }
}

/// A code of an organisation.
#[derive(Debug, InputObject)]
pub struct OrganisationIdentifierAddInput {
    /// The organisation.
    pub organisation_id: ID,
    /// The register that gave out the code.
    pub scheme: OneOf<IdentifierScheme>,
    /// The code as that register writes it. Spaces and small letters are put right, and company numbers filled up to eight
    /// digits.
    pub value: String,
    /// The first day on which it held; leave it out when it is not known.
    pub valid_from: Option<Date>,
    /// The last day on which it held, not before `validFrom`; leave it out while the code holds.
    pub valid_to: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// The end of an organisation's code.
#[derive(Debug, InputObject)]
pub struct OrganisationIdentifierEndInput {
    /// The code.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The last day on which it holds: not before its first and not in the future; today when left out.
    pub valid_to: Option<Date>,
}

/// A code of a site.
#[derive(Debug, InputObject)]
pub struct SiteIdentifierAddInput {
    /// The site.
    pub site_id: ID,
    /// The register that gave out the code.
    pub scheme: OneOf<IdentifierScheme>,
    /// The code as that register writes it. Spaces and small letters are put right.
    pub value: String,
    /// The first day on which it held; leave it out when it is not known.
    pub valid_from: Option<Date>,
    /// The last day on which it held, not before `validFrom`; leave it out while the code holds.
    pub valid_to: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// The end of a site's code.
#[derive(Debug, InputObject)]
pub struct SiteIdentifierEndInput {
    /// The code.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The last day on which it holds: not before its first and not in the future; today when left out.
    pub valid_to: Option<Date>,
}

payload! {
    /// What became of a new code of an organisation.
    OrganisationIdentifierAddPayload { organisation_identifier: organisation_identifier::Entity }
}

payload! {
    /// What became of the end of an organisation's code.
    OrganisationIdentifierEndPayload { organisation_identifier: organisation_identifier::Entity }
}

payload! {
    /// What became of a new code of a site.
    SiteIdentifierAddPayload { site_identifier: site_identifier::Entity }
}

payload! {
    /// What became of the end of a site's code.
    SiteIdentifierEndPayload { site_identifier: site_identifier::Entity }
}
