//! Events that organisations host.

use entity::gatherings::kinds::{
    EventAttendanceStatus, EventAudience, EventHostStatus, EventKind, EventStatus, WhenFull,
};
use entity::gatherings::{event, event_attendance, event_host, event_outcome};

use super::{at, canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use EventAttendanceStatus as A;
    use EventAudience as For;
    use EventHostStatus as H;
    use EventStatus as S;
    for (name, starts_at, status, audience) in [
        ("showcase", "2026-03-20T10:00:00Z", S::Published, For::Everybody),
        ("both", "2026-03-25T10:00:00Z", S::Published, For::Everybody),
        ("workshop", "2026-02-20T10:00:00Z", S::Published, For::Partnership),
        ("draft", "2026-04-20T10:00:00Z", S::Draft, For::Hosts),
        ("off", "2026-04-21T10:00:00Z", S::Cancelled, For::Hosts),
        ("fernley", "2026-03-20T10:00:00Z", S::Published, For::Hosts),
    ] {
        let mut row = event(name, starts_at, status, audience);
        row.capacity = (name == "showcase").then_some(1);
        rows.event.push(row);
    }
    for (event, organisation, status) in [
        ("showcase", "ashdown-council", H::Accepted),
        ("showcase", "cedar-voices", H::Invited),
        ("both", "ashdown-council", H::Accepted),
        ("both", "cedar-voices", H::Accepted),
        ("workshop", "ashdown-council", H::Accepted),
        ("workshop", "birch-care", H::Declined),
        ("draft", "ashdown-council", H::Accepted),
        ("draft", "cedar-voices", H::Invited),
        ("off", "ashdown-council", H::Accepted),
        ("fernley", "fernley-council", H::Accepted),
    ] {
        rows.event_host.push(event_host(event, organisation, status));
    }
    for (event, person, status) in [
        ("showcase", "visitor", A::Registered),
        ("showcase", "board-member", A::Waiting),
        ("workshop", "visitor", A::Registered),
        ("workshop", "board-chair", A::Came),
        ("fernley", "fernley-member", A::Registered),
    ] {
        rows.event_attendance
            .push(event_attendance(event, person, status));
    }
    let mut of_workshop = event_outcome("workshop", "first");
    of_workshop.you_said_we_did_id = Some(key("you_said_we_did", "published"));
    rows.event_outcome.push(of_workshop);
    rows.event_outcome.push(event_outcome("fernley", "first"));
}

/// An event of three hours; for a partnership, it is `ashdown-together`.
pub fn event(name: &str, starts_at: &str, status: EventStatus, audience: EventAudience) -> event::Model {
    let text = |column| canary("event", name, column);
    let starts_at = at(starts_at);
    event::Model {
        id: key("event", name),
        kind: EventKind::Showcase,
        title: text("title"),
        description: Some(text("description")),
        starts_at,
        ends_at: starts_at + chrono::TimeDelta::hours(3),
        venue: Some(text("venue")),
        online_url: Some(text("online_url")),
        audience,
        partnership_id: (audience == EventAudience::Partnership)
            .then(|| key("partnership", "ashdown-together")),
        capacity: None,
        when_full: WhenFull::WaitingList,
        status,
        published_at: (status == EventStatus::Published).then(recorded),
        cancellation_reason: (status == EventStatus::Cancelled).then(|| text("cancellation_reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An organisation's part in an event.
pub fn event_host(event: &str, organisation: &str, status: EventHostStatus) -> event_host::Model {
    event_host::Model {
        id: key("event_host", &format!("{event} {organisation}")),
        event_id: key("event", event),
        organisation_id: key("organisation", organisation),
        status,
        invited_at: recorded(),
        answered_at: (status != EventHostStatus::Invited).then(recorded),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Somebody's place at an event; a host asked for it, and they have not confirmed it.
pub fn event_attendance(event: &str, person: &str, status: EventAttendanceStatus) -> event_attendance::Model {
    event_attendance::Model {
        id: key("event_attendance", &format!("{event} {person}")),
        event_id: key("event", event),
        person_id: key("person", person),
        status,
        registered_at: at("2026-02-01T09:00:00Z"),
        registered_by_person_id: None,
        confirmed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What came of an event.
pub fn event_outcome(event: &str, name: &str) -> event_outcome::Model {
    let name = format!("{event} {name}");
    event_outcome::Model {
        id: key("event_outcome", &name),
        event_id: key("event", event),
        text: canary("event_outcome", &name, "text"),
        you_said_we_did_id: None,
        resource_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
