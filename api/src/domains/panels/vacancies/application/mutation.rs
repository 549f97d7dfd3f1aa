//! What clients can do to applications.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::panels::application;
use entity::panels::kinds::EqualityAnswer;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, mutate_forgetting, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of applications.
#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Applies for a vacancy, in writing or by a recording, between its opening and its closing time by the server's clock.
    /// One application a person is taken. Answers about equality are only counted: nobody can tell who gave them. Needs: a
    /// person, for themselves.
    async fn application_submit(
        &self,
        ctx: &Context<'_>,
        input: ApplicationSubmitInput,
    ) -> Result<ApplicationSubmitPayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(mutate_forgetting(
            ctx,
            key.as_ref(),
            (&both, &["equality"]),
            |change, (input, settings)| Box::pin(persist::submit(change, input, &settings.panels)),
        )
        .await?
        .into())
    }

    /// Takes an application back before there is an offer: it becomes `WITHDRAWN`. Needs: the applicant.
    async fn application_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ApplicationWithdrawInput,
    ) -> Result<ApplicationWithdrawPayload> {
        let about = global_id::decode_as(application::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::withdraw(change, input))
        })
        .await?
        .into())
    }

    /// Takes the place that was offered: `OFFERED` becomes `ACCEPTED`. When nobody else is left to answer, the vacancy becomes
    /// `FILLED`. Needs: the applicant.
    async fn application_accept(
        &self,
        ctx: &Context<'_>,
        input: ApplicationAcceptInput,
    ) -> Result<ApplicationAcceptPayload> {
        let about = global_id::decode_as(application::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::accept(change, input))
        })
        .await?
        .into())
    }

    /// Turns down the place that was offered: `OFFERED` becomes `DECLINED`. Needs: the applicant.
    async fn application_decline(
        &self,
        ctx: &Context<'_>,
        input: ApplicationDeclineInput,
    ) -> Result<ApplicationDeclinePayload> {
        let about = global_id::decode_as(application::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::decline(change, input))
        })
        .await?
        .into())
    }
}

/// What you apply with: a statement, a recording, or both.
#[derive(Debug, InputObject)]
pub struct ApplicationSubmitInput {
    /// The vacancy.
    pub vacancy_id: ID,
    /// What you write: up to 20,000 characters.
    pub statement: Option<String>,
    /// The address of a recording in which you say or show it, beginning with `https://`: up to 2,000 characters.
    pub media_url: Option<String>,
    /// The same as a file that you have uploaded for yourself, and that is stored: see `mediaUploadStart`.
    pub media_id: Option<ID>,
    /// What you would like to say about yourself, so that the organisation can see whom it reaches: one answer to a question
    /// at most. They are added to the vacancy's numbers and kept nowhere else.
    pub equality: Option<Vec<OneOf<EqualityAnswer>>>,
    /// How to reach you about this application, in your words: up to 500 characters, unless the server is set otherwise. Read by
    /// you, by the administrator of the organisation that recruits and by the panel's chair.
    pub contact: Option<String>,
    /// Makes repeating the request safe. Answers about equality do not tell two requests apart: nothing is kept of them.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which application you take back.
    ApplicationWithdrawInput("Your application.") {}
}

action_input! {
    /// Which offer you take.
    ApplicationAcceptInput("Your application.") {}
}

action_input! {
    /// Which offer you turn down.
    ApplicationDeclineInput("Your application.") {}
}

payload! {
    /// What became of an offer that was taken.
    ApplicationAcceptPayload { application: application::Entity }
}

payload! {
    /// What became of an offer that was turned down.
    ApplicationDeclinePayload { application: application::Entity }
}

payload! {
    /// What became of an application.
    ApplicationSubmitPayload { application: application::Entity }
}

payload! {
    /// What became of an application that was taken back.
    ApplicationWithdrawPayload { application: application::Entity }
}
