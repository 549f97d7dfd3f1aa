//! What clients can do to roles.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::kinds::{Role, ScopeType};
use entity::parties::role_grant;

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of roles.
#[derive(Default)]
pub struct RoleGrantMutation;

#[Object]
impl RoleGrantMutation {
    /// Gives a role to a person with an account, or to a service account. It counts from the holder's next request on.
    /// Needs: for a role in an organisation, its administrator; on a board, its chair or facilitator or the administrator
    /// of its host; in a partnership, the administrator of its lead; on the platform, the platform's administrator, who
    /// also gives an organisation its first administrator.
    async fn role_grant_create(
        &self,
        ctx: &Context<'_>,
        input: RoleGrantCreateInput,
    ) -> Result<RoleGrantCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Takes a role back, from the holder's next request on. The last administrator of an organisation, and of the
    /// platform, stays. Needs: for a role in an organisation, its administrator; on a board, its chair or facilitator or
    /// the administrator of its host; in a partnership, the administrator of its lead; on the platform, the platform's
    /// administrator.
    async fn role_grant_revoke(
        &self,
        ctx: &Context<'_>,
        input: RoleGrantRevokeInput,
    ) -> Result<RoleGrantRevokePayload> {
        let about = global_id::decode_as(role_grant::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::revoke(change, input))
        })
        .await?
        .into())
    }
}

/// A role to give.
#[derive(Debug, InputObject)]
pub struct RoleGrantCreateInput {
    /// The role.
    pub role: OneOf<Role>,
    /// What it is to hold for; name the organisation, partnership or board beside.
    pub scope_type: OneOf<ScopeType>,
    /// The organisation, for a role in an organisation.
    pub organisation_id: Option<ID>,
    /// The partnership, for a role in a partnership.
    pub partnership_id: Option<ID>,
    /// The board, for a role on a board.
    pub board_id: Option<ID>,
    /// Who is to have it: a person with an active account, who belongs to the organisation, to a member of the
    /// partnership, or to the board or its host. Give either this or `serviceAccountId`.
    pub person_id: Option<ID>,
    /// Which computer system of the organisation is to have it; its role is `INTEGRATION`.
    pub service_account_id: Option<ID>,
    /// From when it holds, not in the past; now when left out.
    pub valid_from: Option<DateTime>,
    /// Until when it holds; leave it out for no end.
    pub valid_to: Option<DateTime>,
    /// Why it is given: up to 2,000 characters.
    pub reason: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which role to take back.
#[derive(Debug, InputObject)]
pub struct RoleGrantRevokeInput {
    /// The role grant.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// Why it is taken back: up to 2,000 characters.
    pub reason: Option<String>,
}

payload! {
    /// What became of a new role.
    RoleGrantCreatePayload { role_grant: role_grant::Entity }
}

payload! {
    /// What became of a role that was taken back.
    RoleGrantRevokePayload { role_grant: role_grant::Entity }
}
