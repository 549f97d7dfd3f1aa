//! Interview panels and their questions: who may see and do what. Who may see and assess declared conflicts stands in
//! [`super::conflicts`].
//!
//! | | panellist | their supporter | chair of the panel | administrator of the recruiting organisation | chair of the seat's board |
//! |---|---|---|---|---|---|
//! | panel, panellists, questions | read | read | write | write | read |
//! | mark ready, begin to score, shortlist | – | – | yes | – | – |
//! | applications | candidates, from scoring on | the same | read | read | – |
//! | how to reach an applicant | – | – | read | read | – |
//!
//! Whoever has applied sees nothing of the panel, whatever else they are. Whoever is recused from a candidate sees nothing of
//! that candidate, and neither does who supports them.

use entity::panels::{
    application, conflict_declaration, interview_panel, panel_question, panellist, vacancy,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::vacancies::{has_applied, recruits};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, StoreError, ViewerFact, WriteSession, has};

/// The states in which panellists see the candidates.
const WITH_CANDIDATES: [&str; 3] = ["SCORING", "MODERATING", "DECIDED"];

/// The viewer takes part in a panel.
pub(super) fn sits_on<E: EntityTrait>(rows: &Rows<E>, panel: E::Column) -> Expr {
    has_a_place(rows, panel, |_| Condition::all())
}

/// The viewer leads a panel.
pub(super) fn leads<E: EntityTrait>(rows: &Rows<E>, panel: E::Column) -> Expr {
    has_a_place(rows, panel, |own| {
        Condition::all().add(own.column(panellist::Column::Chair).eq(true))
    })
}

fn has_a_place<E: EntityTrait>(
    rows: &Rows<E>,
    panel: E::Column,
    of_this_kind: fn(&Rows<panellist::Entity>) -> Condition,
) -> Expr {
    let found = rows.exists::<panellist::Entity>(|own| {
        taking_part(own)
            .add(own.matches(panellist::Column::PanelId, rows, panel))
            .add(own.is(panellist::Column::PersonId, ViewerFact::Person))
            .add(of_this_kind(own))
    });
    has(ViewerFact::Person).and(found)
}

/// The viewer supports somebody on a panel.
fn supports_on<E: EntityTrait>(rows: &Rows<E>, panel: E::Column) -> Expr {
    let found = rows.exists::<panellist::Entity>(|other| {
        taking_part(other)
            .add(other.matches(panellist::Column::PanelId, rows, panel))
            .add(other.is(panellist::Column::SupporterPersonId, ViewerFact::Person))
    });
    has(ViewerFact::Person).and(found)
}

fn taking_part(panellist: &Rows<panellist::Entity>) -> Condition {
    Condition::all().add(panellist.column(panellist::Column::StoodDownAt).is_null())
}

/// The viewer was recused from a candidate.
pub(super) fn is_recused<E: EntityTrait>(rows: &Rows<E>, application: E::Column) -> Expr {
    let found = rows.exists::<conflict_declaration::Entity>(|own| {
        Condition::all()
            .add(own.matches(conflict_declaration::Column::ApplicationId, rows, application))
            .add(own.is(conflict_declaration::Column::PersonId, ViewerFact::Person))
            .add(own.column(conflict_declaration::Column::Assessment).eq("RECUSE"))
    });
    has(ViewerFact::Person).and(found)
}

/// What a panel sees of the applications for its vacancy: its chair all of them; from scoring on its panellists, and who
/// supports them, the candidates; nobody those from whom they are recused.
pub(super) fn seen_by_the_panel(rows: &Rows<application::Entity>) -> Condition {
    let by_panel = rows.exists::<interview_panel::Entity>(|panel| {
        let supported = panel.exists::<panellist::Entity>(|other| {
            let is_recused = other.exists::<conflict_declaration::Entity>(|theirs| {
                Condition::all()
                    .add(theirs.matches(
                        conflict_declaration::Column::ApplicationId,
                        rows,
                        application::Column::Id,
                    ))
                    .add(theirs.matches(
                        conflict_declaration::Column::PersonId,
                        other,
                        panellist::Column::PersonId,
                    ))
                    .add(
                        theirs
                            .column(conflict_declaration::Column::Assessment)
                            .eq("RECUSE"),
                    )
            });
            taking_part(other)
                .add(other.matches(panellist::Column::PanelId, panel, interview_panel::Column::Id))
                .add(other.is(panellist::Column::SupporterPersonId, ViewerFact::Person))
                .add(is_recused.not())
        });
        let candidates = Condition::all()
            .add(
                panel
                    .column(interview_panel::Column::Status)
                    .is_in(WITH_CANDIDATES),
            )
            .add(rows.column(application::Column::ShortlistedAt).is_not_null())
            .add(rows.column(application::Column::Status).ne("WITHDRAWN"))
            .add(
                Condition::any()
                    .add(sits_on(panel, interview_panel::Column::Id))
                    .add(supported),
            );
        Condition::all()
            .add(panel.matches(
                interview_panel::Column::VacancyId,
                rows,
                application::Column::VacancyId,
            ))
            .add(
                Condition::any()
                    .add(leads(panel, interview_panel::Column::Id))
                    .add(candidates),
            )
    });
    Condition::all()
        .add(has(ViewerFact::Person).and(by_panel))
        .add(is_recused(rows, application::Column::Id).not())
}

impl Scoped for interview_panel::Entity {
    /// Its people, whoever recruits, and the chair of the board whose seat it is about; nobody who has applied.
    fn scope(rows: &Rows<Self>) -> Scope {
        use interview_panel::Column as C;
        let of_the_board = rows.exists::<vacancy::Entity>(|vacancy| {
            Condition::all()
                .add(vacancy.matches(vacancy::Column::Id, rows, C::VacancyId))
                .add(vacancy.among(vacancy::Column::BoardId, ViewerFact::ChairedBoards))
        });
        let theirs = Condition::any()
            .add(sits_on(rows, C::Id))
            .add(supports_on(rows, C::Id))
            .add(recruits(rows, C::VacancyId))
            .add(has(ViewerFact::ChairedBoards).and(of_the_board));
        Scope::when(
            Condition::all()
                .add(has_applied(rows, C::VacancyId).not())
                .add(theirs),
        )
    }
}

impl Scoped for panellist::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, interview_panel::Entity>(rows, panellist::Column::PanelId)
    }
}

impl Scoped for panel_question::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, interview_panel::Entity>(rows, panel_question::Column::PanelId)
    }
}

/// Leave to form a panel: its people, its questions.
#[derive(Debug)]
pub struct FormPanel;
/// Leave to lead a panel from one state to the next.
#[derive(Debug)]
pub struct LeadPanel;
/// Leave to form a panel for a vacancy: the administrator of the organisation that recruits.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn create_panel(
    viewer: &Viewer,
    vacancy: vacancy::Model,
) -> Result<Permit<FormPanel, vacancy::Model>, Denied> {
    Permit::when(viewer.administers(vacancy.organisation_id), vacancy)
}

fn forms(rows: &Rows<interview_panel::Entity>) -> Condition {
    use interview_panel::Column as C;
    let recruits = Condition::all()
        .add(recruits(rows, C::VacancyId))
        .add(has_applied(rows, C::VacancyId).not());
    Condition::any().add(leads(rows, C::Id)).add(recruits)
}

/// Who may form a panel: its chair, and the administrator of the organisation that recruits.
#[must_use]
pub fn may_form_panel(alias: &str, backend: DbBackend) -> Condition {
    forms(&Rows::new(alias, backend))
}

/// Leave to form a panel.
///
/// # Errors
/// [`Denied`] unless [`may_form_panel`]; the database's failure.
pub async fn form_panel(
    session: &WriteSession,
    panel: interview_panel::Model,
) -> Result<Result<Permit<FormPanel, interview_panel::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<interview_panel::Entity>(panel.id, may_form_panel)
        .await?;
    Ok(Permit::when(allowed, panel))
}

/// Who may lead a panel on: its chair.
#[must_use]
pub fn may_lead_panel(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<interview_panel::Entity>::new(alias, backend);
    Condition::all().add(leads(&rows, interview_panel::Column::Id))
}

/// Leave to lead a panel on.
///
/// # Errors
/// [`Denied`] unless [`may_lead_panel`]; the database's failure.
pub async fn lead_panel(
    session: &WriteSession,
    panel: interview_panel::Model,
) -> Result<Result<Permit<LeadPanel, interview_panel::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<interview_panel::Entity>(panel.id, may_lead_panel)
        .await?;
    Ok(Permit::when(allowed, panel))
}

/// Leave to form a panel reaches its panellists.
///
/// # Errors
/// [`Denied`] for somebody of another panel.
pub fn change_panellist(
    panel: &Permit<FormPanel, interview_panel::Model>,
    panellist: panellist::Model,
) -> Result<Permit<FormPanel, panellist::Model>, Denied> {
    Permit::when(panellist.panel_id == panel.model().id, panellist)
}

/// Leave to stand down: one's own.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn stand_down(
    viewer: &Viewer,
    panellist: panellist::Model,
) -> Result<Permit<FormPanel, panellist::Model>, Denied> {
    Permit::when(viewer.person() == Some(panellist.person_id.0), panellist)
}

/// Who may change a panellist: whoever forms the panel.
#[must_use]
pub fn may_change_panellist(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<panellist::Entity>::new(alias, backend);
    Condition::all().add(rows.exists::<interview_panel::Entity>(|panel| {
        Condition::all()
            .add(panel.matches(interview_panel::Column::Id, &rows, panellist::Column::PanelId))
            .add(forms(panel))
    }))
}

/// Leave to form a panel reaches its questions.
///
/// # Errors
/// [`Denied`] for a question of another panel.
pub fn change_question(
    panel: &Permit<FormPanel, interview_panel::Model>,
    question: panel_question::Model,
) -> Result<Permit<FormPanel, panel_question::Model>, Denied> {
    Permit::when(question.panel_id == panel.model().id, question)
}

/// Who may make somebody a candidate: the chair of the round under way.
#[must_use]
pub fn may_shortlist(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<application::Entity>::new(alias, backend);
    let led = rows.exists::<interview_panel::Entity>(|panel| {
        Condition::all()
            .add(panel.matches(
                interview_panel::Column::VacancyId,
                &rows,
                application::Column::VacancyId,
            ))
            .add(panel.column(interview_panel::Column::Status).ne("DECIDED"))
            .add(leads(panel, interview_panel::Column::Id))
    });
    Condition::all()
        .add(led)
        .add(is_recused(&rows, application::Column::Id).not())
}

/// Who may read how to reach an applicant: the applicant, whoever recruits, and who leads a panel of the vacancy.
#[must_use]
pub fn application_contact_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<application::Entity>::new(alias, backend);
    let led = rows.exists::<interview_panel::Entity>(|panel| {
        Condition::all()
            .add(panel.matches(
                interview_panel::Column::VacancyId,
                &rows,
                application::Column::VacancyId,
            ))
            .add(leads(panel, interview_panel::Column::Id))
    });
    Condition::any()
        .add(rows.is(application::Column::PersonId, ViewerFact::Person))
        .add(recruits(&rows, application::Column::VacancyId))
        .add(led)
}

/// Leave to make somebody a candidate.
///
/// # Errors
/// [`Denied`] unless [`may_shortlist`]; the database's failure.
pub async fn shortlist(
    session: &WriteSession,
    application: application::Model,
) -> Result<Result<Permit<LeadPanel, application::Model>, Denied>, StoreError> {
    let allowed = session
        .allowed::<application::Entity>(application.id, may_shortlist)
        .await?;
    Ok(Permit::when(allowed, application))
}
