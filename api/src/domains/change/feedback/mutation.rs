//! What clients can do about feedback.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::change::kinds::{FeedbackSource, FeedbackStatus};
use entity::change::{feedback, feedback_account};

use super::persist::{self, Submission};
use super::steps::{self, Step};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of feedback.
#[derive(Default)]
pub struct FeedbackMutation;

/// Runs a step of whoever deals with the feedback.
async fn step<I, P>(ctx: &Context<'_>, input: I) -> Result<P>
where
    I: StepInput + Sync,
    P: From<Outcome>,
{
    let step = input.step();
    let about = global_id::decode_as(feedback::Entity::PREFIX, step.id);
    let key = step.key.cloned();
    Ok(mutate(ctx, key.as_ref(), about, &input, |change, input: &I| {
        Box::pin(steps::take(change, input.step()))
    })
    .await?
    .into())
}

#[Object]
impl FeedbackMutation {
    /// Tells an organisation something about it, or about one of its services: in your own name, or without a name. Without
    /// a name you cannot follow what becomes of it, and cannot agree to the use of your story; the audit of the server notes
    /// your account as with every change, which you and the platform's administrator can read and the organisation cannot.
    /// Needs: to be signed in; to record what somebody else said, the administrator of the organisation, or a computer system
    /// of it.
    async fn feedback_submit(
        &self,
        ctx: &Context<'_>,
        input: FeedbackSubmitInput,
    ) -> Result<FeedbackSubmitPayload> {
        let key = input.idempotency_key.clone();
        let submission = Submission {
            limits: area_settings(ctx)?.feedback.clone(),
            input,
        };
        Ok(
            mutate(ctx, key.as_ref(), None, &submission, |change, submission| {
                Box::pin(persist::submit(change, submission))
            })
            .await?
            .into(),
        )
    }

    /// Says that feedback came in and is dealt with: `RECEIVED` becomes `ACKNOWLEDGED`. Needs: the administrator of the
    /// organisation that deals with it.
    async fn feedback_acknowledge(
        &self,
        ctx: &Context<'_>,
        input: FeedbackAcknowledgeInput,
    ) -> Result<FeedbackAcknowledgePayload> {
        step(ctx, input).await
    }

    /// Says that somebody looks into it: `ACKNOWLEDGED` becomes `INVESTIGATING`. Needs: the administrator of the organisation
    /// that deals with it.
    async fn feedback_investigate(
        &self,
        ctx: &Context<'_>,
        input: FeedbackInvestigateInput,
    ) -> Result<FeedbackInvestigatePayload> {
        step(ctx, input).await
    }

    /// Says what was done about it: `INVESTIGATING` becomes `ACTED`. Needs: the administrator of the organisation that deals
    /// with it.
    async fn feedback_act(&self, ctx: &Context<'_>, input: FeedbackActInput) -> Result<FeedbackActPayload> {
        step(ctx, input).await
    }

    /// Says that nothing is done about it, and why: `INVESTIGATING` becomes `NO_ACTION`. From then on you see the person only while
    /// they consent to it. Needs: the administrator of the
    /// organisation that deals with it.
    async fn feedback_take_no_action(
        &self,
        ctx: &Context<'_>,
        input: FeedbackTakeNoActionInput,
    ) -> Result<FeedbackTakeNoActionPayload> {
        step(ctx, input).await
    }

    /// Ends it, once the person was told what came of it: `ACTED` or `NO_ACTION` becomes `CLOSED`. Needs: the administrator
    /// of the organisation that deals with it.
    async fn feedback_close(
        &self,
        ctx: &Context<'_>,
        input: FeedbackCloseInput,
    ) -> Result<FeedbackClosePayload> {
        step(ctx, input).await
    }

    /// Lets the chair of a board read the facts and, with consent, the anonymised story; never the words or who said them.
    /// It is a board that the organisation hosts. Needs: the administrator of the organisation that deals with it.
    async fn feedback_share_with_board(
        &self,
        ctx: &Context<'_>,
        input: FeedbackShareWithBoardInput,
    ) -> Result<FeedbackShareWithBoardPayload> {
        let about = global_id::decode_as(feedback::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(steps::share(change, input))
        })
        .await?
        .into())
    }

    /// Agrees that the organisation tells your story so that nobody can recognise you. It is apart from the feedback itself:
    /// that is dealt with whether you agree or not. Take the consent back with `consentWithdraw`, and the story is gone from
    /// the next read on. Needs: the person who gave the feedback.
    async fn feedback_account_consent_to_story(
        &self,
        ctx: &Context<'_>,
        input: FeedbackAccountConsentToStoryInput,
    ) -> Result<FeedbackAccountConsentToStoryPayload> {
        let about = global_id::decode_as(feedback_account::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::consent_to_story(change, input))
        })
        .await?
        .into())
    }
}

/// Something that somebody tells an organisation.
#[derive(Debug, InputObject)]
pub struct FeedbackSubmitInput {
    /// The organisation that is to deal with it.
    pub organisation_id: ID,
    /// The service that it is about: one that the organisation provides or pays for.
    pub service_id: Option<ID>,
    /// What sort of feedback it is.
    pub source: OneOf<FeedbackSource>,
    /// What happened, in the words of whoever tells it: up to 20,000 characters, unless this server is set otherwise.
    pub text: String,
    /// How to reach whoever tells it, about this: up to 500 characters. Not for anonymous feedback.
    pub contact: Option<String>,
    /// Whether it is told without a name.
    pub anonymous: Option<bool>,
    /// Who tells it, when that is not you. Only the organisation records what others said.
    pub person_id: Option<ID>,
    /// When it came in, when that was before now. Only the organisation says so.
    pub received_at: Option<DateTime>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which feedback is acknowledged.
    FeedbackAcknowledgeInput("The feedback.") {
        /// A note for the person, and for those who deal with it: up to 5,000 characters.
        note: Option<String>,
    }
}

action_input! {
    /// Which feedback is looked into.
    FeedbackInvestigateInput("The feedback.") {
        /// A note for the person, and for those who deal with it: up to 5,000 characters.
        note: Option<String>,
    }
}

action_input! {
    /// About which feedback something was done.
    FeedbackActInput("The feedback.") {
        /// What was done, for the person and for those who deal with it: 1 to 5,000 characters.
        note: String,
    }
}

action_input! {
    /// About which feedback nothing is done.
    FeedbackTakeNoActionInput("The feedback.") {
        /// Why not, for the person and for those who deal with it: 1 to 5,000 characters.
        note: String,
    }
}

action_input! {
    /// Which feedback ends.
    FeedbackCloseInput("The feedback.") {
        /// A note for the person, and for those who deal with it: up to 5,000 characters.
        note: Option<String>,
    }
}

action_input! {
    /// Which feedback a board is to know of.
    FeedbackShareWithBoardInput("The feedback.") {
        /// The board; null to share it with none any more.
        board_id: Option<ID>,
    }
}

action_input! {
    /// Whose story may be told.
    FeedbackAccountConsentToStoryInput("The account of the feedback: your words.") {
        /// Your consent, with the purpose `SHARE_STORY`: in general, or to this organisation.
        consent_id: ID,
    }
}

/// An input that asks for one step.
trait StepInput {
    /// The step.
    fn step(&self) -> Step<'_>;
}

macro_rules! steps {
    ($($input:ident => $action:literal, $to:ident, |$this:ident| $note:expr, $is_needed:literal;)+) => {$(
        impl StepInput for $input {
            fn step(&self) -> Step<'_> {
                let $this = self;
                Step {
                    id: &$this.id,
                    expected_version: $this.expected_version,
                    key: $this.idempotency_key.as_ref(),
                    action: $action,
                    to: FeedbackStatus::$to,
                    note: $note,
                    is_note_needed: $is_needed,
                }
            }
        }
    )+};
}

steps! {
    FeedbackAcknowledgeInput => "feedback.acknowledge", Acknowledged, |input| input.note.as_deref(), false;
    FeedbackInvestigateInput => "feedback.investigate", Investigating, |input| input.note.as_deref(), false;
    FeedbackActInput => "feedback.act", Acted, |input| Some(&input.note), true;
    FeedbackTakeNoActionInput => "feedback.take_no_action", NoAction, |input| Some(&input.note), true;
    FeedbackCloseInput => "feedback.close", Closed, |input| input.note.as_deref(), false;
}

payload! {
    /// What became of feedback.
    FeedbackSubmitPayload { feedback: feedback::Entity }
}

payload! {
    /// What became of an acknowledgement.
    FeedbackAcknowledgePayload { feedback: feedback::Entity }
}

payload! {
    /// What became of feedback that is looked into.
    FeedbackInvestigatePayload { feedback: feedback::Entity }
}

payload! {
    /// What became of feedback about which something was done.
    FeedbackActPayload { feedback: feedback::Entity }
}

payload! {
    /// What became of feedback about which nothing is done.
    FeedbackTakeNoActionPayload { feedback: feedback::Entity }
}

payload! {
    /// What became of the end of feedback.
    FeedbackClosePayload { feedback: feedback::Entity }
}

payload! {
    /// What became of sharing feedback.
    FeedbackShareWithBoardPayload { feedback: feedback::Entity }
}

payload! {
    /// What became of a consent to the use of a story.
    FeedbackAccountConsentToStoryPayload { feedback_account: feedback_account::Entity }
}
