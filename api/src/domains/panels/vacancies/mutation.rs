//! What clients can do to vacancies.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::panels::kinds::{VacancyKind, VacancyStatus};
use entity::panels::vacancy;

use super::persist::{self, Step};
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{DateTime, OneOf, global_id};

/// Mutations of vacancies.
#[derive(Default)]
pub struct VacancyMutation;

/// Runs a step that an administrator takes.
async fn step<I, P>(ctx: &Context<'_>, input: I) -> Result<P>
where
    I: StepInput + Sync,
    P: From<Outcome>,
{
    let step = input.step();
    let about = global_id::decode_as(vacancy::Entity::PREFIX, step.id);
    let key = step.key.cloned();
    Ok(mutate(ctx, key.as_ref(), about, &input, |change, input: &I| {
        Box::pin(persist::take(change, input.step()))
    })
    .await?
    .into())
}

#[Object]
impl VacancyMutation {
    /// Drafts a vacancy, which nobody outside sees yet. Needs: the administrator of the organisation that recruits, which for
    /// a board seat is the host of the board.
    async fn vacancy_create(
        &self,
        ctx: &Context<'_>,
        input: VacancyCreateInput,
    ) -> Result<VacancyCreatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::create(change, input))
        })
        .await?
        .into())
    }

    /// Changes a vacancy: a draft in everything; an open one in its words, and to a later closing time. Needs: the
    /// administrator of the organisation that recruits.
    async fn vacancy_update(
        &self,
        ctx: &Context<'_>,
        input: VacancyUpdateInput,
    ) -> Result<VacancyUpdatePayload> {
        let about = global_id::decode_as(vacancy::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Announces a vacancy: `DRAFT` becomes `OPEN`. Applications are taken from its opening to its closing time, by the
    /// server's clock. Needs: the administrator of the organisation that recruits.
    async fn vacancy_open(&self, ctx: &Context<'_>, input: VacancyOpenInput) -> Result<VacancyOpenPayload> {
        step(ctx, input).await
    }

    /// Closes a vacancy after its closing time: `OPEN` becomes `CLOSED`, and the panel can draw up its list of candidates.
    /// Needs: the administrator of the organisation that recruits.
    async fn vacancy_close(
        &self,
        ctx: &Context<'_>,
        input: VacancyCloseInput,
    ) -> Result<VacancyClosePayload> {
        step(ctx, input).await
    }

    /// Calls a vacancy off before the panel has decided: it becomes `WITHDRAWN`. Needs: the administrator of the organisation
    /// that recruits.
    async fn vacancy_withdraw(
        &self,
        ctx: &Context<'_>,
        input: VacancyWithdrawInput,
    ) -> Result<VacancyWithdrawPayload> {
        step(ctx, input).await
    }

    /// Ends a vacancy for which nobody was found: `DECIDED` becomes `UNFILLED`. Nobody has accepted, no offer waits for an
    /// answer, and no other round is under way. Needs: the administrator of the organisation that recruits.
    async fn vacancy_leave_unfilled(
        &self,
        ctx: &Context<'_>,
        input: VacancyLeaveUnfilledInput,
    ) -> Result<VacancyLeaveUnfilledPayload> {
        step(ctx, input).await
    }
}

/// A new vacancy.
#[derive(Debug, InputObject)]
pub struct VacancyCreateInput {
    /// The organisation that recruits.
    pub organisation_id: ID,
    /// What somebody is sought for.
    pub kind: OneOf<VacancyKind>,
    /// What the place is called: 1 to 200 characters.
    pub title: String,
    /// What it is about: up to 10,000 characters.
    pub description: Option<String>,
    /// The seat, for the kind `BOARD_SEAT` and no other.
    pub seat_id: Option<ID>,
    /// From when applications are taken.
    pub opens_at: DateTime,
    /// Until when applications are taken.
    pub closes_at: DateTime,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a vacancy. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct VacancyUpdateInput {
    /// The vacancy.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What the place is called: 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// What it is about: up to 10,000 characters.
    pub description: MaybeUndefined<String>,
    /// From when applications are taken; only for a draft.
    pub opens_at: MaybeUndefined<DateTime>,
    /// Until when applications are taken; no earlier than was announced.
    pub closes_at: MaybeUndefined<DateTime>,
}

action_input! {
    /// Which vacancy is announced.
    VacancyOpenInput("The vacancy.") {}
}

action_input! {
    /// Which vacancy closes.
    VacancyCloseInput("The vacancy.") {}
}

action_input! {
    /// Which vacancy is called off.
    VacancyWithdrawInput("The vacancy.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Which vacancy ends without anybody.
    VacancyLeaveUnfilledInput("The vacancy.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

/// An input that asks for one step.
trait StepInput {
    /// The step.
    fn step(&self) -> Step<'_>;
}

macro_rules! steps {
    ($($input:ident => $action:literal, $to:ident, |$this:ident| $reason:expr;)+) => {$(
        impl StepInput for $input {
            fn step(&self) -> Step<'_> {
                let $this = self;
                Step {
                    id: &$this.id,
                    expected_version: $this.expected_version,
                    key: $this.idempotency_key.as_ref(),
                    action: $action,
                    to: VacancyStatus::$to,
                    reason: $reason,
                }
            }
        }
    )+};
}

steps! {
    VacancyOpenInput => "vacancy.open", Open, |input| None;
    VacancyCloseInput => "vacancy.close", Closed, |input| None;
    VacancyWithdrawInput => "vacancy.withdraw", Withdrawn, |input| input.reason.as_deref();
    VacancyLeaveUnfilledInput => "vacancy.leave_unfilled", Unfilled, |input| input.reason.as_deref();
}

payload! {
    /// What became of a new vacancy.
    VacancyCreatePayload { vacancy: vacancy::Entity }
}

payload! {
    /// What became of a change to a vacancy.
    VacancyUpdatePayload { vacancy: vacancy::Entity }
}

payload! {
    /// What became of an announcement.
    VacancyOpenPayload { vacancy: vacancy::Entity }
}

payload! {
    /// What became of the end of applications.
    VacancyClosePayload { vacancy: vacancy::Entity }
}

payload! {
    /// What became of a vacancy that was called off.
    VacancyWithdrawPayload { vacancy: vacancy::Entity }
}

payload! {
    /// What became of a vacancy that ended without anybody.
    VacancyLeaveUnfilledPayload { vacancy: vacancy::Entity }
}
