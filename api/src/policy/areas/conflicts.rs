//! Conflicts of interest that panellists declare: who may see and do what.
//!
//! | | who declared | chair of the panel | administrator of the recruiting organisation |
//! |---|---|---|---|
//! | declaration | declare, read | read, assess those of others | read, assess those of chairs |
//!
//! Nobody assesses what they declared themselves. Who is recused from a candidate reads nothing that names them.

use entity::panels::{conflict_declaration, interview_panel, panellist};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::panels::{is_recused, leads, sits_on};
use super::vacancies::{has_applied, recruits};
use crate::policy::{Denied, Permit};
use crate::store::{Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession};

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

impl Scoped for conflict_declaration::Entity {
    /// The person; whoever assesses it.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(conflict_declaration::Column::PersonId, ViewerFact::Person))
                .add(leads_unrecused(rows))
                .add(recruits_for_its_chair(rows)),
        )
    }
}

/// Leave to declare one's interests to a panel.
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

/// Who may assess what was declared: somebody else who leads the panel; and of what a chair declared, the administrator of
/// the organisation that recruits.
#[must_use]
pub fn may_assess_conflict(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<conflict_declaration::Entity>::new(alias, backend);
    let assesses = Condition::any()
        .add(leads_unrecused(&rows))
        .add(recruits_for_its_chair(&rows));
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
