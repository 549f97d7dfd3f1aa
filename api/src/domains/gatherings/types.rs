//! How events look to clients.

use entity::change::you_said_we_did;
use entity::gatherings::kinds::{
    EventAttendanceStatus, EventAudience, EventHostStatus, EventKind, EventStatus, WhenFull,
};
use entity::gatherings::{event, event_attendance, event_host, event_outcome};
use entity::parties::{organisation, person};
use entity::partnerships::partnership;
use entity::resources::resource;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::rules::events::LONGEST;
use crate::domains::meetings::access_needs::{categories_of, count_many, holds, totals_over};
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::planner::{Batch, Catalogue};
use crate::policy::areas::gatherings::{
    event_joining_readers, event_needs_counters, is_on_own_calendar, is_own_event, may_answer_as_host,
    may_attend, may_change_outcome, may_confirm_attendance, may_record_event_attendance, may_run_event,
    may_send_event_apologies,
};
use crate::store::{Parameter, Rows};

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<event::Entity>()
        .with::<event_host::Entity>()
        .with::<event_attendance::Entity>()
        .with::<event_outcome::Entity>()
        .roots::<event::Entity>(
            "event",
            "An event by its id.",
            "events",
            "The events that you may read. Those to come: `filter: { isUpcoming: true }`.",
        )
        .roots::<event_host::Entity>(
            "eventHost",
            "An organisation's part in an event, by its id.",
            "eventHosts",
            "Which organisations host events, and which were asked, as far as you may read it.",
        )
        .roots::<event_attendance::Entity>(
            "eventAttendance",
            "Somebody's place at an event, by its id.",
            "eventAttendances",
            "The places at events that you may read: yours, and those at the events of your organisation.",
        )
        .root_one::<event_outcome::Entity>("eventOutcome", "What came of an event, by its id.")
}

/// An event that is not over by the clock, and not cancelled. None lasts longer than a month, so those that began before that
/// are over.
fn is_upcoming(alias: &str, backend: DbBackend) -> Condition {
    const { assert!(LONGEST.num_days() <= 31) };
    let rows = Rows::<event::Entity>::new(alias, backend);
    Condition::all()
        .add(rows.column(event::Column::EndsAt).gt(Parameter::Now.expr()))
        .add(rows.column(event::Column::Status).ne("CANCELLED"))
}

/// Those who have a place, or came.
fn comes(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<event_attendance::Entity>::new(alias, backend);
    let status = rows.column(event_attendance::Column::Status);
    Condition::all().add(status.is_in(["REGISTERED", "CAME"]))
}

fn may_count(alias: &str, backend: DbBackend) -> Expr {
    holds(event_needs_counters(alias, backend))
}

fn categories(alias: &str, backend: DbBackend) -> Expr {
    categories_of::<event_attendance::Entity>(alias, backend, event_attendance::Column::PersonId)
}

/// The access needs of those who have a place, counted.
fn access_needs() -> Batch {
    totals_over::<event_attendance::Entity>(
        "EventAccessNeeds",
        event_attendance::Column::EventId,
        comes,
        (may_count, categories),
        count_many,
        "How many of those who have a place at an event have access needs: counted, not named, for the administrators of its \
         hosts, to the nearest 5. Null for everybody else, and for numbers that could tell who it is: those below 8, and those \
         that come near everybody who has a place.",
    )
}

impl Declared for event::Entity {
    const NAME: &'static str = "Event";
    const PREFIX: &'static str = "event";

    fn declare() -> ObjectType {
        use event::Column as C;
        ObjectType::of::<Self>(
            "An event that organisations host together. Once announced it is read by whom it is for, and by whoever asked for a \
             place; before that by the administrators of its hosts, and of the organisations that were asked to host it.",
        )
        .one_of::<EventKind>("kind", C::Kind, "What sort of event it is.")
        .column("title", C::Title, "What it is called.")
        .column("description", C::Description, "What it is about.")
        .column("startsAt", C::StartsAt, "When it begins.")
        .column("endsAt", C::EndsAt, "When it ends.")
        .column("venue", C::Venue, "Where people meet.")
        .one_of::<EventAudience>("audience", C::Audience, "Whom it is for.")
        .column("capacity", C::Capacity, "How many can come; null when there is room for everybody.")
        .one_of::<WhenFull>("whenFull", C::WhenFull, "What happens to those who come too late for a place.")
        .one_of::<EventStatus>("status", C::Status, "How far it has got.")
        .column("publishedAt", C::PublishedAt, "When it was announced.")
        .column("cancellationReason", C::CancellationReason, "Why it does not take place.")
        .private(
            "joining",
            PrivateGroup::new(
                "EventJoining",
                "How to join from afar. Read by whoever has a place, and by the administrators of the hosts.",
                event_joining_readers,
            )
            .column("onlineUrl", C::OnlineUrl, "The address."),
        )
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership that it is for.")
        .to_many::<event_host::Entity>("hosts", event_host::Column::EventId, "Its hosts, and those that were asked, as far as you may read it.")
        .to_many::<event_attendance::Entity>(
            "attendances",
            event_attendance::Column::EventId,
            "Who has a place and who waits for one, as far as you may read it.",
        )
        .to_many::<event_outcome::Entity>("outcomes", event_outcome::Column::EventId, "What came of it.")
        .batch("accessNeeds", access_needs())
        .viewer_can(
            "EventViewerCan",
            vec![
                Ability::when(
                    "run",
                    "Change it, announce it, cancel it, ask others to host it, say who came and what came of it.",
                    may_run_event,
                ),
                Ability::new("register", &[] as &[C], "Ask for a place, for yourself.", |_, viewer| {
                    Ok(may_attend(viewer).into())
                }),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("STARTS_AT", C::StartsAt, "By when it begins.")
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<EventKind>("kind", C::Kind, "Only of these kinds.")
        .filter_one_of::<EventStatus>("status", C::Status, "Only in these states.")
        .filter(
            "partnership",
            FilterTest::Is("partnership_id", partnership::Entity::PREFIX),
            "Only for this partnership.",
        )
        .filter(
            "isMine",
            FilterTest::Holds(is_own_event),
            "Only those at which you have a place or wait for one; or only the others.",
        )
        .filter(
            "isOnMyCalendar",
            FilterTest::Holds(is_on_own_calendar),
            "Only those at which you have a place, or that the organisation hosts for which you act as its administrator; or only the others.",
        )
        .filter(
            "isUpcoming",
            FilterTest::Holds(is_upcoming),
            "Only those that are not over and not cancelled; or only the others.",
        )
        .filter("startsFrom", FilterTest::From("starts_at"), "Only those that begin at this instant or later.")
        .filter("startsBefore", FilterTest::Before("starts_at"), "Only those that begin before this instant.")
    }
}

impl Declared for event_host::Entity {
    const NAME: &'static str = "EventHost";
    const PREFIX: &'static str = "event_host";

    fn declare() -> ObjectType {
        use event_host::Column as C;
        ObjectType::of::<Self>(
            "An organisation's part in an event. A host is read by whoever may read the event; an organisation that was asked, or \
             said no, by its own administrator and by the administrators of the hosts.",
        )
        .one_of::<EventHostStatus>("status", C::Status, "Whether it hosts the event.")
        .column("invitedAt", C::InvitedAt, "When it was asked.")
        .column("answeredAt", C::AnsweredAt, "When it answered last; null until then.")
        .to_one::<event::Entity>("event", C::EventId, "The event.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .viewer_can(
            "EventHostViewerCan",
            vec![Ability::new(
                "answer",
                &[C::OrganisationId],
                "Accept or decline for the organisation, or leave.",
                |row, viewer| Ok(may_answer_as_host(viewer, row.id(0)?).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("INVITED_AT", C::InvitedAt, "By when it was asked.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<EventHostStatus>("status", C::Status, "Only with these answers.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only of this organisation.",
        )
    }
}

impl Declared for event_attendance::Entity {
    const NAME: &'static str = "EventAttendance";
    const PREFIX: &'static str = "event_attendance";

    fn declare() -> ObjectType {
        use event_attendance::Column as C;
        ObjectType::of::<Self>(
            "Somebody's place at an event, and whether they came. Read by the person, and by the administrators of the hosts.",
        )
        .one_of::<EventAttendanceStatus>("status", C::Status, "Whether they have a place, and whether they came.")
        .column("registeredAt", C::RegisteredAt, "When they asked for the place last: the waiting list goes by it.")
        .column(
            "confirmedAt",
            C::ConfirmedAt,
            "When the person confirmed that they want it: with asking, where they asked themself. Null while somebody else has \
             asked in their name and they have not said so.",
        )
        .to_one::<event::Entity>("event", C::EventId, "The event.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<person::Entity>(
            "registeredByPerson",
            C::RegisteredByPersonId,
            "Who asked for it last: the person, or the administrator of a host, where you may see them.",
        )
        .viewer_can(
            "EventAttendanceViewerCan",
            vec![
                Ability::new(
                    "confirm",
                    &[C::PersonId],
                    "Say that you want it, where somebody else asked for it.",
                    |row, viewer| Ok(may_confirm_attendance(viewer, row.id(0)?).into()),
                ),
                Ability::when("sendApologies", "Say that they cannot come.", may_send_event_apologies),
                Ability::when("record", "Record whether they came.", may_record_event_attendance),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("REGISTERED_AT", C::RegisteredAt, "By when they asked for the place.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<EventAttendanceStatus>("status", C::Status, "Only with these statuses.")
        .filter("event", FilterTest::Is("event_id", event::Entity::PREFIX), "Only at this event.")
        .filter("person", FilterTest::Is("person_id", person::Entity::PREFIX), "Only of this person.")
    }
}

impl Declared for event_outcome::Entity {
    const NAME: &'static str = "EventOutcome";
    const PREFIX: &'static str = "event_outcome";

    fn declare() -> ObjectType {
        use event_outcome::Column as C;
        ObjectType::of::<Self>("Something that came of an event. Read by whoever may read the event.")
            .column("text", C::Text, "What came of it.")
            .to_one::<event::Entity>("event", C::EventId, "The event.")
            .to_one::<you_said_we_did::Entity>(
                "youSaidWeDid",
                C::YouSaidWeDidId,
                "What was said there and done about it, where you may read it.",
            )
            .to_one::<resource::Entity>(
                "resource",
                C::ResourceId,
                "The resource that came of it, or was shown there, where you may read it.",
            )
            .viewer_can(
                "EventOutcomeViewerCan",
                vec![Ability::when("update", "Change it.", may_change_outcome)],
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}
