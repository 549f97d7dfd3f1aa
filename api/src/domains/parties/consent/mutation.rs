//! What clients can do to consents.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::parties::consent;
use entity::parties::kinds::{ConsentMethod, ConsentPurpose};

use super::persist;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of consents.
#[derive(Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Agrees to something. It counts from the next read on. Needs: a person, for themselves; no role can do it for them.
    async fn consent_give(&self, ctx: &Context<'_>, input: ConsentGiveInput) -> Result<ConsentGivePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::give(change, input))
        })
        .await?
        .into())
    }

    /// Takes a consent back. It counts no more from the next read on. Needs: the person who gave it.
    async fn consent_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ConsentWithdrawInput,
    ) -> Result<ConsentWithdrawPayload> {
        let about = global_id::decode_as(consent::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::withdraw(change, input))
        })
        .await?
        .into())
    }
}

/// What you agree to.
#[derive(Debug, InputObject)]
pub struct ConsentGiveInput {
    /// What for.
    pub purpose: OneOf<ConsentPurpose>,
    /// To which organisation; leave it out for all. `SHARE_WITH_ORGANISATION` needs one.
    pub grantee_organisation_id: Option<ID>,
    /// How you said so.
    pub method: OneOf<ConsentMethod>,
    /// When you said so, not in the future; now when left out.
    pub given_at: Option<DateTime>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which consent to take back.
#[derive(Debug, InputObject)]
pub struct ConsentWithdrawInput {
    /// The consent.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

payload! {
    /// What became of a consent.
    ConsentGivePayload { consent: consent::Entity }
}

payload! {
    /// What became of a withdrawal.
    ConsentWithdrawPayload { consent: consent::Entity }
}
