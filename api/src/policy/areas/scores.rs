//! Scores and decisions of interview panels: who may see and do what.
//!
//! | | who gave it | who supports them | panellists | administrator of the recruiting organisation | the candidate |
//! |---|---|---|---|---|---|
//! | score | write once, read | write once, read | read, once all are in | – | – |
//! | moderated score | | | read; the chair writes once | – | – |
//! | decision | | | read; the chair writes once | read, once the panel has decided | read, once the panel has decided |
//! | why it was decided so | | | read | read, once the panel has decided | – |
//!
//! Nobody reads anything about a candidate from whom they are recused. The server alone goes on to moderation and to the end.

use entity::panels::kinds::PanelStatus;
use entity::panels::{
    application, interview_panel, moderated_score, panel_decision, panellist, score, vacancy,
};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::panels::sits_on;
use super::vacancies::{Apply, has_applied, recruits};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

/// The panel has come to one of these states.
fn has_come_to<E: EntityTrait>(rows: &Rows<E>, panel: E::Column, states: &[&'static str]) -> Expr {
    rows.exists::<interview_panel::Entity>(|of| {
        Condition::all()
            .add(of.matches(interview_panel::Column::Id, rows, panel))
            .add(
                of.column(interview_panel::Column::Status)
                    .is_in(states.iter().copied()),
            )
    })
}

/// The viewer recruits for the vacancy of a panel, and has not applied for it.
fn recruits_for<E: EntityTrait>(rows: &Rows<E>, panel: E::Column) -> Expr {
    rows.exists::<interview_panel::Entity>(|of| {
        Condition::all()
            .add(of.matches(interview_panel::Column::Id, rows, panel))
            .add(recruits(of, interview_panel::Column::VacancyId))
            .add(has_applied(of, interview_panel::Column::VacancyId).not())
    })
}

impl Scoped for score::Entity {
    /// Of candidates that the viewer sees: their own, those of whom they support, and once all are in those of the others.
    fn scope(rows: &Rows<Self>) -> Scope {
        let by_them = rows.exists::<panellist::Entity>(|who| {
            let them = Condition::any()
                .add(who.is(panellist::Column::PersonId, ViewerFact::Person))
                .add(who.is(panellist::Column::SupporterPersonId, ViewerFact::Person));
            Condition::all()
                .add(who.matches(panellist::Column::Id, rows, score::Column::PanellistId))
                .add(them)
        });
        let once_all_are_in = Condition::all()
            .add(sits_on(rows, score::Column::PanelId))
            .add(has_come_to(
                rows,
                score::Column::PanelId,
                &["MODERATING", "DECIDED"],
            ));
        Scope::through::<_, application::Entity>(rows, score::Column::ApplicationId)
            .and(Condition::any().add(by_them).add(once_all_are_in))
    }
}

impl Scoped for moderated_score::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, application::Entity>(rows, moderated_score::Column::ApplicationId)
            .and(Condition::all().add(sits_on(rows, moderated_score::Column::PanelId)))
    }
}

impl Scoped for panel_decision::Entity {
    /// The panel; once it has decided, the candidate and whoever recruits.
    fn scope(rows: &Rows<Self>) -> Scope {
        use panel_decision::Column as C;
        let own = rows.exists::<application::Entity>(|of| {
            Condition::all()
                .add(of.matches(application::Column::Id, rows, C::ApplicationId))
                .add(of.is(application::Column::PersonId, ViewerFact::Person))
        });
        let once_decided = Condition::all()
            .add(has_come_to(rows, C::PanelId, &["DECIDED"]))
            .add(Condition::any().add(own).add(recruits_for(rows, C::PanelId)));
        Scope::through::<_, application::Entity>(rows, C::ApplicationId)
            .and(Condition::any().add(sits_on(rows, C::PanelId)).add(once_decided))
    }
}

/// Who may read why a panel decided so: the panel, and whoever recruits.
#[must_use]
pub fn decision_reason_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<panel_decision::Entity>::new(alias, backend);
    Condition::any()
        .add(sits_on(&rows, panel_decision::Column::PanelId))
        .add(recruits_for(&rows, panel_decision::Column::PanelId))
}

/// Leave to hand in scores.
#[derive(Debug)]
pub struct EnterScores;
/// Leave for what follows by itself from a step of a panel or of a candidate: the server's own.
#[derive(Debug)]
pub struct FollowPanel;

/// Whether the viewer may hand in scores of a panellist: the panellist, and who supports them.
#[must_use]
pub fn may_enter_scores(viewer: &Viewer, panellist: Uuid, supporter: Option<Uuid>) -> bool {
    let person = viewer.person();
    person.is_some() && (person == Some(panellist) || person == supporter)
}

/// Leave to hand in scores of a panellist.
///
/// # Errors
/// [`Denied`] unless [`may_enter_scores`], and once the panellist has stood down.
pub fn enter_scores(
    viewer: &Viewer,
    panellist: panellist::Model,
) -> Result<Permit<EnterScores, panellist::Model>, Denied> {
    let supporter = panellist.supporter_person_id.map(|id| id.0);
    let allowed = may_enter_scores(viewer, panellist.person_id.0, supporter);
    Permit::when(allowed && panellist.stood_down_at.is_none(), panellist)
}

/// The server's own leave to go on with a panel that has done what its state asks for.
///
/// # Errors
/// [`Denied`] while something is open, and in states that the server does not end.
pub fn follow_panel(
    panel: interview_panel::Model,
    is_done: bool,
) -> Result<Permit<FollowPanel, interview_panel::Model>, Denied> {
    let ends_by_itself = matches!(panel.status, PanelStatus::Scoring | PanelStatus::Moderating);
    Permit::when(is_done && ends_by_itself, panel)
}

/// What follows for an application.
///
/// # Errors
/// [`Denied`] for an application for another vacancy.
pub fn follow_application<A>(
    panel: &Permit<A, interview_panel::Model>,
    application: application::Model,
) -> Result<Permit<FollowPanel, application::Model>, Denied> {
    Permit::when(application.vacancy_id == panel.model().vacancy_id, application)
}

/// What follows for the vacancy.
///
/// # Errors
/// [`Denied`] for another vacancy.
pub fn follow_vacancy<A>(
    panel: &Permit<A, interview_panel::Model>,
    vacancy: vacancy::Model,
) -> Result<Permit<FollowPanel, vacancy::Model>, Denied> {
    Permit::when(vacancy.id == panel.model().vacancy_id, vacancy)
}

/// What follows for the vacancy from the answer to an offer.
///
/// # Errors
/// [`Denied`] for another vacancy.
pub fn follow_answer(
    answer: &Permit<Apply, application::Model>,
    vacancy: vacancy::Model,
) -> Result<Permit<FollowPanel, vacancy::Model>, Denied> {
    Permit::when(vacancy.id == answer.model().vacancy_id, vacancy)
}
