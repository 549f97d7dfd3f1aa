//! What clients can do when a panel scores and decides.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::panels::kinds::PanelOutcome;
use entity::panels::{interview_panel, moderated_score, panel_decision};

use super::{decide, moderate, sheet, start};
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of scoring.
#[derive(Default)]
pub struct ScoringMutation;

#[Object]
impl ScoringMutation {
    /// Begins the scoring: `READY` becomes `SCORING`, the questions are fixed, panellists see the candidates, and the vacancy
    /// becomes `INTERVIEWING`. There is at least one candidate, and everything that made the panel ready still holds. Needs:
    /// the panel's chair.
    async fn interview_panel_start_scoring(
        &self,
        ctx: &Context<'_>,
        input: InterviewPanelStartScoringInput,
    ) -> Result<InterviewPanelStartScoringPayload> {
        let about = global_id::decode_as(interview_panel::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(start::start(change, input))
        })
        .await?
        .into())
    }

    /// Hands in all scores of a panellist for a candidate, each with what it rests on. They stand: nothing about them can be
    /// changed. Other panellists see them when everybody has handed in theirs; with the last, the panel becomes `MODERATING`.
    /// Needs: the panellist, or who supports them, unless recused from the candidate.
    async fn score_sheet_submit(
        &self,
        ctx: &Context<'_>,
        input: ScoreSheetSubmitInput,
    ) -> Result<ScoreSheetSubmitPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(sheet::submit(change, input))
        })
        .await?
        .into())
    }

    /// Records the score that the panel agreed on for an answer, with the reason. Needed where the scores lie further apart
    /// than the panel's threshold; it stands. Needs: the panel's chair.
    async fn moderated_score_record(
        &self,
        ctx: &Context<'_>,
        input: ModeratedScoreRecordInput,
    ) -> Result<ModeratedScoreRecordPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(moderate::record(change, input))
        })
        .await?
        .into())
    }

    /// Records what the panel decided about a candidate, with the reason and what the candidate is told. It stands. With the
    /// last decision the panel and the vacancy become `DECIDED`: who is to be appointed is offered the place, and candidates
    /// can read what they are told. Needs: the panel's chair.
    async fn panel_decision_record(
        &self,
        ctx: &Context<'_>,
        input: PanelDecisionRecordInput,
    ) -> Result<PanelDecisionRecordPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(decide::record(change, input))
        })
        .await?
        .into())
    }
}

action_input! {
    /// Which panel begins to score.
    InterviewPanelStartScoringInput("The panel.") {}
}

/// All scores of a panellist for a candidate.
#[derive(Debug, InputObject)]
pub struct ScoreSheetSubmitInput {
    /// Whose scores they are: you, or somebody whom you support.
    pub panellist_id: ID,
    /// The candidate's application.
    pub application_id: ID,
    /// One score for each question.
    pub scores: Vec<ScoreInput>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A score.
#[derive(Debug, InputObject)]
pub struct ScoreInput {
    /// The question.
    pub question_id: ID,
    /// The score: from 0 to the highest of the question.
    pub score: i32,
    /// What the candidate said or showed that it rests on: 1 to 5,000 characters.
    pub evidence: String,
}

/// A score that the panel agreed on.
#[derive(Debug, InputObject)]
pub struct ModeratedScoreRecordInput {
    /// The candidate's application.
    pub application_id: ID,
    /// The question.
    pub question_id: ID,
    /// The score: from 0 to the highest of the question.
    pub score: i32,
    /// Why this one: 1 to 5,000 characters.
    pub rationale: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What the panel decided about a candidate.
#[derive(Debug, InputObject)]
pub struct PanelDecisionRecordInput {
    /// The candidate's application.
    pub application_id: ID,
    /// What was decided.
    pub outcome: OneOf<PanelOutcome>,
    /// Why: 1 to 5,000 characters. Read by the panel and by the organisation that recruits.
    pub reason: String,
    /// What the candidate is told: 1 to 5,000 characters.
    pub feedback: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

payload! {
    /// What became of a panel that begins to score.
    InterviewPanelStartScoringPayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of the scores.
    ScoreSheetSubmitPayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of a score that the panel agreed on.
    ModeratedScoreRecordPayload { moderated_score: moderated_score::Entity }
}

payload! {
    /// What became of a decision.
    PanelDecisionRecordPayload { panel_decision: panel_decision::Entity }
}
