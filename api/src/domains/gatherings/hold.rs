//! What every change about events begins with: the event, held so that its hosts and the places at it stay as the rules find
//! them. So two who ask for the last place at once come one after the other.

use entity::gatherings::kinds::{EventAttendanceStatus as Status, EventHostStatus};
use entity::gatherings::{event, event_attendance, event_host};
use entity::id::EventId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::rules::places::{free_places, takes_a_place};
use crate::events::Event;
use crate::graphql::{ChangeError, Refused};
use crate::policy::Permit;
use crate::policy::areas::gatherings::change_attendance;
use crate::store::{StoreError, WriteError, WriteSession};

/// The event, held until the transaction ends.
pub(super) async fn hold(session: &WriteSession, id: EventId) -> Result<event::Model, WriteError<Refused>> {
    session.lock::<event::Entity>(id).await?;
    let this = Condition::all().add(event::Column::Id.eq(id));
    let found = session.facts::<event::Entity>(this).await?.pop();
    found.ok_or(WriteError::Stale)
}

/// Who hosts it, and who was asked.
pub(super) async fn hosts(session: &WriteSession, id: EventId) -> Result<Vec<event_host::Model>, StoreError> {
    let of_it = Condition::all().add(event_host::Column::EventId.eq(id));
    session.facts::<event_host::Entity>(of_it).await
}

/// Who asked for a place, in the order in which they did.
pub(super) async fn attendances(
    session: &WriteSession,
    id: EventId,
) -> Result<Vec<event_attendance::Model>, StoreError> {
    let of_it = Condition::all().add(event_attendance::Column::EventId.eq(id));
    let mut all = session.facts::<event_attendance::Entity>(of_it).await?;
    all.sort_by_key(|attendance| (attendance.registered_at, attendance.id));
    Ok(all)
}

/// Something happened to something of an event. Its first host may hear of it.
pub(super) fn happened(
    (action, table): (&'static str, &'static str),
    id: impl Into<Uuid>,
    hosts: &[event_host::Model],
) -> Event {
    let event = Event::new(action, table, id);
    let first = hosts.iter().find(|host| host.status == EventHostStatus::Accepted);
    match first {
        Some(host) => event.of_organisation(host.organisation_id),
        None => event,
    }
}

/// Those who wait get the places that are free, in the order in which they came.
pub(super) async fn pass_on_places<A>(
    session: &WriteSession,
    permit: &Permit<A, event::Model>,
    (event, hosts): (&event::Model, &[event_host::Model]),
) -> Result<Vec<Event>, ChangeError> {
    let all = attendances(session, event.id).await?;
    let taken = all.iter().filter(|of| takes_a_place(of.status)).count();
    let waiting = all.into_iter().filter(|of| of.status == Status::Waiting);
    let mut events = Vec::new();
    for next in waiting.take(free_places(event.capacity, taken)) {
        let permit = change_attendance(permit, next)?;
        let row = event_attendance::ActiveModel {
            status: Set(Status::Registered),
            ..Default::default()
        };
        let changed = WriteSession::changed(Some(permit.model()), &row);
        let version = permit.model().version;
        let moved: event_attendance::Model =
            session.update::<_, _, _, Refused>(&permit, version, row).await?;
        let what = ("event_attendance.move_up", "event_attendance");
        events.push(happened(what, moved.id, hosts).changed(changed).private());
    }
    Ok(events)
}
