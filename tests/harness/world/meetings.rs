//! Meetings of the boards, and what became of them.

use chrono::TimeDelta;
use entity::meetings::kinds::{
    ActionStatus, AgendaItemKind, AgendaItemStatus, AttendanceCapacity, AttendanceStatus, DecisionMethod,
    DecisionOutcome, MeetingStatus,
};
use entity::meetings::{
    agenda_item, attendance, board_action, board_decision, calendar_feed, meeting, meeting_series,
};

use super::{at, canary, day, interests, key, nobody, preparation, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    meetings(rows);
    items(rows);
    interests::fill(rows);
    attendances(rows);
    outcomes(rows);
    preparation::fill(rows);
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

fn items(rows: &mut Rows) {
    use AgendaItemStatus as S;
    for (board, of, name, status, confidential) in [
        ("team-up", "next", "open", S::Accepted, false),
        ("team-up", "next", "second", S::Accepted, false),
        ("team-up", "next", "secret", S::Accepted, true),
        ("team-up", "next", "proposed", S::Proposed, false),
        ("team-up", "next", "declined", S::Declined, false),
        ("team-up", "held", "open", S::Accepted, false),
        ("team-up", "held", "secret", S::Accepted, true),
        ("team-up", "first", "open", S::Accepted, false),
        ("quiet", "next", "open", S::Accepted, false),
        ("quiet", "next", "secret", S::Accepted, true),
        ("fernley-commission", "next", "open", S::Accepted, false),
        ("fernley-commission", "next", "secret", S::Accepted, true),
        ("fernley-inner", "next", "open", S::Accepted, false),
    ] {
        let mut item = agenda_item(board, of, name, confidential);
        item.status = status;
        if name == "second" {
            item.ordinal = 2;
            item.kind = AgendaItemKind::Discussion;
        }
        if status != S::Accepted {
            item.proposed_by_person_id = Some(key("person", "board-member"));
        }
        item.decline_reason = (status == S::Declined)
            .then(|| canary("agenda_item", &format!("{board} {of} {name}"), "decline_reason"));
        rows.agenda_item.push(item);
    }
}

/// An item for decision on the agenda; its name in the world is the meeting's and its own.
pub fn agenda_item(board: &str, meeting: &str, name: &str, confidential: bool) -> agenda_item::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {name}");
    agenda_item::Model {
        id: key("agenda_item", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        ordinal: 1,
        title: canary("agenda_item", &name, "title"),
        summary: Some(canary("agenda_item", &name, "summary")),
        kind: AgendaItemKind::Decision,
        confidential,
        status: AgendaItemStatus::Accepted,
        proposed_by_person_id: None,
        decline_reason: None,
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

fn outcomes(rows: &mut Rows) {
    for (of, item) in [("first", "open"), ("held", "open"), ("held", "secret")] {
        rows.board_decision.push(board_decision("team-up", of, item));
    }
    use ActionStatus as S;
    for (board, item, name, owner, due_on, status) in [
        (
            "team-up",
            Some(("held", "open")),
            "late",
            "board-member",
            "2026-02-20",
            S::Open,
        ),
        (
            "team-up",
            Some(("held", "secret")),
            "secret",
            "board-chair",
            "2026-04-01",
            S::Open,
        ),
        (
            "team-up",
            Some(("first", "open")),
            "done",
            "board-member",
            "2026-02-01",
            S::Done,
        ),
        (
            "team-up",
            None,
            "stuck",
            "provider-user",
            "2026-05-01",
            S::Blocked,
        ),
        (
            "quiet",
            Some(("next", "open")),
            "open",
            "quiet-member",
            "2026-05-01",
            S::Open,
        ),
        (
            "fernley-commission",
            None,
            "open",
            "fernley-member",
            "2026-02-01",
            S::Open,
        ),
    ] {
        let mut action = board_action(board, item, name, owner, due_on);
        action.status = status;
        action.closed_at = (status == S::Done).then(|| at("2026-01-30T09:00:00Z"));
        rows.board_action.push(action);
    }
}

/// A consensus on an item; its name in the world is the item's.
pub fn board_decision(board: &str, meeting: &str, item: &str) -> board_decision::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {item}");
    board_decision::Model {
        id: key("board_decision", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        agenda_item_id: key("agenda_item", &name),
        text: canary("board_decision", &name, "text"),
        method: DecisionMethod::Consensus,
        outcome: DecisionOutcome::Approved,
        votes_for: None,
        votes_against: None,
        votes_abstain: None,
        voting_present: 2,
        lived_present: 2,
        decided_at: at("2026-03-01T11:00:00Z"),
    }
}

/// Something to be done; its name in the world is the board's and its own.
pub fn board_action(
    board: &str,
    item: Option<(&str, &str)>,
    name: &str,
    owner: &str,
    due_on: &str,
) -> board_action::Model {
    let name = format!("{board} {name}");
    board_action::Model {
        id: key("action", &name),
        board_id: key("board", board),
        meeting_id: item.map(|(meeting, _)| key("meeting", &format!("{board} {meeting}"))),
        agenda_item_id: item.map(|(meeting, item)| key("agenda_item", &format!("{board} {meeting} {item}"))),
        title: canary("board_action", &name, "title"),
        detail: Some(canary("board_action", &name, "detail")),
        owner_person_id: key("person", owner),
        due_on: day(due_on),
        status: ActionStatus::Open,
        status_note: Some(canary("board_action", &name, "status_note")),
        closed_at: None,
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
