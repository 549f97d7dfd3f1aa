//! What clients can do to users.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::user_account;

use super::persist;
use crate::domains::parties::accounts::AccountRules;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of users.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Gives a person an account: whoever signs in with this issuer as this subject is the person. Needs: administrator
    /// of an organisation the person works for or belongs to; while it has none, the platform's administrator. The
    /// issuer must be one that may vouch for the people of that organisation, or this server's own.
    async fn user_create(&self, ctx: &Context<'_>, input: UserCreateInput) -> Result<UserCreatePayload> {
        let key = input.idempotency_key.clone();
        let input = (input, ctx.data::<Arc<AccountRules>>()?.clone());
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, (input, rules)| {
            Box::pin(persist::create(change, input, rules))
        })
        .await?
        .into())
    }

    /// Shuts a user out from their next request on. Needs: administrator of the only organisation the person works for
    /// or belongs to, or the platform's administrator; never yourself, and never the last administrator.
    async fn user_suspend(&self, ctx: &Context<'_>, input: UserSuspendInput) -> Result<UserSuspendPayload> {
        let about = global_id::decode_as(user_account::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::suspend(change, input))
        })
        .await?
        .into())
    }

    /// Lets a suspended user in again. Needs: administrator of the only organisation the person works for or belongs to,
    /// or the platform's administrator.
    async fn user_resume(&self, ctx: &Context<'_>, input: UserResumeInput) -> Result<UserResumePayload> {
        let about = global_id::decode_as(user_account::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::resume(change, input))
        })
        .await?
        .into())
    }
}

/// A new user.
#[derive(Debug, InputObject)]
pub struct UserCreateInput {
    /// The organisation that vouches for them.
    pub organisation_id: ID,
    /// The person, who works for it or belongs to it; each has at most one account.
    pub person_id: ID,
    /// The issuer of their tokens, exactly as the tokens spell it (`iss`): 1 to 500 characters.
    pub issuer: String,
    /// Who they are to that issuer (`sub`): 1 to 255 characters.
    pub subject: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Whom to shut out.
#[derive(Debug, InputObject)]
pub struct UserSuspendInput {
    /// The user.
    pub id: ID,
    /// Their version as you read it.
    pub expected_version: i32,
    /// Why: 1 to 2,000 characters, kept in the audit.
    pub reason: String,
}

/// Whom to let in again.
#[derive(Debug, InputObject)]
pub struct UserResumeInput {
    /// The user.
    pub id: ID,
    /// Their version as you read it.
    pub expected_version: i32,
    /// Why: up to 2,000 characters, kept in the audit.
    pub reason: Option<String>,
}

payload! {
    /// What became of a new user.
    UserCreatePayload { user: user_account::Entity }
}

payload! {
    /// What became of a suspension.
    UserSuspendPayload { user: user_account::Entity }
}

payload! {
    /// What became of a return.
    UserResumePayload { user: user_account::Entity }
}
