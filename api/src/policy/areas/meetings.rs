//! Meetings, agendas, attendance, decisions and actions: who may see and do what (`domain.md` 2.10 and 3).
//!
//! | | public | partner organisation's people | invited, visitor | seated member | chair, facilitator | host's administrator | platform administrator |
//! |---|---|---|---|---|---|---|---|
//! | meeting, once announced | with the board | with the board | read | read | write | write | with the board |
//! | meeting in draft | – | – | – | read | write | write | – |
//! | how to join from afar | – | – | read | read | read | read | – |
//! | minutes in draft | – | – | – | read | write | write | – |
//! | minutes, once approved | with the meeting | with the meeting | read | read | read | read | with the meeting |
//! | agenda item, once accepted | with the meeting | with the meeting | read | read; propose | write | write | with the meeting |
//! | agenda item proposed, declined, withdrawn | – | – | own | read | write | write | – |
//! | **confidential** agenda item | – | – | – | read | write | **–** | – |
//! | attendance | – | – | own | read | write | write | – |
//! | decision | with approved minutes | with approved minutes | with approved minutes | read | record | record | with approved minutes |
//! | action | – | – | own | read | write | write | – |
//!
//! Whoever owns an action reads it and says how far it has got; only whoever runs the board changes what is to be done, by
//! whom and when, or drops it.
//!
//! A confidential item, with its decisions and actions, is hidden from everybody outside the board, whatever their role, the host's administrator among them:
//! hidden is absent, in lists and in counts. So is it from whoever of the board's own people is recused from the item
//! ([`super::conflicts`]), its decisions, papers and actions with it; what is not confidential they go on reading.

use entity::boards::board;
use entity::id::OrganisationId;
use entity::meetings::{agenda_item, attendance, board_action, board_decision, meeting};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::boards::{hosted_by_own_organisation, may_update_board, of_the_board};
use super::conflicts::is_recused_from_item;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

/// Those who see what is not for everybody: the board's people, and its host's administrator.
pub(super) fn close_to<E: EntityTrait>(rows: &Rows<E>, board: E::Column) -> Condition {
    of_the_board(rows, board).add(hosted_by_own_organisation(rows, board))
}

impl Scoped for meeting::Entity {
    /// Once announced, whoever sees the board; before that, those close to it. And whoever was asked to come.
    fn scope(rows: &Rows<Self>) -> Scope {
        let announced = rows.column(meeting::Column::PublishedAt).is_not_null();
        Scope::through::<_, board::Entity>(rows, meeting::Column::BoardId)
            .and(close_to(rows, meeting::Column::BoardId).add(announced))
            .or_shown_by::<_, attendance::Entity>(rows, attendance::Column::MeetingId)
    }
}

impl Scoped for attendance::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            close_to(rows, attendance::Column::BoardId)
                .add(rows.is(attendance::Column::PersonId, ViewerFact::Person)),
        )
    }
}

/// Who may know of confidential items: the board's own people, unless they are recused from the item.
fn may_know_confidential(rows: &Rows<agenda_item::Entity>) -> Condition {
    Condition::all()
        .add(of_the_board(rows, agenda_item::Column::BoardId))
        .add(is_recused_from_item(rows, agenda_item::Column::Id).not())
}

impl Scoped for agenda_item::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use agenda_item::Column as C;
        let known = close_to(rows, C::BoardId)
            .add(rows.is(C::ProposedByPersonId, ViewerFact::Person))
            .add(rows.column(C::Status).eq("ACCEPTED"));
        let open = Condition::all()
            .add(rows.column(C::Confidential).eq(false))
            .add(known);
        Scope::through::<_, meeting::Entity>(rows, C::MeetingId)
            .and(Condition::any().add(open).add(may_know_confidential(rows)))
    }
}

impl Scoped for board_decision::Entity {
    /// Whoever sees the item, once the minutes are approved; before that, those close to the board.
    fn scope(rows: &Rows<Self>) -> Scope {
        use board_decision::Column as C;
        let approved = rows.exists::<meeting::Entity>(|at| {
            Condition::all()
                .add(at.matches(meeting::Column::Id, rows, C::MeetingId))
                .add(at.column(meeting::Column::Status).eq("MINUTES_APPROVED"))
        });
        Scope::through::<_, agenda_item::Entity>(rows, C::AgendaItemId)
            .and(close_to(rows, C::BoardId).add(approved))
    }
}

impl Scoped for board_action::Entity {
    /// Whoever owns it, and those close to the board; what follows from a confidential item nobody outside the board but its
    /// owner, and nobody who is recused from that item.
    fn scope(rows: &Rows<Self>) -> Scope {
        use board_action::Column as C;
        let of_confidential = |item: &Rows<agenda_item::Entity>| {
            Condition::all()
                .add(item.matches(agenda_item::Column::Id, rows, C::AgendaItemId))
                .add(item.column(agenda_item::Column::Confidential).eq(true))
        };
        let follows_from_confidential = rows.exists::<agenda_item::Entity>(of_confidential);
        let is_recused = rows.exists::<agenda_item::Entity>(|item| {
            of_confidential(item).add(is_recused_from_item(item, agenda_item::Column::Id))
        });
        let hosted = Condition::all()
            .add(hosted_by_own_organisation(rows, C::BoardId))
            .add(follows_from_confidential.not());
        let theirs = of_the_board(rows, C::BoardId).add(rows.is(C::OwnerPersonId, ViewerFact::Person));
        let unrecused = Condition::all().add(theirs).add(is_recused.not());
        Scope::when(Condition::any().add(unrecused).add(hosted))
    }
}

/// Who may read how to join from afar: those close to the board, and whoever was asked to come.
#[must_use]
pub fn joining_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<meeting::Entity>::new(alias, backend);
    close_to(&rows, meeting::Column::BoardId).add(is_asked(&rows))
}

/// The viewer was asked to come to the meeting.
fn is_asked(rows: &Rows<meeting::Entity>) -> Condition {
    let asked = rows.exists::<attendance::Entity>(|asked| {
        Condition::all()
            .add(asked.matches(attendance::Column::MeetingId, rows, meeting::Column::Id))
            .add(asked.is(attendance::Column::PersonId, ViewerFact::Person))
    });
    Condition::all().add(asked)
}

/// Who may read minutes: those close to the board; once they are approved, whoever sees the meeting.
#[must_use]
pub fn minutes_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<meeting::Entity>::new(alias, backend);
    let approved = rows.column(meeting::Column::Status).eq("MINUTES_APPROVED");
    close_to(&rows, meeting::Column::BoardId).add(approved)
}

/// Whether a meeting is one of the viewer's own: they were asked to come, or sit on the board, or chair it.
#[must_use]
pub fn is_own_meeting(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<meeting::Entity>::new(alias, backend);
    of_the_board(&rows, meeting::Column::BoardId).add(is_asked(&rows))
}

/// Leave to prepare a meeting of a board.
#[derive(Debug)]
pub struct CreateMeeting;
/// Leave to run a meeting: change it, announce it, hold it, cancel it, write its minutes.
#[derive(Debug)]
pub struct RunMeeting;
/// Leave to put something forward for an agenda.
#[derive(Debug)]
pub struct ProposeAgendaItem;
/// Leave to change an agenda item or to take it back.
#[derive(Debug)]
pub struct UpdateAgendaItem;
/// Leave to answer a proposal.
#[derive(Debug)]
pub struct AnswerAgendaItem;
/// Leave to ask people to a meeting.
#[derive(Debug)]
pub struct InviteToMeeting;
/// Leave to record who is there.
#[derive(Debug)]
pub struct RecordAttendance;
/// Leave to say that somebody cannot come.
#[derive(Debug)]
pub struct SendApologies;
/// Leave to record what was decided.
#[derive(Debug)]
pub struct RecordDecision;
/// Leave to note something to be done for a board.
#[derive(Debug)]
pub struct CreateAction;
/// Leave to change what is to be done, or to drop it.
#[derive(Debug)]
pub struct UpdateAction;
/// Leave to say how far an action has got.
#[derive(Debug)]
pub struct ProgressAction;

/// Whether the viewer may run the meetings of a board: its chair, its facilitator, its host's administrator.
#[must_use]
pub fn may_run_meetings(viewer: &Viewer, board: Uuid, host: Uuid) -> bool {
    may_update_board(viewer, board, host)
}

/// Leave to prepare a meeting.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn create_meeting(
    viewer: &Viewer,
    board: board::Model,
) -> Result<Permit<CreateMeeting, board::Model>, Denied> {
    let allowed = may_run_meetings(viewer, board.id.0, board.host_organisation_id.0);
    Permit::when(allowed, board)
}

/// Leave to run a meeting of a board that this organisation hosts.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn run_meeting(
    viewer: &Viewer,
    meeting: meeting::Model,
    host: OrganisationId,
) -> Result<Permit<RunMeeting, meeting::Model>, Denied> {
    let allowed = may_run_meetings(viewer, meeting.board_id.0, host.0);
    Permit::when(allowed, meeting)
}

/// Whether the viewer may put something forward: whoever sits on the board or runs it. What is confidential only those who
/// could read it afterwards.
#[must_use]
pub fn may_propose(viewer: &Viewer, board: Uuid, host: Uuid, confidential: bool) -> bool {
    viewer.sits_on(board) || viewer.chairs(board) || (viewer.administers(host) && !confidential)
}

/// Leave to put something forward.
///
/// # Errors
/// [`Denied`] unless [`may_propose`].
pub fn propose_agenda_item(
    viewer: &Viewer,
    meeting: meeting::Model,
    host: OrganisationId,
    confidential: bool,
) -> Result<Permit<ProposeAgendaItem, meeting::Model>, Denied> {
    let allowed = may_propose(viewer, meeting.board_id.0, host.0, confidential);
    Permit::when(allowed, meeting)
}

/// Whether the viewer may change an agenda item or take it back: whoever runs the board, and whoever put it forward.
#[must_use]
pub fn may_update_agenda_item(viewer: &Viewer, board: Uuid, host: Uuid, proposer: Option<Uuid>) -> bool {
    let own = proposer.is_some() && viewer.person() == proposer;
    own || may_run_meetings(viewer, board, host)
}

/// Leave to change an agenda item or to take it back.
///
/// # Errors
/// [`Denied`] unless [`may_update_agenda_item`].
pub fn update_agenda_item(
    viewer: &Viewer,
    item: agenda_item::Model,
    host: OrganisationId,
) -> Result<Permit<UpdateAgendaItem, agenda_item::Model>, Denied> {
    let proposer = item.proposed_by_person_id.map(|person| person.0);
    let allowed = may_update_agenda_item(viewer, item.board_id.0, host.0, proposer);
    Permit::when(allowed, item)
}

/// Leave to answer a proposal, and to put the items of an agenda in order.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn answer_agenda_item(
    viewer: &Viewer,
    item: agenda_item::Model,
    host: OrganisationId,
) -> Result<Permit<AnswerAgendaItem, agenda_item::Model>, Denied> {
    let allowed = may_run_meetings(viewer, item.board_id.0, host.0);
    Permit::when(allowed, item)
}

/// Leave to ask people to a meeting.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn invite_to_meeting(
    viewer: &Viewer,
    meeting: meeting::Model,
    host: OrganisationId,
) -> Result<Permit<InviteToMeeting, meeting::Model>, Denied> {
    let allowed = may_run_meetings(viewer, meeting.board_id.0, host.0);
    Permit::when(allowed, meeting)
}

/// Leave to record whether somebody is there.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn record_attendance(
    viewer: &Viewer,
    attendance: attendance::Model,
    host: OrganisationId,
) -> Result<Permit<RecordAttendance, attendance::Model>, Denied> {
    let allowed = may_run_meetings(viewer, attendance.board_id.0, host.0);
    Permit::when(allowed, attendance)
}

/// Whether the viewer may say that somebody cannot come: the person, and whoever runs the meeting and was told.
#[must_use]
pub fn may_send_apologies(viewer: &Viewer, person: Uuid, board: Uuid, host: Uuid) -> bool {
    viewer.person() == Some(person) || may_run_meetings(viewer, board, host)
}

/// Leave to say that somebody cannot come.
///
/// # Errors
/// [`Denied`] unless [`may_send_apologies`].
pub fn send_apologies(
    viewer: &Viewer,
    attendance: attendance::Model,
    host: OrganisationId,
) -> Result<Permit<SendApologies, attendance::Model>, Denied> {
    let allowed = may_send_apologies(viewer, attendance.person_id.0, attendance.board_id.0, host.0);
    Permit::when(allowed, attendance)
}

/// Leave to record what was decided on an agenda item.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn record_decision(
    viewer: &Viewer,
    item: agenda_item::Model,
    host: OrganisationId,
) -> Result<Permit<RecordDecision, agenda_item::Model>, Denied> {
    let allowed = may_run_meetings(viewer, item.board_id.0, host.0);
    Permit::when(allowed, item)
}

/// Leave to note something to be done for a board.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn create_action(
    viewer: &Viewer,
    board: board::Model,
) -> Result<Permit<CreateAction, board::Model>, Denied> {
    let allowed = may_run_meetings(viewer, board.id.0, board.host_organisation_id.0);
    Permit::when(allowed, board)
}

/// Leave to change what is to be done, or to drop it.
///
/// # Errors
/// [`Denied`] unless [`may_run_meetings`].
pub fn update_action(
    viewer: &Viewer,
    action: board_action::Model,
    host: OrganisationId,
) -> Result<Permit<UpdateAction, board_action::Model>, Denied> {
    let allowed = may_run_meetings(viewer, action.board_id.0, host.0);
    Permit::when(allowed, action)
}

/// Whether the viewer may say how far an action has got: its owner, and whoever runs the board.
#[must_use]
pub fn may_progress_action(viewer: &Viewer, owner: Uuid, board: Uuid, host: Uuid) -> bool {
    viewer.person() == Some(owner) || may_run_meetings(viewer, board, host)
}

/// Leave to say how far an action has got.
///
/// # Errors
/// [`Denied`] unless [`may_progress_action`].
pub fn progress_action(
    viewer: &Viewer,
    action: board_action::Model,
    host: OrganisationId,
) -> Result<Permit<ProgressAction, board_action::Model>, Denied> {
    let allowed = may_progress_action(viewer, action.owner_person_id.0, action.board_id.0, host.0);
    Permit::when(allowed, action)
}
