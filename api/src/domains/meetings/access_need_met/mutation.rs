//! What clients can do about access needs at a meeting.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::meetings::access_need_met;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of arrangements.
#[derive(Default)]
pub struct AccessNeedMetMutation;

#[Object]
impl AccessNeedMetMutation {
    /// Says what is arranged so that somebody who comes to a meeting can take part. Needs: the board's chair or facilitator,
    /// who reads the need with the person's consent.
    async fn access_need_met_arrange(
        &self,
        ctx: &Context<'_>,
        input: AccessNeedMetArrangeInput,
    ) -> Result<AccessNeedMetArrangePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::arrange(change, input))
        })
        .await?
        .into())
    }

    /// Confirms that an arrangement meets your need. Needs: to be the person; nobody confirms for somebody else.
    async fn access_need_met_confirm(
        &self,
        ctx: &Context<'_>,
        input: AccessNeedMetConfirmInput,
    ) -> Result<AccessNeedMetConfirmPayload> {
        let about = global_id::decode_as(access_need_met::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::confirm(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// What is arranged, for which need.
#[derive(Debug, InputObject)]
pub struct AccessNeedMetArrangeInput {
    /// The meeting.
    pub meeting_id: ID,
    /// The need: one that you may read, of somebody who comes.
    pub access_need_id: ID,
    /// What is arranged, in plain words: 1 to 2,000 characters.
    pub arrangement: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which arrangement meets your need.
    AccessNeedMetConfirmInput("The arrangement.") {}
}

payload! {
    /// What became of an arrangement.
    AccessNeedMetArrangePayload { access_need_met: access_need_met::Entity }
}

payload! {
    /// What became of a confirmation.
    AccessNeedMetConfirmPayload { access_need_met: access_need_met::Entity }
}
