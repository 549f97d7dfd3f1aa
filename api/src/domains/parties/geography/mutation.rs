//! What clients can do to areas.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::geography;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of areas.
#[derive(Default)]
pub struct GeographyMutation;

#[Object]
impl GeographyMutation {
    /// Says which council answers for an area: its administrators and commissioners read and record the figures about it, before
    /// disclosure control. Needs: administrator of the platform.
    async fn geography_set_organisation(
        &self,
        ctx: &Context<'_>,
        input: GeographySetOrganisationInput,
    ) -> Result<GeographySetOrganisationPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(geography::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::set_organisation(change, input))
        })
        .await?
        .into())
    }
}

/// Which council answers for which area.
#[derive(Debug, InputObject)]
pub struct GeographySetOrganisationInput {
    /// The area.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The council; nobody when it is left out or null.
    pub organisation_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

payload! {
    /// What became of it.
    GeographySetOrganisationPayload { geography: geography::Entity }
}
