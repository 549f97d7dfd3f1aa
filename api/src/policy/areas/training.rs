//! Courses and who completed them: who may see and do what.
//!
//! | | public | known | the person | administrator of the organisation that gives the course |
//! |---|---|---|---|---|
//! | course | – | read | read | write |
//! | that somebody completed it | – | – | own | write |
//!
//! Which courses there are is open to everybody who signs in: a panel can ask its panellists for the training of any
//! organisation. Nobody records their own training.

use entity::panels::{training_course, training_record};
use entity::parties::organisation;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact, is_true};

impl Scoped for training_course::Entity {
    fn scope(_: &Rows<Self>) -> Scope {
        Scope::when(Condition::all().add(is_true(ViewerFact::IsKnown)))
    }
}

impl Scoped for training_record::Entity {
    /// The person, and the administrator of the organisation that gives the course.
    fn scope(rows: &Rows<Self>) -> Scope {
        let gives_it = rows.exists::<training_course::Entity>(|course| {
            Condition::all()
                .add(course.matches(
                    training_course::Column::Id,
                    rows,
                    training_record::Column::CourseId,
                ))
                .add(course.among(
                    training_course::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::any()
                .add(rows.is(training_record::Column::PersonId, ViewerFact::Person))
                .add(gives_it),
        )
    }
}

/// Leave to write the courses of an organisation, and who completed them.
#[derive(Debug)]
pub struct ManageTraining;

/// Whether the viewer may write the courses of an organisation: its administrator.
#[must_use]
pub fn may_manage_training(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to add a course.
///
/// # Errors
/// [`Denied`] unless [`may_manage_training`].
pub fn create_course(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<ManageTraining, organisation::Model>, Denied> {
    Permit::when(may_manage_training(viewer, organisation.id.0), organisation)
}

/// Leave to change a course, and to record who completed it.
///
/// # Errors
/// [`Denied`] unless [`may_manage_training`].
pub fn manage_course(
    viewer: &Viewer,
    course: training_course::Model,
) -> Result<Permit<ManageTraining, training_course::Model>, Denied> {
    Permit::when(may_manage_training(viewer, course.organisation_id.0), course)
}

/// Whether the viewer may record that somebody completed a course of an organisation: its administrator, and never for
/// themselves.
#[must_use]
pub fn may_record_training(viewer: &Viewer, organisation: Uuid, person: Uuid) -> bool {
    may_manage_training(viewer, organisation) && viewer.person() != Some(person)
}

/// Leave to record that a person completed a course.
///
/// # Errors
/// [`Denied`] unless [`may_record_training`].
pub fn record_training(
    viewer: &Viewer,
    course: training_course::Model,
    person: Uuid,
) -> Result<Permit<ManageTraining, training_course::Model>, Denied> {
    let allowed = may_record_training(viewer, course.organisation_id.0, person);
    Permit::when(allowed, course)
}

/// Leave to change the record that somebody completed this course.
///
/// # Errors
/// [`Denied`] unless [`may_record_training`], and for the record of another course.
pub fn update_record(
    viewer: &Viewer,
    course: &training_course::Model,
    record: training_record::Model,
) -> Result<Permit<ManageTraining, training_record::Model>, Denied> {
    let allowed = may_record_training(viewer, course.organisation_id.0, record.person_id.0);
    Permit::when(allowed && record.course_id == course.id, record)
}
