//! What clients can do about conflicts of interest.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictAssessment, ConflictLevel, ConflictNature};

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of conflicts of interest.
#[derive(Default)]
pub struct ConflictMutation;

#[Object]
impl ConflictMutation {
    /// Declares your interests to a panel that you sit on: what ties you to a candidate, or with `NONE` that there is nothing.
    /// Needs: a panellist, for themselves.
    async fn conflict_declare(
        &self,
        ctx: &Context<'_>,
        input: ConflictDeclareInput,
    ) -> Result<ConflictDeclarePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::declare(change, input))
        })
        .await?
        .into())
    }

    /// Says what follows from what somebody declared. Who is recused from a candidate neither sees nor scores them any more,
    /// for good. Needs: somebody else who leads the panel; or, for what one of its chairs declared, the administrator of the
    /// organisation that recruits. Nobody assesses their own.
    async fn conflict_assess(
        &self,
        ctx: &Context<'_>,
        input: ConflictAssessInput,
    ) -> Result<ConflictAssessPayload> {
        let about = global_id::decode_as(conflict_declaration::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::assess(change, input))
        })
        .await?
        .into())
    }
}

/// What you declare.
#[derive(Debug, InputObject)]
pub struct ConflictDeclareInput {
    /// The panel.
    pub panel_id: ID,
    /// What ties you to a candidate; `NONE` when nothing does.
    pub nature: OneOf<ConflictNature>,
    /// How serious it is; needed unless there is nothing.
    pub level: Option<OneOf<ConflictLevel>>,
    /// The application of the candidate, where you see it. Before the scoring you do not: say in `detail` whom you mean.
    pub application_id: Option<ID>,
    /// More about it, for whoever assesses it: up to 2,000 characters.
    pub detail: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// What follows from a declaration.
    ConflictAssessInput("The declaration.") {
        /// What you make of it: `CLEAR`, `MITIGATE` or `RECUSE`.
        assessment: OneOf<ConflictAssessment>,
        /// The application of the candidate it is about, unless the declaration names it. Needed for `RECUSE`.
        application_id: Option<ID>,
        /// The precautions: up to 2,000 characters. Needed for `MITIGATE`.
        mitigation: Option<String>,
    }
}

payload! {
    /// What became of a declaration.
    ConflictDeclarePayload { conflict_declaration: conflict_declaration::Entity }
}

payload! {
    /// What became of an assessment.
    ConflictAssessPayload { conflict_declaration: conflict_declaration::Entity }
}
