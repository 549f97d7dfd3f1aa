//! What clients can do about what came of events.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::gatherings::event_outcome;

use super::persist;
use crate::domains::gatherings::event::Limited;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of outcomes.
#[derive(Default)]
pub struct EventOutcomeMutation;

#[Object]
impl EventOutcomeMutation {
    /// Notes something that came of an event, once it has begun. Whoever sees the event reads it. Needs: the administrator of
    /// a host.
    async fn event_outcome_add(
        &self,
        ctx: &Context<'_>,
        input: EventOutcomeAddInput,
    ) -> Result<EventOutcomeAddPayload> {
        let key = input.idempotency_key.clone();
        let limited = Limited {
            limits: area_settings(ctx)?.events.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &limited, |change, limited| {
            Box::pin(persist::add(change, limited))
        })
        .await?
        .into())
    }

    /// Changes what is noted of an event. Needs: the administrator of a host.
    async fn event_outcome_update(
        &self,
        ctx: &Context<'_>,
        input: EventOutcomeUpdateInput,
    ) -> Result<EventOutcomeUpdatePayload> {
        let about = global_id::decode_as(event_outcome::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }
}

/// Something that came of an event.
#[derive(Debug, InputObject)]
pub struct EventOutcomeAddInput {
    /// The event.
    pub event_id: ID,
    /// What came of it: 1 to 5,000 characters.
    pub text: String,
    /// What was said there and done about it.
    pub you_said_we_did_id: Option<ID>,
    /// The resource that came of it, or was shown there.
    pub resource_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of it. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct EventOutcomeUpdateInput {
    /// What came of the event.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What came of it: 1 to 5,000 characters.
    pub text: MaybeUndefined<String>,
    /// What was said there and done about it.
    pub you_said_we_did_id: MaybeUndefined<ID>,
    /// The resource that came of it, or was shown there.
    pub resource_id: MaybeUndefined<ID>,
}

payload! {
    /// What became of an outcome.
    EventOutcomeAddPayload { event_outcome: event_outcome::Entity }
}

payload! {
    /// What became of a change to an outcome.
    EventOutcomeUpdatePayload { event_outcome: event_outcome::Entity }
}
