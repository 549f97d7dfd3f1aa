//! Conflicts of interest: who may see and do what. Panellists declare to their panel; members, chairs and facilitators to their
//! board and about the items on its agenda; peer reviewers about the visit they are to go on.
//!
//! | | who declared | chair of the panel; chair, facilitator of the board; lead reviewer | administrator of the organisation that recruits or hosts the board | administrator, commissioner of the organisation that answers for the visit |
//! |---|---|---|---|---|
//! | declaration | declare, read | read, assess those of others | read, assess those of chairs and facilitators | read, assess |
//!
//! Nobody assesses what they declared themselves. Who is recused from a candidate reads nothing that names them, and who is
//! recused from an agenda item or a visit nothing that others declared about it. What the administrator reads does not show them a
//! confidential item.

use entity::boards::board;
use entity::panels::{conflict_declaration, interview_panel, panellist};
use entity::parties::{role_grant, user_account};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::boards::hosted_by_own_organisation;
use super::panels::{is_recused, leads, sits_on};
use super::vacancies::{has_applied, recruits};
use super::visits::{is_recused_from_visit, leads_visit, organises_visit};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession, has};

/// The viewer leads the panel, and is not recused from the candidate that a declaration names.
fn leads_unrecused(rows: &Rows<conflict_declaration::Entity>) -> Condition {
    use conflict_declaration::Column as C;
    Condition::all()
        .add(leads(rows, C::PanelId))
        .add(is_recused(rows, C::ApplicationId).not())
}

/// The viewer recruits, and the declaration is of somebody who leads the panel.
fn recruits_for_its_chair(rows: &Rows<conflict_declaration::Entity>) -> Condition {
    use conflict_declaration::Column as C;
    let recruits = rows.exists::<interview_panel::Entity>(|panel| {
        Condition::all()
            .add(panel.matches(interview_panel::Column::Id, rows, C::PanelId))
            .add(recruits(panel, interview_panel::Column::VacancyId))
            .add(has_applied(panel, interview_panel::Column::VacancyId).not())
    });
    let of_a_chair = rows.exists::<panellist::Entity>(|other| {
        Condition::all()
            .add(other.matches(panellist::Column::PanelId, rows, C::PanelId))
            .add(other.matches(panellist::Column::PersonId, rows, C::PersonId))
            .add(other.column(panellist::Column::Chair).eq(true))
    });
    Condition::all().add(recruits).add(of_a_chair)
}

/// The viewer was recused from an agenda item.
pub(super) fn is_recused_from_item<E: EntityTrait>(rows: &Rows<E>, item: E::Column) -> Expr {
    let found = rows.exists::<conflict_declaration::Entity>(|own| {
        Condition::all()
            .add(own.matches(conflict_declaration::Column::AgendaItemId, rows, item))
            .add(own.is(conflict_declaration::Column::PersonId, ViewerFact::Person))
            .add(own.column(conflict_declaration::Column::Assessment).eq("RECUSE"))
    });
    has(ViewerFact::Person).and(found)
}

/// The viewer chairs or facilitates the board, and is not recused from the item that a declaration is about.
fn runs_the_board_unrecused(rows: &Rows<conflict_declaration::Entity>) -> Condition {
    use conflict_declaration::Column as C;
    Condition::all()
        .add(rows.among(C::BoardId, ViewerFact::ChairedBoards))
        .add(is_recused_from_item(rows, C::AgendaItemId).not())
}

/// The viewer administers the host of the board, and the declaration is of somebody who chairs or facilitates it now.
fn hosts_for_its_chair(rows: &Rows<conflict_declaration::Entity>) -> Condition {
    use conflict_declaration::Column as C;
    use role_grant::Column as R;
    let of_a_chair = rows.exist(|tables| {
        let role = tables.rows::<role_grant::Entity>("role");
        let user = tables.rows::<user_account::Entity>("account");
        let now = || Parameter::Now.expr();
        let has_not_ended = Condition::any()
            .add(role.column(R::ValidTo).is_null())
            .add(role.column(R::ValidTo).gt(now()));
        Condition::all()
            .add(role.matches(R::BoardId, rows, C::BoardId))
            .add(role.column(R::Role).is_in(["CHAIR", "FACILITATOR"]))
            .add(role.column(R::ValidFrom).lte(now()))
            .add(has_not_ended)
            .add(user.matches(user_account::Column::Id, &role, R::UserId))
            .add(user.matches(user_account::Column::PersonId, rows, C::PersonId))
    });
    Condition::all()
        .add(hosted_by_own_organisation(rows, C::BoardId))
        .add(is_recused_from_item(rows, C::AgendaItemId).not())
        .add(of_a_chair)
}

/// The viewer leads the visit that a declaration is about, or answers for it, and is not recused from it.
fn chooses_reviewers_unrecused(rows: &Rows<conflict_declaration::Entity>) -> Condition {
    use conflict_declaration::Column as C;
    let chooses = Condition::any()
        .add(leads_visit(rows, C::MonitoringVisitId))
        .add(organises_visit(rows, C::MonitoringVisitId));
    Condition::all()
        .add(is_recused_from_visit(rows, C::MonitoringVisitId).not())
        .add(chooses)
}

impl Scoped for conflict_declaration::Entity {
    /// The person; whoever assesses it.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(conflict_declaration::Column::PersonId, ViewerFact::Person))
                .add(leads_unrecused(rows))
                .add(recruits_for_its_chair(rows))
                .add(runs_the_board_unrecused(rows))
                .add(hosts_for_its_chair(rows))
                .add(chooses_reviewers_unrecused(rows)),
        )
    }
}

/// Leave to declare one's interests.
#[derive(Debug)]
pub struct DeclareConflict;
/// Leave to assess what somebody else declared.
#[derive(Debug)]
pub struct AssessConflict;

/// Who may declare their interests to a panel: who sits on it.
#[must_use]
pub fn may_declare_conflict(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<interview_panel::Entity>::new(alias, backend);
    Condition::all().add(sits_on(&rows, interview_panel::Column::Id))
}

/// Leave to declare one's interests to a panel.
///
/// # Errors
/// [`Denied`] unless [`may_declare_conflict`]; the database's failure.
pub async fn declare_conflict(
    session: &WriteSession,
    panel: interview_panel::Model,
) -> Result<Result<Permit<DeclareConflict, interview_panel::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<interview_panel::Entity>(panel.id, may_declare_conflict)
        .await?;
    Ok(Permit::when(allowed, panel))
}

/// Whether the viewer may declare their interests to a board, and about the items on its agenda: its members, chairs and
/// facilitators.
#[must_use]
pub fn may_declare_to_board(viewer: &Viewer, board: Uuid) -> bool {
    viewer.person().is_some() && (viewer.sits_on(board) || viewer.chairs(board))
}

/// Leave to declare one's interests to a board.
///
/// # Errors
/// [`Denied`] unless [`may_declare_to_board`].
pub fn declare_to_board(
    viewer: &Viewer,
    board: board::Model,
) -> Result<Permit<DeclareConflict, board::Model>, Denied> {
    Permit::when(may_declare_to_board(viewer, board.id.0), board)
}

/// Who may assess what was declared: somebody else who leads the panel or runs the board, and of what one of those declared the
/// administrator of the organisation that recruits or hosts the board; somebody else who leads the visit or answers for it.
#[must_use]
pub fn may_assess_conflict(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<conflict_declaration::Entity>::new(alias, backend);
    let assesses = Condition::any()
        .add(leads_unrecused(&rows))
        .add(recruits_for_its_chair(&rows))
        .add(runs_the_board_unrecused(&rows))
        .add(hosts_for_its_chair(&rows))
        .add(chooses_reviewers_unrecused(&rows));
    Condition::all()
        .add(
            rows.is(conflict_declaration::Column::PersonId, ViewerFact::Person)
                .not(),
        )
        .add(assesses)
}

/// Leave to assess what somebody else declared.
///
/// # Errors
/// [`Denied`] unless [`may_assess_conflict`]; the database's failure.
pub async fn assess_conflict(
    session: &WriteSession,
    declaration: conflict_declaration::Model,
) -> Result<Result<Permit<AssessConflict, conflict_declaration::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<conflict_declaration::Entity>(declaration.id, may_assess_conflict)
        .await?;
    Ok(Permit::when(allowed, declaration))
}
