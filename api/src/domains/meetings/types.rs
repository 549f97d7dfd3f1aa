//! How meetings, agenda items and attendance look to clients.

use entity::boards::board;
use entity::meetings::kinds::{
    AgendaItemKind, AgendaItemStatus, AttendanceCapacity, AttendanceStatus, MeetingStatus,
};
use entity::meetings::{
    access_need_met, agenda_item, attendance, board_action, board_decision, calendar_feed, meeting,
    meeting_series, paper,
};
use entity::panels::conflict_declaration;
use entity::parties::person;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::abilities::{apologies, own_item, propose};
use super::access_needs::totals;
use super::rules::schedule::LONGEST;
use crate::domains::boards::abilities::of_a_board_run_by;
use crate::planner::Catalogue;
use crate::planner::declare::{Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::meetings::{is_own_meeting, joining_readers, minutes_readers};
use crate::store::{Parameter, Rows};

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<meeting::Entity>()
        .with::<agenda_item::Entity>()
        .with::<attendance::Entity>()
        .with::<board_decision::Entity>()
        .with::<board_action::Entity>()
        .with::<meeting_series::Entity>()
        .with::<paper::Entity>()
        .with::<access_need_met::Entity>()
        .with::<calendar_feed::Entity>()
        .roots::<meeting::Entity>(
            "meeting",
            "A meeting by its id.",
            "meetings",
            "The meetings you may read, of all boards. Your next ones: `filter: { isMine: true, isUpcoming: true }`.",
        )
        .root_one::<agenda_item::Entity>("agendaItem", "An agenda item by its id.")
        .root_one::<attendance::Entity>("attendance", "An attendance by its id.")
        .root_one::<meeting_series::Entity>("meetingSeries", "A series of meetings by its id.")
        .roots::<paper::Entity>(
            "paper",
            "A paper by its id.",
            "papers",
            "The papers you may read, of all meetings. What is late: `filter: { isLate: true }`.",
        )
        .root_one::<access_need_met::Entity>("accessNeedMet", "What is arranged for an access need, by its id.")
        .roots::<board_decision::Entity>(
            "boardDecision",
            "A decision by its id.",
            "boardDecisions",
            "The decisions you may read, of all boards.",
        )
        .roots::<board_action::Entity>(
            "action",
            "An action by its id.",
            "actions",
            "The actions you may read, of all boards. What is overdue: `filter: { isOverdue: true }`.",
        )
        .roots::<calendar_feed::Entity>(
            "calendarFeed",
            "A calendar feed by its id.",
            "calendarFeeds",
            "Your calendar feeds, those that were stopped among them; never their addresses.",
        )
}

/// A meeting that is not over by the clock, and not cancelled. No meeting lasts longer than a day, so those that began
/// before yesterday are over: the indexes by beginning find the others without looking at the past.
fn is_upcoming(alias: &str, backend: DbBackend) -> Condition {
    const { assert!(LONGEST.num_hours() <= 24) };
    let rows = Rows::<meeting::Entity>::new(alias, backend);
    Condition::all()
        .add(
            rows.column(meeting::Column::StartsAt)
                .gt(Parameter::DayAgo.expr()),
        )
        .add(rows.column(meeting::Column::EndsAt).gt(Parameter::Now.expr()))
        .add(rows.column(meeting::Column::Status).ne("CANCELLED"))
}

impl Declared for meeting::Entity {
    const NAME: &'static str = "Meeting";
    const PREFIX: &'static str = "meeting";

    fn declare() -> ObjectType {
        use meeting::Column as C;
        ObjectType::of::<Self>(
            "A meeting of a board. Once announced it is read by whoever may read the board and by whoever was asked to come; \
             before that by the board's own people and its host's administrator.",
        )
        .column("title", C::Title, "What it is called.")
        .column("startsAt", C::StartsAt, "When it begins.")
        .column("endsAt", C::EndsAt, "When it ends.")
        .one_of::<MeetingStatus>("status", C::Status, "How far it has got.")
        .column("venue", C::Venue, "Where people meet.")
        .column("papersDueAt", C::PapersDueAt, "When its papers are due in an accessible format.")
        .column("publishedAt", C::PublishedAt, "When it was announced.")
        .column("cancellationReason", C::CancellationReason, "Why it does not take place.")
        .column("minutesApprovedAt", C::MinutesApprovedAt, "When its minutes were approved.")
        .private(
            "joining",
            PrivateGroup::new(
                "MeetingJoining",
                "How to join from afar. Read by the board's own people, its host's administrator, and whoever was asked to come.",
                joining_readers,
            )
            .column("onlineUrl", C::OnlineUrl, "The address."),
        )
        .private(
            "minutes",
            PrivateGroup::new(
                "MeetingMinutes",
                "Its minutes. Read by the board's own people and its host's administrator; once approved, by whoever may read \
                 the meeting.",
                minutes_readers,
            )
            .column("text", C::Minutes, "What was said and done."),
        )
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<meeting_series::Entity>("series", C::SeriesId, "The series it belongs to.")
        .to_one::<meeting::Entity>(
            "minutesApprovedByMeeting",
            C::MinutesApprovedByMeetingId,
            "The later meeting that approved its minutes.",
        )
        .to_many::<agenda_item::Entity>(
            "agendaItems",
            agenda_item::Column::MeetingId,
            "What it deals with, as far as you may read it.",
        )
        .to_many::<attendance::Entity>(
            "attendances",
            attendance::Column::MeetingId,
            "Who was asked and who came, as far as you may read it.",
        )
        .to_many::<paper::Entity>("papers", paper::Column::MeetingId, "Its papers, as far as you may read them.")
        .to_many::<access_need_met::Entity>(
            "accessNeedsMet",
            access_need_met::Column::MeetingId,
            "What is arranged for the needs of those who come, as far as you may read it.",
        )
        .batch("accessNeeds", totals())
        .to_many::<board_decision::Entity>(
            "decisions",
            board_decision::Column::MeetingId,
            "What was decided, as far as you may read it.",
        )
        .to_many::<board_action::Entity>(
            "actions",
            board_action::Column::MeetingId,
            "What is to be done, as far as you may read it.",
        )
        .viewer_can(
            "MeetingViewerCan",
            vec![
                of_a_board_run_by("update", "Change it.", C::BoardId),
                of_a_board_run_by("changeStatus", "Publish it, hold it, cancel it.", C::BoardId),
                of_a_board_run_by("orderAgenda", "Put its agenda in order.", C::BoardId),
                of_a_board_run_by("minute", "Write its minutes, and record their approval.", C::BoardId),
                of_a_board_run_by("invite", "Ask people to come.", C::BoardId),
                propose("propose", "Put something forward for its agenda."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("STARTS_AT", C::StartsAt, "By when it begins.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<MeetingStatus>("status", C::Status, "Only with these statuses.")
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only of this board.")
        .filter(
            "isMine",
            FilterTest::Holds(is_own_meeting),
            "Only those to which you were asked or whose board you sit on or chair; or only the others.",
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

impl Declared for agenda_item::Entity {
    const NAME: &'static str = "AgendaItem";
    const PREFIX: &'static str = "agenda_item";

    fn declare() -> ObjectType {
        use agenda_item::Column as C;
        ObjectType::of::<Self>(
            "Something a meeting deals with. Once on the agenda it is read by whoever may read the meeting; before that by the \
             board's own people, its host's administrator and whoever put it forward. Confidential items are read by the \
             board's own people alone, but for those who are recused from them.",
        )
        .column("ordinal", C::Ordinal, "Its place on the agenda, from 1. Confidential items are numbered apart from the others.")
        .column("title", C::Title, "What it is called.")
        .column("summary", C::Summary, "What it is about.")
        .one_of::<AgendaItemKind>("kind", C::Kind, "What it is on the agenda for.")
        .column("confidential", C::Confidential, "Whether nobody outside the board may know of it.")
        .one_of::<AgendaItemStatus>("status", C::Status, "How far it has got.")
        .column("declineReason", C::DeclineReason, "Why the chair said no.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting.")
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<person::Entity>("proposedByPerson", C::ProposedByPersonId, "Who put it forward, where you may see them.")
        .to_many::<paper::Entity>("papers", paper::Column::AgendaItemId, "Its papers, as far as you may read them.")
        .to_many::<board_decision::Entity>(
            "decisions",
            board_decision::Column::AgendaItemId,
            "What was decided on it, as far as you may read it.",
        )
        .to_many::<board_action::Entity>(
            "actions",
            board_action::Column::AgendaItemId,
            "What follows from it, as far as you may read it.",
        )
        .to_many::<conflict_declaration::Entity>(
            "conflictDeclarations",
            conflict_declaration::Column::AgendaItemId,
            "The interests that were declared in it: your own, and those that you assess.",
        )
        .viewer_can(
            "AgendaItemViewerCan",
            vec![
                own_item("update", "Change it, or take it back."),
                of_a_board_run_by("answer", "Accept or decline it.", C::BoardId),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("ORDINAL", C::Ordinal, "By its place on the agenda.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<AgendaItemStatus>("status", C::Status, "Only with these statuses.")
        .filter_one_of::<AgendaItemKind>("kind", C::Kind, "Only for these purposes.")
    }
}

impl Declared for attendance::Entity {
    const NAME: &'static str = "Attendance";
    const PREFIX: &'static str = "attendance";

    fn declare() -> ObjectType {
        use attendance::Column as C;
        ObjectType::of::<Self>(
            "That somebody was asked to a meeting, and whether they came. Read by the person, the board's own people and its \
             host's administrator.",
        )
        .one_of::<AttendanceCapacity>("capacity", C::Capacity, "In what capacity they attend.")
        .one_of::<AttendanceStatus>("status", C::Status, "Whether they came.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting.")
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .viewer_can(
            "AttendanceViewerCan",
            vec![
                of_a_board_run_by("record", "Record whether they are there.", C::BoardId),
                apologies("sendApologies", "Say that they cannot come."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<AttendanceCapacity>("capacity", C::Capacity, "Only in these capacities.")
        .filter_one_of::<AttendanceStatus>("status", C::Status, "Only with these statuses.")
        .filter("person", FilterTest::Is("person_id", person::Entity::PREFIX), "Only of this person.")
    }
}

impl Declared for meeting_series::Entity {
    const NAME: &'static str = "MeetingSeries";
    const PREFIX: &'static str = "meeting_series";

    fn declare() -> ObjectType {
        use meeting_series::Column as C;
        ObjectType::of::<Self>(
            "Meetings that follow each other by a rule. Read by the board's own people, its host's administrator, and whoever may \
             read a meeting of it.",
        )
        .column(
            "recurrenceRule",
            C::RecurrenceRule,
            "How they follow each other: an RRULE (RFC 5545, 3.3.10), in the time of the United Kingdom.",
        )
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_many::<meeting::Entity>("meetings", meeting::Column::SeriesId, "Its meetings, as far as you may read them.")
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}
