//! An event is announced, or called off.

use async_graphql::ID;
use entity::gatherings::event;
use entity::gatherings::kinds::EventStatus;
use sea_orm::Set;

use super::mutation::EventCancelInput;
use super::persist::run;
use crate::domains::gatherings::hold::{happened, hosts};
use crate::domains::gatherings::rules::events::check_step;
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::gatherings::RunEvent;
use crate::store::WriteSession;

pub(super) async fn publish(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(permit) = run(change, &mut violations, ("id", id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep_all(check_step(before, EventStatus::Published, session.now()));
    violations.into_result()?;
    let row = event::ActiveModel {
        status: Set(EventStatus::Published),
        published_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "event.publish")).await
}

pub(super) async fn cancel(change: Change<'_>, input: &EventCancelInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=2_000));
    let Some(permit) = run(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep_all(check_step(before, EventStatus::Cancelled, session.now()));
    violations.into_result()?;
    let row = event::ActiveModel {
        status: Set(EventStatus::Cancelled),
        cancellation_reason: Set(reason),
        ..Default::default()
    };
    write(session, &permit, (row, "event.cancel")).await
}

async fn write(
    session: &WriteSession,
    permit: &Permit<RunEvent, event::Model>,
    (row, action): (event::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let event: event::Model = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let hosts = hosts(session, event.id).await?;
    let event_of = happened((action, "event"), event.id, &hosts).changed(changed);
    Ok(session.record(event_of, event.id.0))
}
