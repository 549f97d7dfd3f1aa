//! How minutes are recorded by one of the two, and confirmed by the other.

use async_graphql::ID;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::ContributionSide;
use sea_orm::Set;

use super::answer::starts_at;
use super::mutation::ContributionRecordMinutesInput;
use super::offer::event;
use crate::domains::reciprocity::rules::{
    ContributionSettings, MinutesFacts, check_confirmation, check_minutes,
};
use crate::domains::violation::Violations;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::reciprocity::{self as policy, RecordMinutes};
use crate::store::WriteSession;

pub(super) async fn record(
    change: Change<'_>,
    input: &ContributionRecordMinutesInput,
    settings: &ContributionSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<contribution::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let (side, permit) = policy::record_minutes(change.viewer, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let facts = MinutesFacts {
        status: before.status,
        starts_at: starts_at(session, before).await?,
        confirmed: before.minutes_confirmed_at.is_some(),
    };
    violations.keep_all(check_minutes(&facts, input.minutes, session.now(), settings));
    violations.into_result()?;
    let row = contribution::ActiveModel {
        minutes: Set(Some(input.minutes)),
        minutes_recorded_by: Set(Some(side)),
        ..Default::default()
    };
    write(session, &permit, (row, side, "contribution.record_minutes")).await
}

pub(super) async fn confirm(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<contribution::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::confirm_minutes(change.viewer, found)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let recorded_by = before.minutes_recorded_by;
    violations.keep(check_confirmation(
        recorded_by,
        before.minutes_confirmed_at.is_some(),
    ));
    violations.into_result()?;
    let side = match recorded_by {
        Some(ContributionSide::Person) => ContributionSide::Organisation,
        _ => ContributionSide::Person,
    };
    let row = contribution::ActiveModel {
        minutes_confirmed_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, side, "contribution.confirm_minutes")).await
}

async fn write(
    session: &WriteSession,
    permit: &Permit<RecordMinutes, contribution::Model>,
    (row, side, action): (contribution::ActiveModel, ContributionSide, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let contribution: contribution::Model = session.update(permit, before.version, row).await?;
    let mut event = event(action, &contribution).changed(changed);
    if side == ContributionSide::Person {
        event = event.private();
    }
    Ok(session.record(event, contribution.id.0))
}
