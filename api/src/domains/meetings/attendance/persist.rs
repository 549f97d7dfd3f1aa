//! How attendance is written.

use async_graphql::ID;
use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership};
use entity::id::{AttendanceId, BoardId, PersonId};
use entity::meetings::kinds::AttendanceStatus;
use entity::meetings::{attendance, meeting};
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{AttendanceInviteInput, AttendanceRecordInput};
use crate::domains::boards::input::at_input;
use crate::domains::meetings::hold::{event, hold_board, meeting_now};
use crate::domains::meetings::rules::attendance::{
    InvitationFacts, check_apologies, check_invitation, check_record,
};
use crate::domains::meetings::settings::MeetingSettings;
use crate::domains::violation::Violations;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::meetings as policy;
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "attendance";

pub(super) async fn invite(
    change: Change<'_>,
    input: &AttendanceInviteInput,
    settings: &MeetingSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let person = seen::<person::Entity>(session, &mut violations, "personId", &input.person_id).await?;
    let meeting = seen::<meeting::Entity>(session, &mut violations, "meetingId", &input.meeting_id);
    let (Some(meeting), Some(person)) = (meeting.await?, person) else {
        return Err(refused(violations));
    };
    let board = hold_board(session, meeting.board_id).await?;
    let meeting = meeting_now(session, meeting.id).await?;
    let permit = policy::invite_to_meeting(change.viewer, meeting, board.host_organisation_id)?;
    let meeting = permit.model();
    let asked = || Condition::all().add(attendance::Column::MeetingId.eq(meeting.id));
    let this = asked().add(attendance::Column::PersonId.eq(person.id));
    let facts = InvitationFacts {
        meeting: meeting.status,
        is_member: is_member(session, board.id, person.id).await?,
        is_asked: session.count::<attendance::Entity>(this).await? > 0,
        asked: session.count::<attendance::Entity>(asked()).await?,
        most_people: settings.most_people.into(),
        capacity: input.capacity.0,
    };
    violations.keep_all(check_invitation(&facts));
    violations.into_result()?;

    let row = attendance::ActiveModel {
        id: Set(AttendanceId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting.id),
        person_id: Set(person.id),
        capacity: Set(input.capacity.0),
        status: Set(AttendanceStatus::Invited),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, attendance::Model>(None, &row);
    let attendance = session.insert(&permit, row).await?;
    let event = event(("attendance.invite", TABLE), attendance.id, &board).changed(changed);
    Ok(session.record(event, attendance.id.0))
}

async fn is_member(
    session: &WriteSession,
    board: BoardId,
    person: PersonId,
) -> Result<bool, WriteError<Refused>> {
    use board_membership::Column as C;
    let active = Condition::all()
        .add(C::BoardId.eq(board))
        .add(C::PersonId.eq(person))
        .add(C::Stage.eq(MembershipStage::Active));
    Ok(session.count::<board_membership::Entity>(active).await? > 0)
}

/// The attendance with an id, if the viewer may see it, with its board, which is held, and its meeting as it is now.
async fn open(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(attendance::Model, board::Model, meeting::Model)>, WriteError<Refused>> {
    let Some(attendance) = seen::<attendance::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let board = hold_board(session, attendance.board_id).await?;
    let meeting = meeting_now(session, attendance.meeting_id).await?;
    Ok(Some((attendance, board, meeting)))
}

pub(super) async fn record(change: Change<'_>, input: &AttendanceRecordInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((attendance, board, meeting)) = open(session, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::record_attendance(change.viewer, attendance, board.host_organisation_id)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep_all(check_record(meeting.status, before.status, input.status.0));
    violations.into_result()?;
    let to = input.status.0;
    write(session, &permit, &board, (to, "attendance.record")).await
}

pub(super) async fn send_apologies(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((attendance, board, meeting)) = open(session, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::send_apologies(change.viewer, attendance, board.host_organisation_id)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let checked = check_apologies(meeting.status, before.status);
    violations.keep_all(checked.map_err(|wrong| at_input(wrong, &[])));
    violations.into_result()?;
    let to = AttendanceStatus::Apologies;
    write(session, &permit, &board, (to, "attendance.send_apologies")).await
}

async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, attendance::Model>,
    board: &board::Model,
    (status, action): (AttendanceStatus, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let row = attendance::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let attendance: attendance::Model = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let event = event((action, TABLE), attendance.id, board).changed(changed);
    Ok(session.record(event, attendance.id.0))
}
