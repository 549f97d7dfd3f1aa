//! How offers are answered. What the person does is their own matter: its events name no organisation they act for.

use async_graphql::ID;
use entity::meetings::meeting;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::{ContributionStatus, Reward};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ContributionAcceptInput, ContributionDonateInput};
use super::offer::event;
use crate::domains::reciprocity::rules::{Terms, check_agreed_before, check_step, plan_acceptance};
use crate::domains::violation::Violations;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::reciprocity::{self as policy, AnswerContribution};
use crate::store::{StoreError, WriteError, WriteSession};

type Answer = Permit<AnswerContribution, contribution::Model>;

/// When it begins: a meeting can have been moved since the offer.
pub(super) async fn starts_at(
    session: &WriteSession,
    contribution: &contribution::Model,
) -> Result<DateTimeUtc, StoreError> {
    let Some(meeting) = contribution.meeting_id else {
        return Ok(contribution.starts_at);
    };
    let this = Condition::all().add(meeting::Column::Id.eq(meeting));
    let found = session.facts::<meeting::Entity>(this).await?.pop();
    Ok(found.map_or(contribution.starts_at, |meeting| meeting.starts_at))
}

/// The offer, if the viewer may see and answer it, with when it begins.
async fn open(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
) -> Result<Option<(Answer, DateTimeUtc)>, WriteError<Refused>> {
    let session = change.session;
    let Some(found) = seen::<contribution::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let permit = policy::answer_contribution(change.viewer, found)?;
    fresh(expected_version, permit.model().version)?;
    let starts_at = starts_at(session, permit.model()).await?;
    Ok(Some((permit, starts_at)))
}

pub(super) async fn accept(change: Change<'_>, input: &ContributionAcceptInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (&input.id, input.expected_version);
    let Some((permit, starts_at)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    let offered = Terms {
        reward: before.offered_reward,
        pence: before.offered_pence,
        credit_minutes: before.offered_credit_minutes,
    };
    violations.keep(check_step(before.status, ContributionStatus::Accepted));
    let agreed = check_agreed_before(input.agreed_before, starts_at, session.now());
    let agreed = violations.keep(agreed);
    let taken = plan_acceptance(&offered, (input.pence, input.time_credit_minutes));
    let taken = violations.keep_all(taken).unwrap_or(offered);
    violations.into_result()?;
    let row = contribution::ActiveModel {
        status: Set(ContributionStatus::Accepted),
        reward: Set(Some(taken.reward)),
        accepted_pence: Set(taken.pence),
        accepted_credit_minutes: Set(taken.credit_minutes),
        ..answered(session, &permit, agreed)
    };
    write(session, &permit, (row, "contribution.accept")).await
}

pub(super) async fn decline(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((permit, starts_at)) = open(change, &mut violations, (id, expected_version)).await? else {
        return Err(refused(violations));
    };
    violations.keep(check_step(permit.model().status, ContributionStatus::Declined));
    violations.into_result()?;
    let row = contribution::ActiveModel {
        status: Set(ContributionStatus::Declined),
        reward: Set(Some(Reward::None)),
        // To take nothing binds nobody, so it is never too late for it.
        ..answered(session, &permit, Some(session.now() < starts_at))
    };
    write(session, &permit, (row, "contribution.decline")).await
}

pub(super) async fn donate(change: Change<'_>, input: &ContributionDonateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (&input.id, input.expected_version);
    let Some((permit, starts_at)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    violations.keep(check_step(permit.model().status, ContributionStatus::Donated));
    let agreed = check_agreed_before(input.agreed_before, starts_at, session.now());
    let agreed = violations.keep(agreed);
    violations.into_result()?;
    let row = contribution::ActiveModel {
        status: Set(ContributionStatus::Donated),
        reward: Set(Some(Reward::Donated)),
        ..answered(session, &permit, agreed)
    };
    write(session, &permit, (row, "contribution.donate")).await
}

/// What every answer records.
fn answered(
    session: &WriteSession,
    permit: &Answer,
    agreed_before: Option<bool>,
) -> contribution::ActiveModel {
    let was_too_late = permit.model().agreed_before == Some(false);
    contribution::ActiveModel {
        agreed_before: Set(agreed_before.map(|before| before && !was_too_late)),
        answered_at: Set(Some(session.now())),
        ..Default::default()
    }
}

async fn write(
    session: &WriteSession,
    permit: &Answer,
    (row, action): (contribution::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let contribution: contribution::Model = session.update(permit, before.version, row).await?;
    let event = event(action, &contribution).changed(changed).private();
    Ok(session.record(event, contribution.id.0))
}
