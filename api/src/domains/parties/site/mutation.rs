//! What clients can do to sites.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::CqcRating;
use entity::parties::site;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of sites.
#[derive(Default)]
pub struct SiteMutation;

#[Object]
impl SiteMutation {
    /// Adds a place where an organisation works. The organisation is PENDING or ACTIVE. Needs: administrator of the
    /// organisation, or of the platform.
    async fn site_create(&self, ctx: &Context<'_>, input: SiteCreateInput) -> Result<SiteCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a site. Needs: administrator of the organisation that runs it, or of the platform.
    async fn site_update(&self, ctx: &Context<'_>, input: SiteUpdateInput) -> Result<SiteUpdatePayload> {
        let about = global_id::decode_as(site::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }
}

/// A new site.
#[derive(Debug, InputObject)]
pub struct SiteCreateInput {
    /// The organisation that runs it.
    pub organisation_id: ID,
    /// What it is called: 1 to 200 characters.
    pub name: String,
    /// Its unique property reference number: up to 12 digits.
    pub uprn: Option<String>,
    /// Its postcode, as on an envelope. Spaces and small letters are put right.
    pub postcode: Option<String>,
    /// Degrees north, WGS 84: 49 to 61.5, and only together with `longitude`.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84: -9.5 to 2.5, and only together with `latitude`.
    pub longitude: Option<f64>,
    /// The council area it lies in: a geography of level `LOCAL_AUTHORITY`.
    pub local_authority_id: Option<ID>,
    /// How many beds it is registered for, for care homes: at least 0.
    pub beds: Option<i32>,
    /// Its latest overall rating by the Care Quality Commission.
    pub cqc_rating: Option<OneOf<CqcRating>>,
    /// The day on which that rating was published: not in the future, and only together with `cqcRating`.
    pub rating_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a site. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct SiteUpdateInput {
    /// The site.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters. It cannot be emptied.
    pub name: MaybeUndefined<String>,
    /// Its unique property reference number: up to 12 digits.
    pub uprn: MaybeUndefined<String>,
    /// Its postcode, as on an envelope. Spaces and small letters are put right.
    pub postcode: MaybeUndefined<String>,
    /// Degrees north, WGS 84: 49 to 61.5, and only together with `longitude`.
    pub latitude: MaybeUndefined<f64>,
    /// Degrees east, WGS 84: -9.5 to 2.5, and only together with `latitude`.
    pub longitude: MaybeUndefined<f64>,
    /// The council area it lies in: a geography of level `LOCAL_AUTHORITY`.
    pub local_authority_id: MaybeUndefined<ID>,
    /// How many beds it is registered for, for care homes: at least 0.
    pub beds: MaybeUndefined<i32>,
    /// Its latest overall rating by the Care Quality Commission.
    pub cqc_rating: MaybeUndefined<OneOf<CqcRating>>,
    /// The day on which that rating was published: not in the future, and only together with `cqcRating`.
    pub rating_on: MaybeUndefined<Date>,
}

payload! {
    /// What became of a new site.
    SiteCreatePayload { site: site::Entity }
}

payload! {
    /// What became of a change to a site.
    SiteUpdatePayload { site: site::Entity }
}
