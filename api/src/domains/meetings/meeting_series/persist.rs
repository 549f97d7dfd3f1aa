//! How a series is made out of its first meeting.

use entity::id::{MeetingId, MeetingSeriesId};
use entity::meetings::kinds::MeetingStatus;
use entity::meetings::{meeting, meeting_series};
use sea_orm::Set;

use super::mutation::MeetingSeriesCreateInput;
use crate::domains::meetings::hold::{event, hold_board, meeting_now};
use crate::domains::meetings::rules::{papers, recurrence, status};
use crate::domains::meetings::settings::MeetingSettings;
use crate::domains::violation::{UserErrorCode as Code, Violations, number};
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::meetings as policy;
use crate::store::WriteSession;

pub(super) async fn create(
    change: Change<'_>,
    input: &MeetingSeriesCreateInput,
    settings: &MeetingSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let rule = violations.keep(recurrence::rule(&input.recurrence_rule));
    let most = i32::try_from(settings.most_meetings_at_once).unwrap_or(i32::MAX);
    let count = violations.keep(number("count", input.count, 1..=most));
    let first = seen::<meeting::Entity>(session, &mut violations, "meetingId", &input.meeting_id);
    let Some(first) = first.await? else {
        return Err(refused(violations));
    };
    let board = hold_board(session, first.board_id).await?;
    let first = meeting_now(session, first.id).await?;
    let permit = policy::run_meeting(change.viewer, first, board.host_organisation_id)?;
    let first = permit.model();
    violations.keep(status::check_board(board.status, "meetingId"));
    violations.check(
        first.series_id.is_none(),
        Code::AlreadyExists,
        "meetingId",
        || "This meeting belongs to a series already. Choose the last one of it to go on.".to_owned(),
    );
    let count = usize::try_from(count.unwrap_or_default()).unwrap_or_default();
    let times = match rule.as_deref() {
        Some(rule) => violations.keep(recurrence::next_times(rule, first.starts_at, count)),
        None => None,
    };
    violations.into_result()?;

    let row = meeting_series::ActiveModel {
        id: Set(MeetingSeriesId::new()),
        board_id: Set(board.id),
        recurrence_rule: Set(rule.unwrap_or_default()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, meeting_series::Model>(None, &row);
    let series = session.insert(&permit, row).await?;
    let mut events =
        vec![event(("meeting_series.create", "meeting_series"), series.id, &board).changed(changed)];
    let lasts = first.ends_at - first.starts_at;
    for starts_at in times.unwrap_or_default() {
        let row = meeting::ActiveModel {
            id: Set(MeetingId::new()),
            board_id: Set(board.id),
            series_id: Set(Some(series.id)),
            title: Set(first.title.clone()),
            starts_at: Set(starts_at),
            ends_at: Set(starts_at + lasts),
            papers_due_at: Set(papers::due_at(starts_at, board.papers_due_days)),
            venue: Set(first.venue.clone()),
            online_url: Set(first.online_url.clone()),
            status: Set(MeetingStatus::Draft),
            ..Default::default()
        };
        let changed = WriteSession::changed::<_, meeting::Model>(None, &row);
        let meeting = session.insert(&permit, row).await?;
        events.push(event(("meeting.create", "meeting"), meeting.id, &board).changed(changed));
    }
    let row = meeting::ActiveModel {
        series_id: Set(Some(series.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(first), &row);
    let joined: meeting::Model = session
        .update::<_, _, _, Refused>(&permit, first.version, row)
        .await?;
    events.push(event(("meeting.update", "meeting"), joined.id, &board).changed(changed));
    Ok(session.record_all(events, series.id.0))
}
