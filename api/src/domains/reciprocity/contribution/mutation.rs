//! What clients can do to contributions.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::Reward;

use super::{answer, minutes, offer};
use crate::domains::boards::input::action_input;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of contributions.
#[derive(Default)]
pub struct ContributionMutation;

#[Object]
impl ContributionMutation {
    /// Offers somebody something for taking part, before it begins. Needs: the administrator of the organisation that pays, for
    /// somebody else than themselves.
    async fn contribution_offer(
        &self,
        ctx: &Context<'_>,
        input: ContributionOfferInput,
    ) -> Result<ContributionOfferPayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(offer::offer(change, input, &settings.contributions))
            })
            .await?
            .into(),
        )
    }

    /// Takes an offer back that was not answered yet. Needs: the administrator of the organisation that pays.
    async fn contribution_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ContributionWithdrawInput,
    ) -> Result<ContributionWithdrawPayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(offer::withdraw(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }

    /// Takes what is offered, or a part of it, before the work begins. Needs: to be the person.
    async fn contribution_accept(
        &self,
        ctx: &Context<'_>,
        input: ContributionAcceptInput,
    ) -> Result<ContributionAcceptPayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(answer::accept(change, input))
        })
        .await?
        .into())
    }

    /// Takes nothing of what is offered. You may take part all the same. Needs: to be the person.
    async fn contribution_decline(
        &self,
        ctx: &Context<'_>,
        input: ContributionDeclineInput,
    ) -> Result<ContributionDeclinePayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(answer::decline(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }

    /// Gives what is offered to the organisation, before the work begins. Needs: to be the person.
    async fn contribution_donate(
        &self,
        ctx: &Context<'_>,
        input: ContributionDonateInput,
    ) -> Result<ContributionDonatePayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(answer::donate(change, input))
        })
        .await?
        .into())
    }

    /// Records how long it took, after it began. The other of the two confirms it; until then it can be recorded anew. Needs:
    /// to be the person, or the administrator of the organisation that pays.
    async fn contribution_record_minutes(
        &self,
        ctx: &Context<'_>,
        input: ContributionRecordMinutesInput,
    ) -> Result<ContributionRecordMinutesPayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), about, &both, |change, (input, settings)| {
                Box::pin(minutes::record(change, input, &settings.contributions))
            })
            .await?
            .into(),
        )
    }

    /// Confirms the minutes as the other recorded them; they stand from then on. Needs: to be whichever of the two did not
    /// record them.
    async fn contribution_confirm_minutes(
        &self,
        ctx: &Context<'_>,
        input: ContributionConfirmMinutesInput,
    ) -> Result<ContributionConfirmMinutesPayload> {
        let about = global_id::decode_as(contribution::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(minutes::confirm(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// What is offered to whom, and what for. Name one of meeting, interview panel, training course and activity.
#[derive(Debug, InputObject)]
pub struct ContributionOfferInput {
    /// The person: somebody you may see.
    pub person_id: ID,
    /// The organisation that pays.
    pub organisation_id: ID,
    /// The meeting it is for.
    pub meeting_id: Option<ID>,
    /// The interview panel it is for.
    pub interview_panel_id: Option<ID>,
    /// The training course it is for.
    pub training_course_id: Option<ID>,
    /// What it is for in words, where it is none of these: up to 500 characters, unless the server is set otherwise.
    pub activity: Option<String>,
    /// When it begins. Needed unless it is a meeting, whose own time counts.
    pub starts_at: Option<DateTime>,
    /// How long it is thought to take, in minutes. Needed unless it is a meeting, whose length it is when you leave it out.
    pub expected_minutes: Option<i32>,
    /// What kind of reward is offered: `PAYMENT`, `TIME_CREDIT`, `VOUCHER` or `NONE`.
    pub reward: OneOf<Reward>,
    /// How much, in pence: for a payment and a voucher.
    pub pence: Option<i32>,
    /// How much, in minutes: for a time credit.
    pub time_credit_minutes: Option<i32>,
    /// Send `false` for what has begun already: it is then recorded, visibly, as not agreed before.
    pub agreed_before: Option<bool>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which offer is taken back.
    ContributionWithdrawInput("The contribution.") {}
}

action_input! {
    /// How much of an offer you take.
    ContributionAcceptInput("The contribution.") {
        /// How much, in pence, up to what was offered; all of it when you leave it out.
        pence: Option<i32>,
        /// How much, in minutes, up to what was offered; all of it when you leave it out.
        time_credit_minutes: Option<i32>,
        /// Send `false` for what has begun already: it is then recorded, visibly, as not agreed before.
        agreed_before: Option<bool>,
    }
}

action_input! {
    /// Of which offer you take nothing.
    ContributionDeclineInput("The contribution.") {}
}

action_input! {
    /// Which offer you give to the organisation.
    ContributionDonateInput("The contribution.") {
        /// Send `false` for what has begun already: it is then recorded, visibly, as not agreed before.
        agreed_before: Option<bool>,
    }
}

action_input! {
    /// How long it took.
    ContributionRecordMinutesInput("The contribution.") {
        /// The minutes.
        minutes: i32,
    }
}

action_input! {
    /// Which minutes you confirm.
    ContributionConfirmMinutesInput("The contribution.") {}
}

payload! {
    /// What became of an offer.
    ContributionOfferPayload { contribution: contribution::Entity }
}

payload! {
    /// What became of an offer that was taken back.
    ContributionWithdrawPayload { contribution: contribution::Entity }
}

payload! {
    /// What became of an offer that was accepted.
    ContributionAcceptPayload { contribution: contribution::Entity }
}

payload! {
    /// What became of an offer that was declined.
    ContributionDeclinePayload { contribution: contribution::Entity }
}

payload! {
    /// What became of an offer that was donated.
    ContributionDonatePayload { contribution: contribution::Entity }
}

payload! {
    /// What became of recorded minutes.
    ContributionRecordMinutesPayload { contribution: contribution::Entity }
}

payload! {
    /// What became of confirmed minutes.
    ContributionConfirmMinutesPayload { contribution: contribution::Entity }
}
