//! What clients can do to interview panels.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::panels::{application, interview_panel};

use super::{persist, questions, steps};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of interview panels.
#[derive(Default)]
pub struct InterviewPanelMutation;

#[Object]
impl InterviewPanelMutation {
    /// Forms a panel for a vacancy before its interviews; or, when a panel has decided and nobody has accepted, that of the
    /// next round: what was decided is never changed. Needs: the administrator of the organisation that recruits.
    async fn interview_panel_create(
        &self,
        ctx: &Context<'_>,
        input: InterviewPanelCreateInput,
    ) -> Result<InterviewPanelCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes how far scores may lie apart and which training is asked for, until the panel begins to score. Needs: the
    /// panel's chair, or the administrator of the organisation that recruits.
    async fn interview_panel_update(
        &self,
        ctx: &Context<'_>,
        input: InterviewPanelUpdateInput,
    ) -> Result<InterviewPanelUpdatePayload> {
        let about = global_id::decode_as(interview_panel::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Sets the questions of a panel, all of them and in their order, in place of those there were. They are fixed once the
    /// panel begins to score, and every candidate is asked the same. Needs: the panel's chair, or the administrator of the
    /// organisation that recruits.
    async fn interview_panel_set_questions(
        &self,
        ctx: &Context<'_>,
        input: InterviewPanelSetQuestionsInput,
    ) -> Result<InterviewPanelSetQuestionsPayload> {
        let about = global_id::decode_as(interview_panel::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin(questions::set(change, input, &settings.panels))
            })
            .await?
            .into(),
        )
    }

    /// Marks a panel as complete: `FORMING` becomes `READY`. It has at least two panellists, one of them with lived experience
    /// or a carer, for a board seat a sitting member of the board; all have declared their interests and somebody else has
    /// assessed them; the training that is asked for is current; and the questions' weights make exactly 10,000 basis points.
    /// Needs: the panel's chair.
    async fn interview_panel_mark_ready(
        &self,
        ctx: &Context<'_>,
        input: InterviewPanelMarkReadyInput,
    ) -> Result<InterviewPanelMarkReadyPayload> {
        let about = global_id::decode_as(interview_panel::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::mark_ready(change, input))
        })
        .await?
        .into())
    }

    /// Makes an applicant a candidate, once the vacancy has closed and before the panel begins to score: the application
    /// becomes `SHORTLISTED`. Needs: the panel's chair.
    async fn application_shortlist(
        &self,
        ctx: &Context<'_>,
        input: ApplicationShortlistInput,
    ) -> Result<ApplicationShortlistPayload> {
        let about = global_id::decode_as(application::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::shortlist(change, input))
        })
        .await?
        .into())
    }
}

/// A new panel.
#[derive(Debug, InputObject)]
pub struct InterviewPanelCreateInput {
    /// The vacancy.
    pub vacancy_id: ID,
    /// How far the scores for one answer may lie apart before the panel must agree on one: 0 to 100.
    pub moderation_threshold: i32,
    /// The course that every panellist must have completed, and whose completion still counts; leave it out for none.
    pub required_course_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a panel. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct InterviewPanelUpdateInput {
    /// The panel.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// How far the scores for one answer may lie apart before the panel must agree on one: 0 to 100.
    pub moderation_threshold: MaybeUndefined<i32>,
    /// The course that every panellist must have completed; null for none.
    pub required_course_id: MaybeUndefined<ID>,
}

action_input! {
    /// The questions of a panel.
    InterviewPanelSetQuestionsInput("The panel.") {
        /// The questions, in the order in which they are asked: 1 to 50.
        questions: Vec<PanelQuestionInput>,
    }
}

/// A question.
#[derive(Debug, InputObject)]
pub struct PanelQuestionInput {
    /// What is asked: 1 to 2,000 characters.
    pub text: String,
    /// The same in Easy Read: up to 2,000 characters.
    pub easy_read: Option<String>,
    /// Its share of the result, in basis points: 1 to 10,000. Together they make 10,000 before the panel is ready.
    pub weight_bp: i32,
    /// The highest score: 1 to 100.
    pub max_score: i32,
    /// What a good answer holds: up to 2,000 characters.
    pub look_for: Option<String>,
}

action_input! {
    /// Which panel is complete.
    InterviewPanelMarkReadyInput("The panel.") {}
}

action_input! {
    /// Who becomes a candidate.
    ApplicationShortlistInput("The application.") {}
}

payload! {
    /// What became of a new panel.
    InterviewPanelCreatePayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of a change to a panel.
    InterviewPanelUpdatePayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of the questions.
    InterviewPanelSetQuestionsPayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of a panel that is complete.
    InterviewPanelMarkReadyPayload { interview_panel: interview_panel::Entity }
}

payload! {
    /// What became of a candidate.
    ApplicationShortlistPayload { application: application::Entity }
}
