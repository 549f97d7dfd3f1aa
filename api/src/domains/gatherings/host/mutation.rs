//! What clients can do about the hosts of events.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::gatherings::event_host;
use entity::gatherings::kinds::EventHostStatus;

use super::persist::{self, Answer};
use crate::domains::boards::input::action_input;
use crate::domains::gatherings::event::Limited;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of hosts.
#[derive(Default)]
pub struct EventHostMutation;

/// What an organisation answers for itself.
macro_rules! answer {
    ($ctx:expr, $input:expr, $action:literal, $to:expr) => {{
        let about = global_id::decode_as(event_host::Entity::PREFIX, &$input.id);
        let key = $input.idempotency_key.clone();
        Ok(mutate($ctx, key.as_ref(), about, &$input, |change, input| {
            let answer = Answer {
                id: &input.id,
                expected_version: input.expected_version,
                action: $action,
                to: $to,
            };
            Box::pin(persist::answer(change, answer))
        })
        .await?
        .into())
    }};
}

#[Object]
impl EventHostMutation {
    /// Asks an organisation to host an event, too; one that said no, or left, can be asked again. It is no host until it
    /// accepts. Needs: the administrator of a host.
    async fn event_host_invite(
        &self,
        ctx: &Context<'_>,
        input: EventHostInviteInput,
    ) -> Result<EventHostInvitePayload> {
        let key = input.idempotency_key.clone();
        let limited = Limited {
            limits: area_settings(ctx)?.events.clone(),
            input,
        };
        Ok(mutate(ctx, key.as_ref(), None, &limited, |change, limited| {
            Box::pin(persist::invite(change, limited))
        })
        .await?
        .into())
    }

    /// Accepts to host an event: `INVITED` becomes `ACCEPTED`. Needs: the administrator of the organisation that was asked.
    async fn event_host_accept(
        &self,
        ctx: &Context<'_>,
        input: EventHostAcceptInput,
    ) -> Result<EventHostAcceptPayload> {
        answer!(ctx, input, "event_host.accept", EventHostStatus::Accepted)
    }

    /// Says that an organisation does not host an event: `INVITED` becomes `DECLINED`. Needs: the administrator of the
    /// organisation that was asked.
    async fn event_host_decline(
        &self,
        ctx: &Context<'_>,
        input: EventHostDeclineInput,
    ) -> Result<EventHostDeclinePayload> {
        answer!(ctx, input, "event_host.decline", EventHostStatus::Declined)
    }

    /// Ends an organisation's part as a host, while there is another: `ACCEPTED` becomes `LEFT`. Needs: its administrator.
    async fn event_host_leave(
        &self,
        ctx: &Context<'_>,
        input: EventHostLeaveInput,
    ) -> Result<EventHostLeavePayload> {
        answer!(ctx, input, "event_host.leave", EventHostStatus::Left)
    }
}

/// Which organisation is asked to host which event.
#[derive(Debug, InputObject)]
pub struct EventHostInviteInput {
    /// The event.
    pub event_id: ID,
    /// The organisation.
    pub organisation_id: ID,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which invitation is accepted.
    EventHostAcceptInput("The organisation's part in the event.") {}
}

action_input! {
    /// Which invitation is declined.
    EventHostDeclineInput("The organisation's part in the event.") {}
}

action_input! {
    /// Which host leaves.
    EventHostLeaveInput("The organisation's part in the event.") {}
}

payload! {
    /// What became of an invitation to host.
    EventHostInvitePayload { event_host: event_host::Entity }
}

payload! {
    /// What became of an acceptance.
    EventHostAcceptPayload { event_host: event_host::Entity }
}

payload! {
    /// What became of a refusal to host.
    EventHostDeclinePayload { event_host: event_host::Entity }
}

payload! {
    /// What became of a host that leaves.
    EventHostLeavePayload { event_host: event_host::Entity }
}
