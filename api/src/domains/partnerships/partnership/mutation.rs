//! What clients can do to partnerships.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::partnerships::kinds::PartnershipRole;
use entity::partnerships::partnership;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of partnerships.
#[derive(Default)]
pub struct PartnershipMutation;

#[Object]
impl PartnershipMutation {
    /// Sets up a partnership. It is forming until it is activated; the organisation that leads it is its first member.
    /// Needs: administrator of the organisation that will lead it, which must be active.
    async fn partnership_create(
        &self,
        ctx: &Context<'_>,
        input: PartnershipCreateInput,
    ) -> Result<PartnershipCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes what the partners agreed on, until the partnership is closed. Needs: administrator of its lead.
    async fn partnership_update(
        &self,
        ctx: &Context<'_>,
        input: PartnershipUpdateInput,
    ) -> Result<PartnershipUpdatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Lets a partnership start work: it then has at least two active organisations, one of them user-led, and its last day
    /// is not over. Agreements share nothing before. Needs: administrator of its lead.
    async fn partnership_activate(
        &self,
        ctx: &Context<'_>,
        input: PartnershipActivateInput,
    ) -> Result<PartnershipActivatePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::activate(change, input))
        })
        .await?
        .into())
    }

    /// Ends a partnership for good. Whatever its members shared is hidden from the next request on. Needs: administrator of
    /// its lead.
    async fn partnership_close(
        &self,
        ctx: &Context<'_>,
        input: PartnershipCloseInput,
    ) -> Result<PartnershipClosePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::close(change, input))
        })
        .await?
        .into())
    }

    /// Hands the lead over to another active member; the former lead stays a member in the part it chooses. Needs:
    /// administrator of the organisation that leads now.
    async fn partnership_lead_hand_over(
        &self,
        ctx: &Context<'_>,
        input: PartnershipLeadHandOverInput,
    ) -> Result<PartnershipLeadHandOverPayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::hand_over(change, input))
        })
        .await?
        .into())
    }
}

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(partnership::Entity::PREFIX, id)
}

/// A new partnership.
#[derive(Debug, InputObject)]
pub struct PartnershipCreateInput {
    /// The organisation that leads it and answers for it: an active one, which you administer.
    pub lead_organisation_id: ID,
    /// What it is called: 1 to 200 characters. Everybody may read it once the partnership has begun.
    pub name: String,
    /// What the partners want to do together: 1 to 5,000 characters.
    pub purpose: String,
    /// The first day.
    pub starts_on: Date,
    /// The last day, not before `startsOn`; leave it out when no end is set.
    pub ends_on: Option<Date>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a partnership. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct PartnershipUpdateInput {
    /// The partnership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What it is called: 1 to 200 characters.
    pub name: Option<String>,
    /// What the partners want to do together: 1 to 5,000 characters.
    pub purpose: Option<String>,
    /// The first day.
    pub starts_on: Option<Date>,
    /// The last day, not before the first; null for no end.
    pub ends_on: MaybeUndefined<Date>,
}

/// Which partnership starts work.
#[derive(Debug, InputObject)]
pub struct PartnershipActivateInput {
    /// The partnership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

/// Which partnership ends.
#[derive(Debug, InputObject)]
pub struct PartnershipCloseInput {
    /// The partnership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why it ends: up to 2,000 characters, kept in the audit trail.
    pub reason: Option<String>,
}

/// Who leads from now on.
#[derive(Debug, InputObject)]
pub struct PartnershipLeadHandOverInput {
    /// The partnership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// The organisation that leads from now on: another active member.
    pub new_lead_organisation_id: ID,
    /// The part that the former lead plays from now on; not `LEAD`, and `USER_LED` only for a user-led organisation.
    pub former_lead_role: OneOf<PartnershipRole>,
}

payload! {
    /// What became of a new partnership.
    PartnershipCreatePayload { partnership: partnership::Entity }
}

payload! {
    /// What became of a change to a partnership.
    PartnershipUpdatePayload { partnership: partnership::Entity }
}

payload! {
    /// What became of a partnership that is to start work.
    PartnershipActivatePayload { partnership: partnership::Entity }
}

payload! {
    /// What became of a partnership that is to end.
    PartnershipClosePayload { partnership: partnership::Entity }
}

payload! {
    /// What became of the handover of the lead.
    PartnershipLeadHandOverPayload { partnership: partnership::Entity }
}
