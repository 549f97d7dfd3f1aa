//! What clients can do to ties between people and organisations.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::affiliation;
use entity::parties::kinds::AffiliationKind;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of ties between people and organisations.
#[derive(Default)]
pub struct AffiliationMutation;

#[Object]
impl AffiliationMutation {
    /// Ties a person to an organisation. Needs: the person themselves; or administrator of the organisation, once the
    /// person belongs to it, for ties that do not say they receive a service. People join another organisation by saying
    /// so themselves: its administrator then reads their contact details.
    async fn affiliation_create(
        &self,
        ctx: &Context<'_>,
        input: AffiliationCreateInput,
    ) -> Result<AffiliationCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Ends a tie. When the person has no other tie to the organisation, their roles in it end with the day. Needs: the
    /// person themselves; or administrator of the organisation, for ties that do not say they receive a service.
    async fn affiliation_end(
        &self,
        ctx: &Context<'_>,
        input: AffiliationEndInput,
    ) -> Result<AffiliationEndPayload> {
        let about = global_id::decode_as(affiliation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::end(change, input))
        })
        .await?
        .into())
    }
}

/// A new tie.
#[derive(Debug, InputObject)]
pub struct AffiliationCreateInput {
    /// The person.
    pub person_id: ID,
    /// The organisation.
    pub organisation_id: ID,
    /// What ties them. That somebody receives a service is read by nobody but the person.
    pub kind: OneOf<AffiliationKind>,
    /// The first day; today when left out.
    pub from_on: Option<Date>,
    /// The last day, not before the first; leave it out while no end is set.
    pub to_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which tie ends, and when.
#[derive(Debug, InputObject)]
pub struct AffiliationEndInput {
    /// The tie.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The last day, not before the first; today when left out.
    pub to_on: Option<Date>,
}

payload! {
    /// What became of a new tie.
    AffiliationCreatePayload { affiliation: affiliation::Entity }
}

payload! {
    /// What became of the end of a tie.
    AffiliationEndPayload { affiliation: affiliation::Entity }
}
