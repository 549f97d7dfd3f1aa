//! Events: who may see and do what (`domain.md` 2.6 and 3).
//!
//! | | whom it is for | somebody who registered | administrator of a host | administrator of an organisation that was asked to host |
//! |---|---|---|---|---|
//! | event, once announced | read | read | write | read |
//! | event in draft | – | – | write | read |
//! | how to join from afar | – | read, with a place | write | – |
//! | host that has accepted | read | read | invite others; leave | read |
//! | host that was asked, or said no | – | – | read | own: accept, decline |
//! | who comes | – | own: register, confirm, send apologies | write, but for confirming | – |
//! | access needs of those who come, as totals of many | – | – | read | – |
//! | what came of it | read | read | write | read |
//!
//! An event is for everybody, for those who take part in a partnership, or for the people of its hosts. Each host answers for
//! the event as every other does; nobody accepts for another organisation.

use entity::gatherings::{event, event_attendance, event_host, event_outcome};
use entity::parties::organisation;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession, has};

/// An organisation of the viewer's, by `fact`, has one of these parts in the event.
fn is_hosted_by<E: EntityTrait>(
    rows: &Rows<E>,
    event_of: E::Column,
    statuses: &[&'static str],
    fact: ViewerFact,
) -> Expr {
    let found = rows.exists::<event_host::Entity>(|host| {
        let status = host.column(event_host::Column::Status);
        Condition::all()
            .add(host.matches(event_host::Column::EventId, rows, event_of))
            .add(status.is_in(statuses.iter().copied()))
            .add(host.among(event_host::Column::OrganisationId, fact))
    });
    has(fact).and(found)
}

/// The viewer administers a host of the event.
fn is_run_by_own<E: EntityTrait>(rows: &Rows<E>, event_of: E::Column) -> Expr {
    is_hosted_by(
        rows,
        event_of,
        &["ACCEPTED"],
        ViewerFact::AdministeredOrganisations,
    )
}

/// The viewer has asked for a place, with one of these outcomes.
fn is_registered(rows: &Rows<event::Entity>, statuses: &[&'static str]) -> Expr {
    let found = rows.exists::<event_attendance::Entity>(|own| {
        let status = own.column(event_attendance::Column::Status);
        Condition::all()
            .add(own.matches(event_attendance::Column::EventId, rows, event::Column::Id))
            .add(own.is(event_attendance::Column::PersonId, ViewerFact::Person))
            .add(status.is_in(statuses.iter().copied()))
    });
    has(ViewerFact::Person).and(found)
}

const EVERY_STATUS: [&str; 5] = ["REGISTERED", "WAITING", "APOLOGIES", "CAME", "ABSENT"];

impl Scoped for event::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use event::Column as C;
        let is_for_them = Condition::any()
            .add(rows.column(C::Audience).eq("EVERYBODY"))
            .add(rows.among(C::PartnershipId, ViewerFact::OwnPartnerships))
            .add(is_hosted_by(
                rows,
                C::Id,
                &["ACCEPTED"],
                ViewerFact::OwnOrganisations,
            ));
        let announced = Condition::all()
            .add(rows.column(C::PublishedAt).is_not_null())
            .add(is_for_them);
        let asked = is_hosted_by(
            rows,
            C::Id,
            &["INVITED", "ACCEPTED"],
            ViewerFact::AdministeredOrganisations,
        );
        Scope::when(
            Condition::any()
                .add(announced)
                .add(asked)
                .add(is_registered(rows, &EVERY_STATUS)),
        )
    }
}

impl Scoped for event_host::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use event_host::Column as C;
        let known = Condition::any()
            .add(rows.column(C::Status).eq("ACCEPTED"))
            .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
            .add(is_run_by_own(rows, C::EventId));
        Scope::through::<_, event::Entity>(rows, C::EventId).and(known)
    }
}

impl Scoped for event_attendance::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use event_attendance::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.is(C::PersonId, ViewerFact::Person))
                .add(is_run_by_own(rows, C::EventId)),
        )
    }
}

impl Scoped for event_outcome::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, event::Entity>(rows, event_outcome::Column::EventId)
    }
}

/// Who may read how to join from afar: whoever has a place, and the administrators of the hosts.
#[must_use]
pub fn event_joining_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event::Entity>::new(alias, backend);
    Condition::any()
        .add(is_registered(&rows, &["REGISTERED", "CAME"]))
        .add(is_run_by_own(&rows, event::Column::Id))
}

/// Who may count the access needs of those who come: the administrators of the hosts.
#[must_use]
pub fn event_needs_counters(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event_attendance::Entity>::new(alias, backend);
    is_run_by_own(&rows, event_attendance::Column::EventId).into()
}

/// Whether an event is one of the viewer's own: they have a place, or wait for one.
#[must_use]
pub fn is_own_event(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event::Entity>::new(alias, backend);
    is_registered(&rows, &["REGISTERED", "WAITING", "CAME"]).into()
}

/// Whether an event belongs into the viewer's calendar: they have a place, or came; or they administer, as whom they act, an
/// organisation that hosts it.
#[must_use]
pub fn is_on_own_calendar(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event::Entity>::new(alias, backend);
    Condition::any()
        .add(is_registered(&rows, &["REGISTERED", "CAME"]))
        .add(is_run_by_own(&rows, event::Column::Id))
}

/// The person asked for the place themself, or has confirmed it.
fn is_confirmed(place: &Rows<event_attendance::Entity>) -> Expr {
    place.column(event_attendance::Column::ConfirmedAt).is_not_null()
}

/// The person has a part in an event that is not over.
fn is_still_to_come(place: &Rows<event_attendance::Entity>) -> Expr {
    use event_attendance::Column as C;
    let lasts = place.exists::<event::Entity>(|event| {
        Condition::all()
            .add(event.matches(event::Column::Id, place, C::EventId))
            .add(event.column(event::Column::EndsAt).gt(Parameter::Now.expr()))
    });
    place.column(C::Status).ne("APOLOGIES").and(lasts)
}

/// The person has asked for a place at an event that the viewer runs. A place that somebody else asked for in their name counts
/// until the event is over or they send apologies, unless they confirm it: so nobody opens a person to themselves for good.
pub(super) fn comes_to_own_event<E: EntityTrait>(rows: &Rows<E>, person: E::Column) -> Expr {
    let comes = rows.exists::<event_attendance::Entity>(|attendance| {
        Condition::all()
            .add(attendance.matches(event_attendance::Column::PersonId, rows, person))
            .add(is_run_by_own(attendance, event_attendance::Column::EventId))
            .add(is_confirmed(attendance).or(is_still_to_come(attendance)))
    });
    has(ViewerFact::AdministeredOrganisations).and(comes)
}

/// Leave to prepare an event.
#[derive(Debug)]
pub struct CreateEvent;
/// Leave to run an event: to change, announce and cancel it, to ask others to host it, to say who comes and what came of it.
#[derive(Debug)]
pub struct RunEvent;
/// Leave to say whether an organisation hosts an event.
#[derive(Debug)]
pub struct AnswerAsHost;
/// Leave to say whether oneself comes.
#[derive(Debug)]
pub struct Attend;

/// Leave to prepare an event: the administrator of its first host.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn create_event(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<CreateEvent, organisation::Model>, Denied> {
    Permit::when(viewer.administers(organisation.id), organisation)
}

/// Who may run an event: the administrators of its hosts.
#[must_use]
pub fn may_run_event(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event::Entity>::new(alias, backend);
    is_run_by_own(&rows, event::Column::Id).into()
}

/// Leave to run an event.
///
/// # Errors
/// [`Denied`] unless [`may_run_event`]; the database's failure.
pub async fn run_event(
    session: &WriteSession,
    event: event::Model,
) -> Result<Result<Permit<RunEvent, event::Model>, Denied>, StoreError> {
    let allowed = session.allowed::<event::Entity>(event.id, may_run_event).await?;
    Ok(Permit::when(allowed, event))
}

/// Leave to run an event reaches an organisation's part in it, to ask it again.
///
/// # Errors
/// [`Denied`] for another event.
pub fn ask_host_again(
    runs: &Permit<RunEvent, event::Model>,
    host: event_host::Model,
) -> Result<Permit<RunEvent, event_host::Model>, Denied> {
    Permit::when(host.event_id == runs.model().id, host)
}

/// Whether the viewer may say whether an organisation hosts an event: its own administrator.
#[must_use]
pub fn may_answer_as_host(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to say whether an organisation hosts an event.
///
/// # Errors
/// [`Denied`] unless [`may_answer_as_host`].
pub fn answer_as_host(
    viewer: &Viewer,
    host: event_host::Model,
) -> Result<Permit<AnswerAsHost, event_host::Model>, Denied> {
    let allowed = may_answer_as_host(viewer, host.organisation_id.0);
    Permit::when(allowed, host)
}

/// Whether the viewer may come to events: people do.
#[must_use]
pub fn may_attend(viewer: &Viewer) -> bool {
    viewer.person().is_some()
}

/// Leave to ask for a place for oneself.
///
/// # Errors
/// [`Denied`] for computer systems.
pub fn attend(viewer: &Viewer, event: event::Model) -> Result<Permit<Attend, event::Model>, Denied> {
    Permit::when(may_attend(viewer), event)
}

/// Leave to say that somebody cannot come: the person. For others, [`change_attendance`].
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn own_attendance(
    viewer: &Viewer,
    attendance: event_attendance::Model,
) -> Result<Permit<Attend, event_attendance::Model>, Denied> {
    Permit::when(viewer.person() == Some(attendance.person_id.0), attendance)
}

/// Whether the viewer may confirm a place: the person whose it is, and nobody in their name.
#[must_use]
pub fn may_confirm_attendance(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person() == Some(person)
}

/// Leave to confirm a place that somebody else asked for.
///
/// # Errors
/// [`Denied`] unless [`may_confirm_attendance`].
pub fn confirm_attendance(
    viewer: &Viewer,
    attendance: event_attendance::Model,
) -> Result<Permit<Attend, event_attendance::Model>, Denied> {
    Permit::when(may_confirm_attendance(viewer, attendance.person_id.0), attendance)
}

/// Who may say that somebody cannot come: the person, and the administrators of the hosts.
#[must_use]
pub fn may_send_event_apologies(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event_attendance::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(event_attendance::Column::PersonId, ViewerFact::Person))
        .add(is_run_by_own(&rows, event_attendance::Column::EventId))
}

/// Who may record attendance: the administrators of the hosts.
#[must_use]
pub fn may_record_event_attendance(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event_attendance::Entity>::new(alias, backend);
    is_run_by_own(&rows, event_attendance::Column::EventId).into()
}

/// Leave to do something about an event reaches the places at it: whoever runs it changes them all; whoever gives up a place
/// passes it on to the next who waits.
///
/// # Errors
/// [`Denied`] for another event.
pub fn change_attendance<A>(
    event: &Permit<A, event::Model>,
    attendance: event_attendance::Model,
) -> Result<Permit<A, event_attendance::Model>, Denied> {
    Permit::when(attendance.event_id == event.model().id, attendance)
}

/// Leave to run an event reaches what came of it.
///
/// # Errors
/// [`Denied`] for another event.
pub fn change_outcome(
    runs: &Permit<RunEvent, event::Model>,
    outcome: event_outcome::Model,
) -> Result<Permit<RunEvent, event_outcome::Model>, Denied> {
    Permit::when(outcome.event_id == runs.model().id, outcome)
}

/// Who may change what is noted of an event: the administrators of its hosts.
#[must_use]
pub fn may_change_outcome(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event_outcome::Entity>::new(alias, backend);
    is_run_by_own(&rows, event_outcome::Column::EventId).into()
}
