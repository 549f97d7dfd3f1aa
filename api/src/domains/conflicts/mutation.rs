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
    /// Declares your interests to an interview panel that you sit on, to a board, about an item on a board's agenda, or about a
    /// monitoring visit that you are to go on: what ties you to it, or with `NONE` that there is nothing. Needs: a panellist; a member,
    /// chair or facilitator of the board; a reviewer of the visit; each for themselves.
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

    /// Says what follows from what somebody declared. Who is recused from a candidate neither sees nor scores them any more, for
    /// good. Who is recused from an agenda item is not counted for its decision and, when it is confidential, does not see it any
    /// more, for good. Who is recused from a monitoring visit has no part in it any more, for good. Needs: somebody else who leads the
    /// panel, the board or the visit; for what one of a panel's or board's own chairs or facilitators declared, the administrator of
    /// the organisation that recruits or hosts the board; an administrator or commissioner of the organisation that answers for the
    /// visit. Nobody assesses their own.
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

/// What you declare. Name one of panel, board, agenda item and monitoring visit.
#[derive(Debug, InputObject)]
pub struct ConflictDeclareInput {
    /// The interview panel.
    pub panel_id: Option<ID>,
    /// The board, for what may touch any of its work.
    pub board_id: Option<ID>,
    /// The item on a board's agenda.
    pub agenda_item_id: Option<ID>,
    /// The monitoring visit.
    pub monitoring_visit_id: Option<ID>,
    /// What ties you to it; `NONE` when nothing does.
    pub nature: OneOf<ConflictNature>,
    /// How serious it is; needed unless there is nothing.
    pub level: Option<OneOf<ConflictLevel>>,
    /// For a panel: the application of the candidate, where you see it. Before the scoring you do not: say in `detail` whom you mean.
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
        /// For a panel: the application of the candidate it is about, unless the declaration names it. Needed for `RECUSE`.
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
