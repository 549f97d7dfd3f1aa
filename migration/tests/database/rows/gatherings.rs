//! One full row of each table of events.

use entity::gatherings::kinds::{
    EventAttendanceStatus, EventAudience, EventHostStatus, EventKind, EventStatus, WhenFull,
};
use entity::gatherings::{event, event_attendance, event_host, event_outcome};
use entity::id::{
    EventAttendanceId, EventHostId, EventId, EventOutcomeId, OrganisationId, PersonId, YouSaidWeDidId,
};

use super::{id, instant};

pub fn event() -> event::Model {
    event::Model {
        id: EventId(id(178)),
        kind: EventKind::Showcase,
        title: "title".to_owned(),
        description: Some("description".to_owned()),
        starts_at: instant(),
        ends_at: instant() + std::time::Duration::from_mins(1),
        venue: Some("venue".to_owned()),
        online_url: Some("online url".to_owned()),
        audience: EventAudience::Partnership,
        partnership_id: Some(super::partnerships::partnership().id),
        capacity: Some(10),
        when_full: WhenFull::WaitingList,
        status: EventStatus::Cancelled,
        published_at: Some(instant()),
        cancellation_reason: Some("reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn event_host() -> event_host::Model {
    event_host::Model {
        id: EventHostId(id(179)),
        event_id: EventId(id(178)),
        organisation_id: OrganisationId(id(1)),
        status: EventHostStatus::Accepted,
        invited_at: instant(),
        answered_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn event_attendance() -> event_attendance::Model {
    event_attendance::Model {
        id: EventAttendanceId(id(180)),
        event_id: EventId(id(178)),
        person_id: PersonId(id(7)),
        status: EventAttendanceStatus::Waiting,
        registered_at: instant(),
        registered_by_person_id: Some(PersonId(id(7))),
        confirmed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn event_outcome() -> event_outcome::Model {
    event_outcome::Model {
        id: EventOutcomeId(id(181)),
        event_id: EventId(id(178)),
        text: "text".to_owned(),
        you_said_we_did_id: Some(YouSaidWeDidId(id(176))),
        resource_id: Some(super::resources::resource().id),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
