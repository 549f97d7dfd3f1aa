//! The places of somebody who is erased (`domain.md` 3).

use std::collections::BTreeSet;

use entity::gatherings::event_attendance;
use entity::gatherings::kinds::EventAttendanceStatus as Status;
use entity::id::EventId;
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use crate::domains::gatherings::hold::{happened, hold, hosts, pass_on_places};
use crate::domains::gatherings::rules::places::check_apologies;
use crate::events::Event;
use crate::graphql::{ChangeError, Refused};
use crate::policy::Permit;
use crate::policy::areas::people::{self as policy, AnonymisePerson};
use crate::store::WriteSession;

/// Gives up the person's places at events to come, as if they had sent apologies. The next who waits gets each.
pub(in crate::domains) async fn give_up_places(
    session: &WriteSession,
    person: &Permit<AnonymisePerson, person::Model>,
) -> Result<Vec<Event>, ChangeError> {
    let own = Condition::all().add(event_attendance::Column::PersonId.eq(person.model().id));
    let places = session.facts::<event_attendance::Entity>(own).await?;
    // In one order, so that two who are erased at once do not wait for each other.
    let events: BTreeSet<_> = places.into_iter().map(|place| place.event_id.0).collect();
    let mut given_up = Vec::new();
    for event in events {
        given_up.extend(give_up(session, person, EventId(event)).await?);
    }
    Ok(given_up)
}

async fn give_up(
    session: &WriteSession,
    person: &Permit<AnonymisePerson, person::Model>,
    event: EventId,
) -> Result<Vec<Event>, ChangeError> {
    use event_attendance::Column as C;
    let event = hold(session, event).await?;
    let own = Condition::all()
        .add(C::PersonId.eq(person.model().id))
        .add(C::EventId.eq(event.id));
    let Some(place) = session.facts::<event_attendance::Entity>(own).await?.pop() else {
        return Ok(Vec::new());
    };
    if check_apologies(&event, place.status, session.now()).is_err() {
        return Ok(Vec::new());
    }
    let permit = policy::erase(person, place)?;
    let of = policy::give_up_place(&permit, event)?;
    let row = event_attendance::ActiveModel {
        status: Set(Status::Apologies),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let version = permit.model().version;
    let place: event_attendance::Model = session.update::<_, _, _, Refused>(&permit, version, row).await?;
    let hosts = hosts(session, place.event_id).await?;
    let what = ("event_attendance.send_apologies", "event_attendance");
    let mut events = vec![happened(what, place.id, &hosts).changed(changed).private()];
    events.extend(pass_on_places(session, &of, (of.model(), &hosts)).await?);
    Ok(events)
}
