//! Calendar feeds: who may see and do what.
//!
//! | | the person | everybody else, whatever their role |
//! |---|---|---|
//! | that there is one, and what it is called | read | – |
//! | its address | shown once, when it is made or renewed | whoever holds it reads the person's meetings and events, and nothing else |
//!
//! What a feed shows is decided with each request, by the scopes of meetings and events: it reads as the person, without any role
//! that they have in an organisation. So it shows the events at which they have a place; those that the organisation hosts for
//! which a token acts are in `/calendar.ics` with that token.

use entity::meetings::calendar_feed;
use entity::parties::person;

use super::people::{WriteOwn, write_own};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

impl Scoped for calendar_feed::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            rows.is(calendar_feed::Column::PersonId, ViewerFact::Person)
                .into(),
        )
    }
}

/// Leave to make a calendar feed for a person.
///
/// # Errors
/// [`Denied`] for everybody but the person.
pub fn create_calendar_feed(
    viewer: &Viewer,
    person: person::Model,
) -> Result<Permit<WriteOwn, person::Model>, Denied> {
    write_own(viewer, person.id, person)
}

/// Leave to give a calendar feed another address, and to stop it.
///
/// # Errors
/// [`Denied`] for everybody but the person.
pub fn manage_calendar_feed(
    viewer: &Viewer,
    feed: calendar_feed::Model,
) -> Result<Permit<WriteOwn, calendar_feed::Model>, Denied> {
    write_own(viewer, feed.person_id, feed)
}
