//! Minutes are written, and approved by the next meeting.

use entity::meetings::kinds::MeetingStatus;
use entity::meetings::meeting;
use sea_orm::Set;

use super::life::{approving, write};
use super::mutation::{MeetingMinutesApproveInput, MeetingMinutesDraftInput};
use super::persist::open;
use crate::domains::boards::input::at_input;
use crate::domains::meetings::board_decision::voters_now;
use crate::domains::meetings::hold::meeting_now;
use crate::domains::meetings::rules::minutes::{Approving, check_approval, check_writing};
use crate::domains::meetings::settings::MeetingSettings;
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::refused;
use crate::graphql::{Change, ChangeResult};

pub(super) async fn draft(
    change: Change<'_>,
    input: &MeetingMinutesDraftInput,
    settings: &MeetingSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let longest = usize::try_from(settings.longest_minutes).unwrap_or(usize::MAX);
    let minutes = violations.keep(long_text("minutes", &input.minutes, 1..=longest));
    let named = (&input.id, input.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let writing = check_writing(permit.model().status);
    violations.keep_all(writing.map_err(|illegal| at_input(vec![illegal], &[])));
    violations.into_result()?;
    let row = meeting::ActiveModel {
        status: Set(MeetingStatus::MinutesDraft),
        minutes: Set(minutes),
        ..Default::default()
    };
    let (meeting, event) = write(session, &permit, &board, (row, "meeting.draft_minutes")).await?;
    Ok(session.record(event, meeting.id.0))
}

pub(super) async fn approve(change: Change<'_>, input: &MeetingMinutesApproveInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let by = approving(session, &mut violations, &input.approved_by_meeting_id).await?;
    let named = (&input.id, input.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let Some(by) = by else {
        return Err(refused(violations));
    };
    let by = meeting_now(session, by.id).await?;
    let approving = Approving {
        quorum: (board.quorum, board.quorum_lived),
        voters: voters_now(session, &board, &by, &[]).await?,
        meeting: &by,
    };
    let approval = check_approval(permit.model(), &approving);
    violations.keep_all(approval.map_err(|wrong| at_input(wrong, &["approvedByMeetingId"])));
    violations.into_result()?;
    let row = meeting::ActiveModel {
        status: Set(MeetingStatus::MinutesApproved),
        minutes_approved_at: Set(Some(session.now())),
        minutes_approved_by_meeting_id: Set(Some(by.id)),
        ..Default::default()
    };
    let (meeting, event) = write(session, &permit, &board, (row, "meeting.approve_minutes")).await?;
    Ok(session.record(event, meeting.id.0))
}
