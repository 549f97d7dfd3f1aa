//! What prepares a meeting: its series, papers, and what is arranged for those who come: who may see and do what.
//!
//! | | public, partners | invited, visitor | seated member | chair, facilitator | host's administrator | the person |
//! |---|---|---|---|---|---|---|
//! | series | with a meeting of it | with a meeting of it | read | write | write | – |
//! | paper | with the agenda item | with the agenda item | read | write | write | – |
//! | the version of a resource that a paper is | with the version | with the version | with the version | with the version | with the version | – |
//! | paper that was taken back | – | – | read | read | read | – |
//! | access needs of those who come, as totals | – | – | – | read | read | – |
//! | what is arranged for a need | – | – | – | write, with consent | – | read, confirm |
//!
//! Whoever put an agenda item forward adds its papers and takes them back, as whoever runs the board does. What is arranged for
//! somebody is as private as the need: a chair reads it while the person consents to share their needs.

use entity::id::AccessNeedId;
use entity::meetings::{access_need_met, agenda_item, attendance, meeting, meeting_series, paper};
use entity::parties::access_need;
use entity::resources::rendition;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::boards::hosted_by_own_organisation;
use super::meetings::{UpdateAgendaItem, close_to};
use super::people::{AnonymisePerson, WriteOwn};
use super::resources::is_checked;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Reached, Rows, Scope, Scoped, ViewerFact};

impl Scoped for meeting_series::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(close_to(rows, meeting_series::Column::BoardId))
            .or_shown_by::<_, meeting::Entity>(rows, meeting::Column::SeriesId)
    }
}

impl Scoped for paper::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let is_there = rows.column(paper::Column::WithdrawnAt).is_null();
        Scope::through::<_, agenda_item::Entity>(rows, paper::Column::AgendaItemId)
            .and(close_to(rows, paper::Column::BoardId).add(is_there))
    }
}

impl Scoped for access_need_met::Entity {
    /// Whoever may read the need, of them the person and the chair of this board.
    fn scope(rows: &Rows<Self>) -> Scope {
        use access_need_met::Column as C;
        let concerned = Condition::any()
            .add(rows.is(C::PersonId, ViewerFact::Person))
            .add(rows.among(C::BoardId, ViewerFact::ChairedBoards));
        Scope::through::<_, access_need::Entity>(rows, C::AccessNeedId).and(concerned)
    }
}

/// Who may count the needs of those who come: the board's chair or facilitator, and its host's administrator.
#[must_use]
pub fn needs_counters(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<attendance::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.among(attendance::Column::BoardId, ViewerFact::ChairedBoards))
        .add(hosted_by_own_organisation(&rows, attendance::Column::BoardId))
}

/// Whether the version of a resource that a paper is was there by the day on which papers are due: added by then, and in an
/// accessible format that a user group had checked. A rendition that the viewer may not read says nothing, so that nobody learns
/// from a paper how far a draft has got.
#[must_use]
pub fn version_in_time(at: &Rows<meeting::Entity>, paper: &Rows<paper::Entity>) -> Expr {
    use rendition::Column as C;
    let due = || at.column(meeting::Column::PapersDueAt);
    let accessible = at.exists::<rendition::Entity>(|of| {
        Condition::all()
            .add(of.matches(C::ResourceVersionId, paper, paper::Column::ResourceVersionId))
            .add(of.column(C::Format).ne("STANDARD"))
            .add(of.column(C::CheckedAt).lte(due()))
            .add(is_checked(of))
            .add(rendition::Entity::scope(of).into_condition(Reached::Directly))
    });
    paper
        .column(paper::Column::ResourceVersionId)
        .is_not_null()
        .and(paper.column(paper::Column::CreatedAt).lte(due()))
        .and(accessible)
}

/// Leave to arrange something for somebody.
#[derive(Debug)]
pub struct ArrangeForPerson;

/// Leave to take a paper back follows from leave to change its item.
///
/// # Errors
/// [`Denied`] for a paper of another item.
pub fn withdraw_paper(
    item: &Permit<UpdateAgendaItem, agenda_item::Model>,
    paper: paper::Model,
) -> Result<Permit<UpdateAgendaItem, paper::Model>, Denied> {
    Permit::when(paper.agenda_item_id == item.model().id, paper)
}

/// Leave to arrange something at a meeting: its board's chair or facilitator.
///
/// # Errors
/// [`Denied`] for everybody else; the host's administrator never reads a need.
pub fn arrange_for(
    viewer: &Viewer,
    meeting: meeting::Model,
) -> Result<Permit<ArrangeForPerson, meeting::Model>, Denied> {
    Permit::when(viewer.chairs(meeting.board_id.0), meeting)
}

/// Leave to delete a need reaches what was arranged for it.
///
/// # Errors
/// [`Denied`] for what was arranged for another need.
pub fn forget_with_need(
    need: &Permit<WriteOwn, access_need::Model>,
    met: access_need_met::Model,
) -> Result<Permit<WriteOwn, access_need_met::Model>, Denied> {
    Permit::when(met.access_need_id == need.model().id, met)
}

/// Leave to erase a person reaches what was arranged for their needs.
///
/// # Errors
/// [`Denied`] for what was arranged for another need.
pub fn erase_with_need(
    need: &Permit<AnonymisePerson, access_need::Model>,
    met: access_need_met::Model,
) -> Result<Permit<AnonymisePerson, access_need_met::Model>, Denied> {
    let of: AccessNeedId = need.model().id;
    Permit::when(met.access_need_id == of, met)
}
