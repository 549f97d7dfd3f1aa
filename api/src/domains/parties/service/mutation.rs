//! What clients can do to services.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::parties::kinds::{ClientGroup, ServiceDelivery, ServiceKind};
use entity::parties::service;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of services.
#[derive(Default)]
pub struct ServiceMutation;

#[Object]
impl ServiceMutation {
    /// Adds a care or support service. Its provider is PENDING or ACTIVE. Needs: administrator of the organisation that provides
    /// it, or of the platform.
    async fn service_create(
        &self,
        ctx: &Context<'_>,
        input: ServiceCreateInput,
    ) -> Result<ServiceCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a service; to end it, set `endsOn`. Needs: administrator of the organisation that provides it, or of the platform.
    async fn service_update(
        &self,
        ctx: &Context<'_>,
        input: ServiceUpdateInput,
    ) -> Result<ServiceUpdatePayload> {
        let about = global_id::decode_as(service::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }
}

/// A new service.
#[derive(Debug, InputObject)]
pub struct ServiceCreateInput {
    /// The organisation that provides it.
    pub provider_organisation_id: ID,
    /// Where it is provided: a site of its provider; leave it out when it comes to people's homes.
    pub site_id: Option<ID>,
    /// The organisation that pays for it.
    pub commissioner_organisation_id: Option<ID>,
    /// What it is called: 1 to 200 characters.
    pub name: String,
    /// What kind of service it is.
    pub kind: OneOf<ServiceKind>,
    /// How it is paid for; NOT_STATED where you do not know.
    pub delivery: OneOf<ServiceDelivery>,
    /// Whom it serves; each counts once.
    #[graphql(default)]
    pub client_groups: Vec<OneOf<ClientGroup>>,
    /// The day it starts.
    pub starts_on: Date,
    /// The day it ends, not before it starts; leave it out when no end is set.
    pub ends_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a service. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct ServiceUpdateInput {
    /// The service.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Where it is provided: a site of its provider; null when it comes to people's homes.
    pub site_id: MaybeUndefined<ID>,
    /// The organisation that pays for it.
    pub commissioner_organisation_id: MaybeUndefined<ID>,
    /// What it is called: 1 to 200 characters. It cannot be emptied.
    pub name: MaybeUndefined<String>,
    /// What kind of service it is. It cannot be emptied.
    pub kind: MaybeUndefined<OneOf<ServiceKind>>,
    /// How it is paid for. It cannot be emptied.
    pub delivery: MaybeUndefined<OneOf<ServiceDelivery>>,
    /// Whom it serves, as a whole new list; each counts once. Send an empty list to empty it.
    pub client_groups: MaybeUndefined<Vec<OneOf<ClientGroup>>>,
    /// The day it starts. It cannot be emptied.
    pub starts_on: MaybeUndefined<Date>,
    /// The day it ends, not before it starts; null when no end is set.
    pub ends_on: MaybeUndefined<Date>,
}

payload! {
    /// What became of a new service.
    ServiceCreatePayload { service: service::Entity }
}

payload! {
    /// What became of a change to a service.
    ServiceUpdatePayload { service: service::Entity }
}
