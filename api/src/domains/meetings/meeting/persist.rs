//! How meetings are prepared and changed.

use async_graphql::ID;
use entity::boards::board;
use entity::id::MeetingId;
use entity::meetings::kinds::MeetingStatus;
use entity::meetings::meeting;
use sea_orm::Set;

use super::mutation::{MeetingCreateInput, MeetingUpdateInput};
use crate::domains::meetings::hold::{event, hold_board};
use crate::domains::meetings::rules::{papers, schedule, status};
use crate::domains::violation::{Violations, optional_text, text};
use crate::graphql::patch::{self, after, fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::Permit;
use crate::policy::areas::meetings::{self as policy, RunMeeting};
use crate::store::{WriteError, WriteSession};

/// The table's name, in events.
pub(super) const TABLE: &str = "meeting";
/// The longest name of a place, in characters.
const LONGEST_VENUE: usize = 500;

pub(super) async fn create(change: Change<'_>, input: &MeetingCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=200));
    violations.keep(schedule::check_times(input.starts_at.0, input.ends_at.0));
    let venue = violations.keep(optional_text("venue", input.venue.as_deref(), LONGEST_VENUE));
    let online_url = violations.keep(schedule::link("onlineUrl", input.online_url.as_deref()));
    let Some(board) = seen::<board::Entity>(session, &mut violations, "boardId", &input.board_id).await?
    else {
        return Err(refused(violations));
    };
    let board = hold_board(session, board.id).await?;
    let permit = policy::create_meeting(change.viewer, board)?;
    let board = permit.model();
    violations.keep(status::check_board(board.status, "boardId"));
    violations.into_result()?;

    let row = meeting::ActiveModel {
        id: Set(MeetingId::new()),
        board_id: Set(board.id),
        title: Set(title.unwrap_or_default()),
        starts_at: Set(input.starts_at.0),
        ends_at: Set(input.ends_at.0),
        papers_due_at: Set(papers::due_at(input.starts_at.0, board.papers_due_days)),
        venue: Set(venue.flatten()),
        online_url: Set(online_url.flatten()),
        status: Set(MeetingStatus::Draft),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, meeting::Model>(None, &row);
    let meeting = session.insert(&permit, row).await?;
    let event = event(("meeting.create", TABLE), meeting.id, board).changed(changed);
    Ok(session.record(event, meeting.id.0))
}

/// A meeting that the viewer may run, and its board, which is held.
pub(super) type Opened = (Permit<RunMeeting, meeting::Model>, board::Model);

/// The meeting with an id and a version, if the viewer may see it; otherwise notes that there is none.
pub(super) async fn open(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
) -> Result<Option<Opened>, WriteError<Refused>> {
    let session = change.session;
    let Some(meeting) = seen::<meeting::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let board = hold_board(session, meeting.board_id).await?;
    let permit = policy::run_meeting(change.viewer, meeting, board.host_organisation_id)?;
    fresh(expected_version, permit.model().version)?;
    Ok(Some((permit, board)))
}

pub(super) async fn update(change: Change<'_>, input: &MeetingUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let mut row = patch_of(&mut violations, input);
    let named = (&input.id, input.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    violations.keep(status::check_to_come(before.status, "id"));
    let (starts_at, ends_at) = (
        after(&row.starts_at, before.starts_at),
        after(&row.ends_at, before.ends_at),
    );
    violations.keep(schedule::check_times(starts_at, ends_at));
    violations.into_result()?;
    if starts_at != before.starts_at {
        row.papers_due_at = Set(papers::due_at(starts_at, board.papers_due_days));
    }

    let changed = WriteSession::changed(Some(before), &row);
    let meeting = session.update(&permit, input.expected_version, row).await?;
    let event = event(("meeting.update", TABLE), meeting.id, &board).changed(changed);
    Ok(session.record(event, meeting.id.0))
}

fn patch_of(violations: &mut Violations, input: &MeetingUpdateInput) -> meeting::ActiveModel {
    let link = |raw: &String| schedule::link("onlineUrl", Some(raw));
    meeting::ActiveModel {
        title: patch::required(violations, "title", &input.title, |title| {
            text("title", title, 1..=200)
        }),
        starts_at: patch::required(violations, "startsAt", &input.starts_at, |at| Ok(at.0)),
        ends_at: patch::required(violations, "endsAt", &input.ends_at, |at| Ok(at.0)),
        venue: patch::optional(violations, &input.venue, |venue| {
            optional_text("venue", Some(venue), LONGEST_VENUE)
        }),
        online_url: patch::optional(violations, &input.online_url, link),
        ..Default::default()
    }
}
