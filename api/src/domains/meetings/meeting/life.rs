//! A meeting is announced, held, or cancelled.

use async_graphql::ID;
use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership};
use entity::id::AttendanceId;
use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus, MeetingStatus};
use entity::meetings::{attendance, meeting};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::persist::{TABLE, open};
use crate::domains::boards::input::at_input;
use crate::domains::meetings::hold::event;
use crate::domains::meetings::rules::status::{check_begun, check_board, check_step};
use crate::domains::violation::{Violations, long_text};
use crate::events::Event;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::meetings::{self as policy, RunMeeting};
use crate::store::{WriteError, WriteSession};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// A step that a client asks for.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
}

/// Announces a meeting, and asks everybody who is active on the board to come.
pub(super) async fn publish(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (step.id, step.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    check_at_id(&mut violations, permit.model().status, MeetingStatus::Published);
    violations.keep(check_board(board.status, "id"));
    violations.into_result()?;

    let row = meeting::ActiveModel {
        status: Set(MeetingStatus::Published),
        published_at: Set(Some(session.now())),
        ..Default::default()
    };
    let (meeting, announced) = write(session, &permit, &board, (row, "meeting.publish")).await?;
    let mut events = vec![announced];
    let asking = policy::invite_to_meeting(change.viewer, meeting, board.host_organisation_id)?;
    for member in active_members(session, &board).await? {
        let row = attendance::ActiveModel {
            id: Set(AttendanceId::new()),
            board_id: Set(board.id),
            meeting_id: Set(asking.model().id),
            person_id: Set(member.person_id),
            capacity: Set(AttendanceCapacity::Member),
            status: Set(AttendanceStatus::Invited),
            ..Default::default()
        };
        let changed = WriteSession::changed::<_, attendance::Model>(None, &row);
        let attendance = session.insert(&asking, row).await?;
        let asked = event(("attendance.invite", "attendance"), attendance.id, &board);
        events.push(asked.changed(changed));
    }
    Ok(session.record_all(events, asking.model().id.0))
}

/// The members who are active on a board now.
async fn active_members(
    session: &WriteSession,
    board: &board::Model,
) -> Result<Vec<board_membership::Model>, WriteError<Refused>> {
    use board_membership::Column as C;
    let active = Condition::all()
        .add(C::BoardId.eq(board.id))
        .add(C::Stage.eq(MembershipStage::Active));
    Ok(session.facts::<board_membership::Entity>(active).await?)
}

/// Notes that a meeting takes or took place.
pub(super) async fn hold(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (step.id, step.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    check_at_id(&mut violations, before.status, MeetingStatus::Held);
    if violations.is_empty() {
        violations.keep(check_begun(before.starts_at, session.now()));
    }
    violations.into_result()?;
    let row = meeting::ActiveModel {
        status: Set(MeetingStatus::Held),
        ..Default::default()
    };
    let (meeting, event) = write(session, &permit, &board, (row, "meeting.hold")).await?;
    Ok(session.record(event, meeting.id.0))
}

/// Calls a meeting off.
pub(super) async fn cancel(change: Change<'_>, step: Step<'_>, reason: &str) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", reason, 1..=LONGEST_REASON));
    let named = (step.id, step.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    check_at_id(&mut violations, permit.model().status, MeetingStatus::Cancelled);
    violations.into_result()?;
    let row = meeting::ActiveModel {
        status: Set(MeetingStatus::Cancelled),
        cancellation_reason: Set(reason),
        ..Default::default()
    };
    let (meeting, event) = write(session, &permit, &board, (row, "meeting.cancel")).await?;
    Ok(session.record(event, meeting.id.0))
}

/// Whether the meeting can take the step; what is wrong is answered at its id.
pub(super) fn check_at_id(violations: &mut Violations, from: MeetingStatus, to: MeetingStatus) {
    let step = check_step(from, to).map_err(|illegal| at_input(vec![illegal], &[]));
    violations.keep_all(step);
}

/// Writes a step down.
pub(super) async fn write(
    session: &WriteSession,
    permit: &Permit<RunMeeting, meeting::Model>,
    board: &board::Model,
    (row, action): (meeting::ActiveModel, &'static str),
) -> Result<(meeting::Model, Event), WriteError<Refused>> {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let meeting = session.update(permit, before.version, row).await?;
    let event = event((action, TABLE), meeting.id, board).changed(changed);
    Ok((meeting, event))
}

/// The meeting that approves the minutes of another, if the viewer may see it.
pub(super) async fn approving(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<meeting::Model>, WriteError<Refused>> {
    Ok(seen::<meeting::Entity>(session, violations, "approvedByMeetingId", id).await?)
}
