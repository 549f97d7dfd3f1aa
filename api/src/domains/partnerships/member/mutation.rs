//! What clients can do about members of partnerships.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::partnerships::kinds::PartnershipRole;
use entity::partnerships::partnership_member;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of partnership members.
#[derive(Default)]
pub struct PartnershipMemberMutation;

#[Object]
impl PartnershipMemberMutation {
    /// Invites an active organisation to a partnership. It is a member once its own administrator accepts. Needs:
    /// administrator of the organisation that leads the partnership.
    async fn partnership_member_invite(
        &self,
        ctx: &Context<'_>,
        input: PartnershipMemberInviteInput,
    ) -> Result<PartnershipMemberInvitePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::invite(change, input))
        })
        .await?
        .into())
    }

    /// Accepts an invitation: the organisation takes part from today. Needs: administrator of the invited organisation.
    async fn partnership_member_accept(
        &self,
        ctx: &Context<'_>,
        input: PartnershipMemberAcceptInput,
    ) -> Result<PartnershipMemberAcceptPayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::accept(change, input))
        })
        .await?
        .into())
    }

    /// Declines an invitation. The organisation can be invited again. Needs: administrator of the invited organisation.
    async fn partnership_member_decline(
        &self,
        ctx: &Context<'_>,
        input: PartnershipMemberDeclineInput,
    ) -> Result<PartnershipMemberDeclinePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::decline(change, input))
        })
        .await?
        .into())
    }

    /// Leaves a partnership. What the organisation shared and could read through it is hidden from the next request on. The
    /// lead hands over before it leaves. A partnership that loses the partners it needs is forming again. Needs:
    /// administrator of the organisation that leaves.
    async fn partnership_member_leave(
        &self,
        ctx: &Context<'_>,
        input: PartnershipMemberLeaveInput,
    ) -> Result<PartnershipMemberLeavePayload> {
        Ok(mutate(ctx, None, about(&input.id), &input, |change, input| {
            Box::pin(persist::leave(change, input))
        })
        .await?
        .into())
    }
}

fn about(id: &ID) -> Option<sea_orm::prelude::Uuid> {
    global_id::decode_as(partnership_member::Entity::PREFIX, id)
}

/// Whom to invite, and to which part.
#[derive(Debug, InputObject)]
pub struct PartnershipMemberInviteInput {
    /// The partnership.
    pub partnership_id: ID,
    /// The organisation to invite: an active one that is neither invited nor a member.
    pub organisation_id: ID,
    /// The part it is to play; not `LEAD`, and `USER_LED` only for a user-led organisation.
    pub role: OneOf<PartnershipRole>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which invitation is accepted.
#[derive(Debug, InputObject)]
pub struct PartnershipMemberAcceptInput {
    /// The membership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

/// Which invitation is declined.
#[derive(Debug, InputObject)]
pub struct PartnershipMemberDeclineInput {
    /// The membership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why: up to 2,000 characters, kept in the audit trail.
    pub reason: Option<String>,
}

/// Which membership ends.
#[derive(Debug, InputObject)]
pub struct PartnershipMemberLeaveInput {
    /// The membership.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why: up to 2,000 characters, kept in the audit trail.
    pub reason: Option<String>,
}

payload! {
    /// What became of an invitation.
    PartnershipMemberInvitePayload { partnership_member: partnership_member::Entity }
}

payload! {
    /// What became of an invitation that is accepted.
    PartnershipMemberAcceptPayload { partnership_member: partnership_member::Entity }
}

payload! {
    /// What became of an invitation that is declined.
    PartnershipMemberDeclinePayload { partnership_member: partnership_member::Entity }
}

payload! {
    /// What became of a membership that is to end.
    PartnershipMemberLeavePayload { partnership_member: partnership_member::Entity }
}
