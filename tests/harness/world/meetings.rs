//! Meetings of the boards, who comes to them, and how they are prepared.

use chrono::TimeDelta;
use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus, MeetingStatus};
use entity::meetings::{access_need_met, attendance, calendar_feed, meeting, meeting_series, paper};
use entity::parties::kinds::InformationFormat;
use entity::private::Private;

use super::{agenda, at, canary, interests, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    meetings(rows);
    agenda::fill_items(rows);
    interests::fill(rows);
    attendances(rows);
    agenda::fill_outcomes(rows);
    preparation(rows);
    feeds(rows);
}

fn meetings(rows: &mut Rows) {
    use MeetingStatus as S;
    // Later ones first: they approve the minutes of earlier ones.
    for (board, name, starts_at, status) in [
        ("team-up", "draft", "2026-04-20T10:00:00Z", S::Draft),
        ("team-up", "next", "2026-03-16T10:00:00Z", S::Published),
        ("team-up", "started", "2026-03-02T08:30:00Z", S::Published),
        ("team-up", "off", "2026-02-23T10:00:00Z", S::Cancelled),
        ("team-up", "held", "2026-03-01T10:00:00Z", S::Held),
        ("team-up", "second", "2026-02-02T10:00:00Z", S::MinutesDraft),
        ("quiet", "next", "2026-03-10T10:00:00Z", S::Published),
        ("fernley-commission", "next", "2026-03-11T10:00:00Z", S::Published),
        ("fernley-inner", "next", "2026-03-12T10:00:00Z", S::Published),
    ] {
        let mut meeting = meeting(board, name, starts_at, status);
        if matches!((board, name), ("team-up", "draft") | ("quiet", "next")) {
            rows.meeting_series.push(meeting_series(board));
            meeting.series_id = Some(key("meeting_series", board));
        }
        rows.meeting.push(meeting);
    }
    let mut first = meeting("team-up", "first", "2026-01-19T10:00:00Z", S::MinutesApproved);
    first.minutes_approved_at = Some(at("2026-02-02T10:05:00Z"));
    first.minutes_approved_by_meeting_id = Some(key("meeting", "team-up second"));
    rows.meeting.push(first);
}

/// A meeting of two hours; its name in the world is the board's and its own.
pub fn meeting(board: &str, name: &str, starts_at: &str, status: MeetingStatus) -> meeting::Model {
    let name = format!("{board} {name}");
    let announced = !matches!(status, MeetingStatus::Draft | MeetingStatus::Cancelled);
    let minuted = matches!(
        status,
        MeetingStatus::MinutesDraft | MeetingStatus::MinutesApproved
    );
    meeting::Model {
        id: key("meeting", &name),
        board_id: key("board", board),
        series_id: None,
        title: canary("meeting", &name, "title"),
        starts_at: at(starts_at),
        ends_at: at(starts_at) + TimeDelta::hours(2),
        papers_due_at: at(starts_at) - TimeDelta::days(7),
        venue: Some(canary("meeting", &name, "venue")),
        online_url: Some(canary("meeting", &name, "online_url")),
        status,
        published_at: announced.then(|| at("2026-01-12T09:00:00Z")),
        cancellation_reason: (status == MeetingStatus::Cancelled)
            .then(|| canary("meeting", &name, "cancellation_reason")),
        minutes: minuted.then(|| canary("meeting", &name, "minutes")),
        minutes_approved_at: None,
        minutes_approved_by_meeting_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn attendances(rows: &mut Rows) {
    use AttendanceCapacity as C;
    use AttendanceStatus as S;
    for (board, of, person, capacity, status) in [
        ("team-up", "held", "board-chair", C::Member, S::Present),
        ("team-up", "held", "board-member", C::Member, S::Present),
        ("team-up", "held", "on-leave", C::Member, S::Apologies),
        ("team-up", "held", "former-member", C::Observer, S::Absent),
        ("team-up", "held", "nominated", C::Visitor, S::Present),
        ("team-up", "next", "board-chair", C::Member, S::Invited),
        ("team-up", "next", "board-member", C::Member, S::Invited),
        ("team-up", "next", "visitor", C::Visitor, S::Invited),
        // Somebody who does not see the board was asked.
        ("quiet", "next", "researcher", C::Observer, S::Invited),
        ("quiet", "next", "quiet-member", C::Member, S::Invited),
        (
            "fernley-commission",
            "next",
            "fernley-member",
            C::Member,
            S::Invited,
        ),
    ] {
        rows.attendance
            .push(attendance(board, of, person, capacity, status));
    }
}

/// Somebody's attendance; its name in the world is the meeting's and the person's.
pub fn attendance(
    board: &str,
    meeting: &str,
    person: &str,
    capacity: AttendanceCapacity,
    status: AttendanceStatus,
) -> attendance::Model {
    let meeting = format!("{board} {meeting}");
    attendance::Model {
        id: key("attendance", &format!("{meeting} {person}")),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        person_id: key("person", person),
        capacity,
        status,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A series of a board's meetings, of the board's name.
pub fn meeting_series(board: &str) -> meeting_series::Model {
    meeting_series::Model {
        id: key("meeting_series", board),
        board_id: key("board", board),
        recurrence_rule: canary("meeting_series", board, "recurrence_rule"),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn preparation(rows: &mut Rows) {
    for (board, item) in [
        ("team-up", ("next", "open")),
        ("team-up", ("next", "secret")),
        ("team-up", ("next", "proposed")),
        ("team-up", ("started", "paper")),
        ("quiet", ("next", "open")),
    ] {
        if item.0 == "started" {
            rows.agenda_item
                .push(agenda::agenda_item(board, item.0, item.1, false));
        }
        rows.paper.push(paper(board, item, "plan"));
    }
    let mut easy = paper("team-up", ("next", "open"), "easy");
    easy.format = InformationFormat::EasyRead;
    easy.original_id = Some(key("paper", "team-up next open plan"));
    rows.paper.push(easy);
    let mut gone = paper("team-up", ("next", "open"), "gone");
    gone.withdrawn_at = Some(recorded());
    rows.paper.push(gone);
    for (board, person) in [("team-up", "visitor"), ("quiet", "quiet-member")] {
        rows.access_need_met
            .push(access_need_met((board, "next"), person, person));
    }
}

/// A standard paper with a link; its name in the world is the item's and its own.
pub fn paper(board: &str, (meeting, item): (&str, &str), name: &str) -> paper::Model {
    let meeting = format!("{board} {meeting}");
    let item = format!("{meeting} {item}");
    let name = format!("{item} {name}");
    paper::Model {
        id: key("paper", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        agenda_item_id: key("agenda_item", &item),
        original_id: None,
        title: canary("paper", &name, "title"),
        format: InformationFormat::Standard,
        media_type: "application/pdf".to_owned(),
        url: Some(canary("paper", &name, "url")),
        body: None,
        withdrawn_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What is arranged for a need of somebody; its name in the world is the meeting's and the need's.
pub fn access_need_met((board, meeting): (&str, &str), person: &str, need: &str) -> access_need_met::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {need}");
    access_need_met::Model {
        id: key("access_need_met", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        access_need_id: key("access_need", need),
        person_id: key("person", person),
        arrangement: Private::new(canary("access_need_met", &name, "arrangement")),
        confirmed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn feeds(rows: &mut Rows) {
    for person in ["board-member", "visitor"] {
        rows.calendar_feed.push(calendar_feed(person, "telephone"));
    }
    let mut stopped = calendar_feed("board-member", "lost");
    stopped.revoked_at = Some(at("2026-02-01T09:00:00Z"));
    rows.calendar_feed.push(stopped);
}

/// A calendar feed that nobody has the address of; its name in the world is the person's and its own.
pub fn calendar_feed(person: &str, name: &str) -> calendar_feed::Model {
    let name = format!("{person} {name}");
    calendar_feed::Model {
        id: key("calendar_feed", &name),
        person_id: key("person", person),
        name: canary("calendar_feed", &name, "name"),
        secret_hash: canary("calendar_feed", &name, "secret_hash"),
        revoked_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
