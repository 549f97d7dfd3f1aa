//! What clients can do to events.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::gatherings::event;
use entity::gatherings::kinds::{EventAudience, EventKind, WhenFull};

use super::persist::Limited;
use super::{life, persist};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of events.
#[derive(Default)]
pub struct EventMutation;

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(event::Entity::PREFIX, id)
}

#[Object]
impl EventMutation {
    /// Prepares an event, which only its hosts see until it is announced. The organisation is its first host; others are
    /// asked by `eventHostInvite`. Needs: the administrator of that organisation.
    async fn event_create(&self, ctx: &Context<'_>, input: EventCreateInput) -> Result<EventCreatePayload> {
        let key = input.idempotency_key.clone();
        let limited = Limited {
            limits: area_settings(ctx)?.events.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &limited, |change, limited| {
            Box::pin(persist::create(change, limited))
        })
        .await?
        .into())
    }

    /// Changes an event until it begins. When there are more places, those who wait get them in their order; there are never
    /// fewer than were given away. Needs: the administrator of a host.
    async fn event_update(&self, ctx: &Context<'_>, input: EventUpdateInput) -> Result<EventUpdatePayload> {
        let about = about(&input.id);
        let limited = Limited {
            limits: area_settings(ctx)?.events.clone(),
            input,
        };
        Ok(mutate(ctx, None, about, &limited, |change, limited| {
            Box::pin(persist::update(change, limited))
        })
        .await?
        .into())
    }

    /// Announces an event to whom it is for: `DRAFT` becomes `PUBLISHED`, before it begins. Needs: the administrator of a
    /// host.
    async fn event_publish(
        &self,
        ctx: &Context<'_>,
        input: EventPublishInput,
    ) -> Result<EventPublishPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(life::publish(change, &input.id, input.expected_version))
            })
            .await?
            .into(),
        )
    }

    /// Calls an event off for a reason, before it begins. Needs: the administrator of a host.
    async fn event_cancel(&self, ctx: &Context<'_>, input: EventCancelInput) -> Result<EventCancelPayload> {
        let key = input.idempotency_key.clone();
        Ok(
            mutate(ctx, key.as_ref(), about(&input.id), &input, |change, input| {
                Box::pin(life::cancel(change, input))
            })
            .await?
            .into(),
        )
    }
}

/// A new event.
#[derive(Debug, InputObject)]
pub struct EventCreateInput {
    /// Its first host.
    pub organisation_id: ID,
    /// What sort of event it is.
    pub kind: OneOf<EventKind>,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 10,000 characters.
    pub description: Option<String>,
    /// When it begins.
    pub starts_at: DateTime,
    /// When it ends: after it begins, within 31 days.
    pub ends_at: DateTime,
    /// Where people meet: up to 500 characters. Whoever sees the event reads it.
    pub venue: Option<String>,
    /// Where people join from afar: an address that begins with `https://`. Only those with a place, and the hosts, read it.
    pub online_url: Option<String>,
    /// Whom it is for.
    pub audience: OneOf<EventAudience>,
    /// The partnership, for the audience `PARTNERSHIP` and no other.
    pub partnership_id: Option<ID>,
    /// How many can come; leave it out when there is room for everybody.
    pub capacity: Option<i32>,
    /// What happens to those who come too late for a place; `WAITING_LIST` when left out.
    pub when_full: Option<OneOf<WhenFull>>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of an event. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct EventUpdateInput {
    /// The event.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it is about: up to 10,000 characters.
    pub description: MaybeUndefined<String>,
    /// When it begins.
    pub starts_at: MaybeUndefined<DateTime>,
    /// When it ends: after it begins, within 31 days.
    pub ends_at: MaybeUndefined<DateTime>,
    /// Where people meet: up to 500 characters.
    pub venue: MaybeUndefined<String>,
    /// Where people join from afar: an address that begins with `https://`.
    pub online_url: MaybeUndefined<String>,
    /// How many can come; null when there is room for everybody.
    pub capacity: MaybeUndefined<i32>,
    /// What happens to those who come too late for a place.
    pub when_full: MaybeUndefined<OneOf<WhenFull>>,
}

action_input! {
    /// Which event is announced.
    EventPublishInput("The event.") {}
}

action_input! {
    /// Which event is called off.
    EventCancelInput("The event.") {
        /// Why, in plain words: 1 to 2,000 characters. Whoever sees the event reads it.
        reason: String,
    }
}

payload! {
    /// What became of a new event.
    EventCreatePayload { event: event::Entity }
}

payload! {
    /// What became of a change to an event.
    EventUpdatePayload { event: event::Entity }
}

payload! {
    /// What became of the announcement of an event.
    EventPublishPayload { event: event::Entity }
}

payload! {
    /// What became of calling an event off.
    EventCancelPayload { event: event::Entity }
}
