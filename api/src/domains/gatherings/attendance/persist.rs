//! How places at events are written.

use async_graphql::ID;
use entity::gatherings::kinds::EventAttendanceStatus as Status;
use entity::gatherings::{event, event_attendance};
use entity::id::{EventAttendanceId, PersonId};
use entity::parties::person;
use sea_orm::Set;

use super::mutation::{EventAttendanceRecordInput, EventRegisterInput};
use crate::domains::gatherings::event::Limited;
use crate::domains::gatherings::hold::{attendances, happened, hold, hosts, pass_on_places};
use crate::domains::gatherings::rules::events::check_begun;
use crate::domains::gatherings::rules::places::{
    RegistrationFacts, check_apologies, check_confirmation, check_record, plan_place, takes_a_place,
};
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::gatherings as policy;
use crate::policy::{Denied, Permit};
use crate::store::WriteSession;

const TABLE: &str = "event_attendance";

/// What a place is asked for with: leave, and for whom.
struct Asked {
    person: PersonId,
    is_erased: bool,
    by_host: bool,
    /// Who asks.
    by: Option<PersonId>,
}

pub(super) async fn register(change: Change<'_>, limited: &Limited<EventRegisterInput>) -> ChangeResult {
    let (session, own) = (change.session, change.viewer.person().map(PersonId));
    let input = &limited.input;
    let mut violations = Violations::default();
    let named = input.person_id.as_ref();
    let named = seen_if_named::<person::Entity>(session, &mut violations, "personId", named).await?;
    let found = seen::<event::Entity>(session, &mut violations, "eventId", &input.event_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    if input.person_id.is_some() && named.is_none() {
        return Err(refused(violations));
    }
    let event = hold(session, found.id).await?;
    let person = named.as_ref().map(|person| person.id).or(own).ok_or(Denied)?;
    let is_erased = named.is_some_and(|person| person.anonymised_at.is_some());
    let runs = policy::run_event(session, event.clone()).await?;
    let asked = Asked {
        person,
        is_erased,
        by_host: runs.is_ok(),
        by: own,
    };
    if own == Some(person) {
        let permit = policy::attend(change.viewer, event)?;
        place(session, &permit, asked, (limited.limits.most_people, violations)).await
    } else {
        place(session, &runs?, asked, (limited.limits.most_people, violations)).await
    }
}

/// Gives the person a place, or one on the waiting list.
async fn place<A>(
    session: &WriteSession,
    permit: &Permit<A, event::Model>,
    asked: Asked,
    (most, mut violations): (u32, Violations),
) -> ChangeResult {
    let event = permit.model();
    let all = attendances(session, event.id).await?;
    let present = all.iter().find(|of| of.person_id == asked.person).cloned();
    let planned = plan_place(&RegistrationFacts {
        status: event.status,
        starts_at: event.starts_at,
        capacity: event.capacity,
        when_full: event.when_full,
        taken: all.iter().filter(|of| takes_a_place(of.status)).count(),
        asked: all.len(),
        most,
        present: present.as_ref().map(|present| present.status),
        by_host: asked.by_host,
        now: session.now(),
    });
    let planned = violations.keep_all(planned);
    violations.check(!asked.is_erased, Code::Inactive, "personId", || {
        "This person's details were erased, so they do not come any more.".to_owned()
    });
    violations.into_result()?;
    let row = event_attendance::ActiveModel {
        status: Set(planned.unwrap_or(Status::Waiting)),
        registered_at: Set(session.now()),
        registered_by_person_id: Set(asked.by),
        confirmed_at: Set((asked.by == Some(asked.person)).then(|| session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(present.as_ref(), &row);
    let attendance: event_attendance::Model = if let Some(present) = present {
        let permit = policy::change_attendance(permit, present)?;
        let version = permit.model().version;
        session.update::<_, _, _, Refused>(&permit, version, row).await?
    } else {
        let row = event_attendance::ActiveModel {
            id: Set(EventAttendanceId::new()),
            event_id: Set(event.id),
            person_id: Set(asked.person),
            ..row
        };
        session.insert(permit, row).await?
    };
    let hosts = hosts(session, event.id).await?;
    let registered = happened(("event_attendance.register", TABLE), attendance.id, &hosts).changed(changed);
    // Where a person goes is their own business, whatever role they act in.
    let registered = if asked.by_host {
        registered
    } else {
        registered.private()
    };
    Ok(session.record(registered, attendance.id.0))
}

pub(super) async fn send_apologies(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<event_attendance::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let event = hold(session, found.event_id).await?;
    let checked = check_apologies(&event, found.status, session.now());
    if change.viewer.person() == Some(found.person_id.0) {
        let attends = policy::attend(change.viewer, event)?;
        let permit = policy::own_attendance(change.viewer, found)?;
        fresh(expected_version, permit.model().version)?;
        violations.keep_all(checked);
        violations.into_result()?;
        write(
            session,
            (&attends, &permit),
            (Status::Apologies, "event_attendance.send_apologies", true),
        )
        .await
    } else {
        let runs = policy::run_event(session, event).await??;
        let permit = policy::change_attendance(&runs, found)?;
        fresh(expected_version, permit.model().version)?;
        violations.keep_all(checked);
        violations.into_result()?;
        write(
            session,
            (&runs, &permit),
            (Status::Apologies, "event_attendance.send_apologies", false),
        )
        .await
    }
}

pub(super) async fn confirm(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<event_attendance::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let event = hold(session, found.event_id).await?;
    let permit = policy::confirm_attendance(change.viewer, found)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep_all(check_confirmation(&event, before, session.now()));
    violations.into_result()?;
    let row = event_attendance::ActiveModel {
        confirmed_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let attendance: event_attendance::Model = session
        .update::<_, _, _, Refused>(&permit, before.version, row)
        .await?;
    let hosts = hosts(session, attendance.event_id).await?;
    let what = ("event_attendance.confirm", TABLE);
    let confirmed = happened(what, attendance.id, &hosts).changed(changed).private();
    Ok(session.record(confirmed, attendance.id.0))
}

pub(super) async fn record(change: Change<'_>, input: &EventAttendanceRecordInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<event_attendance::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let event = hold(session, found.event_id).await?;
    let runs = policy::run_event(session, event).await??;
    let permit = policy::change_attendance(&runs, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_begun(runs.model(), session.now(), "id"));
    violations.keep(check_record(before.status, input.status.0));
    violations.into_result()?;
    write(
        session,
        (&runs, &permit),
        (input.status.0, "event_attendance.record", false),
    )
    .await
}

/// Writes a status, and passes on the place that has become free before the event.
async fn write<A>(
    session: &WriteSession,
    (of, permit): (&Permit<A, event::Model>, &Permit<A, event_attendance::Model>),
    (status, action, is_own): (Status, &'static str, bool),
) -> ChangeResult {
    let before = permit.model();
    let row = event_attendance::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let attendance: event_attendance::Model = session
        .update::<_, _, _, Refused>(permit, before.version, row)
        .await?;
    let hosts = hosts(session, attendance.event_id).await?;
    let written = happened((action, TABLE), attendance.id, &hosts).changed(changed);
    let mut events = vec![if is_own { written.private() } else { written }];
    if session.now() < of.model().starts_at {
        events.extend(pass_on_places(session, of, (of.model(), &hosts)).await?);
    }
    Ok(session.record_all(events, attendance.id.0))
}
