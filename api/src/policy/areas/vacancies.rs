//! Vacancies and applications: who may see and do what.
//!
//! | | public | known | the applicant | administrator of the recruiting organisation | chair of the seat's board |
//! |---|---|---|---|---|---|
//! | vacancy: draft | – | – | – | write | read |
//! | vacancy: announced | – | read | read | write | read |
//! | application | – | – | own: submit, withdraw | read | – |
//! | answers about equality, as numbers | – | – | – | read, after the closing time, none below eight | – |
//!
//! What a panel sees of the applications stands in [`super::panels`]. Whoever has applied for a vacancy sees no other
//! application for it, whatever else they are.

use chrono::{DateTime, Utc};
use entity::panels::{application, equality_tally, vacancy};
use entity::parties::organisation;
use sea_orm::EntityTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::panels::seen_by_the_panel;
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Parameter, Rows, Scope, Scoped, ViewerFact, has, is_true};

/// Fewer people than this could be told by their answers, so numbers below it are nobody's to read (`domain.md` 4,
/// disclosure control: 1 to 7 are suppressed).
pub const FEWEST_SHOWN: i32 = 8;

impl Scoped for vacancy::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let announced = Condition::all()
            .add(rows.column(vacancy::Column::AnnouncedAt).is_not_null())
            .add(is_true(ViewerFact::IsKnown));
        Scope::when(
            Condition::any()
                .add(announced)
                .add(rows.among(
                    vacancy::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(rows.among(vacancy::Column::BoardId, ViewerFact::ChairedBoards)),
        )
    }
}

/// The viewer administers the organisation that recruits for a vacancy.
pub(super) fn recruits<E: EntityTrait>(rows: &Rows<E>, vacancy_of: E::Column) -> Expr {
    let found = rows.exists::<vacancy::Entity>(|vacancy| {
        Condition::all()
            .add(vacancy.matches(vacancy::Column::Id, rows, vacancy_of))
            .add(vacancy.among(
                vacancy::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    has(ViewerFact::AdministeredOrganisations).and(found)
}

/// The viewer has applied for a vacancy.
pub(super) fn has_applied<E: EntityTrait>(rows: &Rows<E>, vacancy_of: E::Column) -> Expr {
    let found = rows.exists::<application::Entity>(|own| {
        Condition::all()
            .add(own.matches(application::Column::VacancyId, rows, vacancy_of))
            .add(own.is(application::Column::PersonId, ViewerFact::Person))
    });
    has(ViewerFact::Person).and(found)
}

impl Scoped for application::Entity {
    /// The applicant; whoever recruits and the panel, unless they have applied themselves.
    fn scope(rows: &Rows<Self>) -> Scope {
        let of_others = Condition::all()
            .add(has_applied(rows, application::Column::VacancyId).not())
            .add(
                Condition::any()
                    .add(recruits(rows, application::Column::VacancyId))
                    .add(seen_by_the_panel(rows)),
            );
        Scope::when(
            Condition::any()
                .add(rows.is(application::Column::PersonId, ViewerFact::Person))
                .add(of_others),
        )
    }
}

impl Scoped for equality_tally::Entity {
    /// Whoever recruits, once no application can come any more, and no number by which anybody could be told.
    fn scope(rows: &Rows<Self>) -> Scope {
        let is_over = rows.exists::<vacancy::Entity>(|vacancy| {
            Condition::all()
                .add(vacancy.matches(vacancy::Column::Id, rows, equality_tally::Column::VacancyId))
                .add(
                    vacancy
                        .column(vacancy::Column::ClosesAt)
                        .lte(Parameter::Now.expr()),
                )
                .add(vacancy.among(
                    vacancy::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::all()
                .add(rows.column(equality_tally::Column::People).gte(FEWEST_SHOWN))
                .add(is_over),
        )
    }
}

/// Leave to write the vacancies of an organisation.
#[derive(Debug)]
pub struct ManageVacancy;
/// Leave to apply, and to answer for one's application.
#[derive(Debug)]
pub struct Apply;

/// Whether the viewer may write the vacancies of an organisation: its administrator.
#[must_use]
pub fn may_manage_vacancies(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to draft a vacancy.
///
/// # Errors
/// [`Denied`] unless [`may_manage_vacancies`].
pub fn create_vacancy(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<ManageVacancy, organisation::Model>, Denied> {
    Permit::when(may_manage_vacancies(viewer, organisation.id.0), organisation)
}

/// Leave to change a vacancy and to move it on.
///
/// # Errors
/// [`Denied`] unless [`may_manage_vacancies`].
pub fn manage_vacancy(
    viewer: &Viewer,
    vacancy: vacancy::Model,
) -> Result<Permit<ManageVacancy, vacancy::Model>, Denied> {
    Permit::when(may_manage_vacancies(viewer, vacancy.organisation_id.0), vacancy)
}

/// Whether the viewer may apply at all: people do, for themselves.
#[must_use]
pub fn may_apply(viewer: &Viewer) -> bool {
    viewer.person().is_some()
}

/// Leave to apply for a vacancy, with the person who does.
///
/// # Errors
/// [`Denied`] for computer systems.
pub fn apply(viewer: &Viewer, vacancy: vacancy::Model) -> Result<Permit<Apply, vacancy::Model>, Denied> {
    Permit::when(may_apply(viewer), vacancy)
}

/// Whether an application is the viewer's own.
#[must_use]
pub fn may_answer_application(viewer: &Viewer, person: Uuid) -> bool {
    viewer.person() == Some(person)
}

/// Leave to take one's application back, and to answer an offer.
///
/// # Errors
/// [`Denied`] unless [`may_answer_application`].
pub fn answer_application(
    viewer: &Viewer,
    application: application::Model,
) -> Result<Permit<Apply, application::Model>, Denied> {
    Permit::when(
        may_answer_application(viewer, application.person_id.0),
        application,
    )
}

/// Leave to apply reaches the numbers of answers about equality, while applications are taken.
///
/// # Errors
/// [`Denied`] for another vacancy's numbers, and outside the time of application.
pub fn count_answer(
    applies: &Permit<Apply, vacancy::Model>,
    tally: equality_tally::Model,
    now: DateTime<Utc>,
) -> Result<Permit<Apply, equality_tally::Model>, Denied> {
    let vacancy = applies.model();
    let is_open = vacancy.opens_at <= now && now < vacancy.closes_at;
    Permit::when(is_open && tally.vacancy_id == vacancy.id, tally)
}
