//! How agenda items are written. What is confidential goes into the audit without its values.

use async_graphql::ID;
use entity::boards::board;
use entity::id::{AgendaItemId, MeetingId, PersonId};
use entity::meetings::kinds::AgendaItemStatus;
use entity::meetings::{agenda_item, meeting};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{AgendaItemProposeInput, AgendaItemUpdateInput};
use crate::domains::boards::input::at_input;
use crate::domains::meetings::hold::{event, hold_board, meeting_now, without_values};
use crate::domains::meetings::rules::agenda;
use crate::domains::meetings::rules::status::check_to_come;
use crate::domains::meetings::settings::MeetingSettings;
use crate::domains::violation::{Violations, long_text, optional_long_text, text};
use crate::graphql::patch::{self, after, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::meetings::{self as policy, may_run_meetings};
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "agenda_item";
/// The longest summary, in characters.
const LONGEST_SUMMARY: usize = 5_000;
/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// All items of a meeting, proposed and gone ones too.
async fn items_of(
    session: &WriteSession,
    meeting: MeetingId,
) -> Result<Vec<agenda_item::Model>, WriteError<Refused>> {
    let of = Condition::all().add(agenda_item::Column::MeetingId.eq(meeting));
    Ok(session.facts::<agenda_item::Entity>(of).await?)
}

pub(super) async fn propose(
    change: Change<'_>,
    input: &AgendaItemProposeInput,
    settings: &MeetingSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=200));
    let summary = optional_long_text("summary", input.summary.as_deref(), LONGEST_SUMMARY);
    let summary = violations.keep(summary);
    let meeting = seen::<meeting::Entity>(session, &mut violations, "meetingId", &input.meeting_id);
    let Some(meeting) = meeting.await? else {
        return Err(refused(violations));
    };
    let board = hold_board(session, meeting.board_id).await?;
    let meeting = meeting_now(session, meeting.id).await?;
    let (host, confidential) = (board.host_organisation_id, input.confidential.unwrap_or(false));
    let permit = policy::propose_agenda_item(change.viewer, meeting, host, confidential)?;
    let meeting = permit.model();
    violations.keep(check_to_come(meeting.status, "meetingId"));
    let items = items_of(session, meeting.id).await?;
    violations.keep(agenda::check_room(items.len(), settings.most_agenda_items));
    violations.into_result()?;

    let status = agenda::first_status(may_run_meetings(change.viewer, board.id.0, host.0));
    let row = agenda_item::ActiveModel {
        id: Set(AgendaItemId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting.id),
        ordinal: Set(agenda::next_place(&items, confidential, status)),
        title: Set(title.unwrap_or_default()),
        summary: Set(summary.flatten()),
        kind: Set(input.kind.0),
        confidential: Set(confidential),
        status: Set(status),
        proposed_by_person_id: Set(change.viewer.person().map(PersonId)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, agenda_item::Model>(None, &row);
    let item = session.insert(&permit, row).await?;
    let event = event(("agenda_item.propose", TABLE), item.id, &board);
    let event = event.changed(told(confidential, changed));
    Ok(session.record(event, item.id.0))
}

fn told(confidential: bool, changed: serde_json::Value) -> serde_json::Value {
    if confidential {
        without_values(&changed)
    } else {
        changed
    }
}

/// The item with an id, if the viewer may see it, with its board, which is held, and its meeting as it is now.
async fn open(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(agenda_item::Model, board::Model, meeting::Model)>, WriteError<Refused>> {
    let Some(item) = seen::<agenda_item::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let board = hold_board(session, item.board_id).await?;
    let meeting = meeting_now(session, item.meeting_id).await?;
    Ok(Some((item, board, meeting)))
}

pub(super) async fn update(change: Change<'_>, input: &AgendaItemUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let mut row = agenda_item::ActiveModel {
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=200)
        }),
        summary: patch::optional(&mut violations, &input.summary, |summary| {
            optional_long_text("summary", Some(summary), LONGEST_SUMMARY)
        }),
        kind: patch::required(&mut violations, "kind", &input.kind, |kind| Ok(kind.0)),
        confidential: patch::required(&mut violations, "confidential", &input.confidential, |is| Ok(*is)),
        ..Default::default()
    };
    let Some((item, board, meeting)) = open(session, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let host = board.host_organisation_id;
    let permit = policy::update_agenda_item(change.viewer, item, host)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let confidential = after(&row.confidential, before.confidential);
    policy::propose_agenda_item(change.viewer, meeting.clone(), host, confidential)?;
    violations.keep(check_to_come(meeting.status, "id"));
    let runs = may_run_meetings(change.viewer, board.id.0, host.0);
    violations.keep(agenda::check_change(before.status, runs));
    violations.into_result()?;

    if confidential != before.confidential {
        let items = items_of(session, meeting.id).await?;
        row.ordinal = Set(agenda::next_place(&items, confidential, before.status));
    }
    let is_told = confidential || before.confidential;
    write(session, &permit, &board, (row, "agenda_item.update", is_told)).await
}

/// An answer to a proposal, or its end.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    pub to: AgendaItemStatus,
    pub action: &'static str,
    pub reason: Option<&'a str>,
}

/// Accepts or declines what was put forward.
pub(super) async fn answer(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = step
        .reason
        .map(|reason| long_text("reason", reason, 1..=LONGEST_REASON));
    let reason = violations.keep(reason.transpose()).flatten();
    let Some((item, board, meeting)) = open(session, &mut violations, step.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::answer_agenda_item(change.viewer, item, board.host_organisation_id)?;
    let before = permit.model();
    fresh(step.expected_version, before.version)?;
    check(&mut violations, before, &meeting, step.to);
    violations.into_result()?;
    let items = items_of(session, meeting.id).await?;
    let row = agenda_item::ActiveModel {
        status: Set(step.to),
        ordinal: Set(agenda::next_place(&items, before.confidential, step.to)),
        decline_reason: Set(reason),
        ..Default::default()
    };
    write(session, &permit, &board, (row, step.action, before.confidential)).await
}

/// Takes an item back.
pub(super) async fn withdraw(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((item, board, meeting)) = open(session, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_agenda_item(change.viewer, item, board.host_organisation_id)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    check(&mut violations, before, &meeting, AgendaItemStatus::Withdrawn);
    violations.into_result()?;
    let row = agenda_item::ActiveModel {
        status: Set(AgendaItemStatus::Withdrawn),
        ..Default::default()
    };
    let confidential = before.confidential;
    write(
        session,
        &permit,
        &board,
        (row, "agenda_item.withdraw", confidential),
    )
    .await
}

/// The meeting is still to come, and the item can take the step.
fn check(
    violations: &mut Violations,
    item: &agenda_item::Model,
    meeting: &meeting::Model,
    to: AgendaItemStatus,
) {
    violations.keep(check_to_come(meeting.status, "id"));
    let step = agenda::check_step(item.status, to);
    violations.keep_all(step.map_err(|illegal| at_input(vec![illegal], &[])));
}

async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, agenda_item::Model>,
    board: &board::Model,
    (row, action, confidential): (agenda_item::ActiveModel, &'static str, bool),
) -> ChangeResult {
    let before = permit.model();
    let changed = told(confidential, WriteSession::changed(Some(before), &row));
    let item: agenda_item::Model = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let event = event((action, TABLE), item.id, board).changed(changed);
    Ok(session.record(event, item.id.0))
}
