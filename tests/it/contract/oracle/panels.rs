//! Training, vacancies and interview panels.

use entity::panels::training_record;

use super::Oracle;

impl Oracle<'_> {
    /// Everybody who signs in.
    pub(super) fn training_course(&self) -> bool {
        self.viewer.is_known
    }

    /// The person, and the administrator of the organisation that gives the course.
    pub(super) fn training_record(&self, row: &training_record::Model) -> bool {
        let gives = |course: &&entity::panels::training_course::Model| course.id == row.course_id;
        self.viewer.is(row.person_id)
            || self
                .rows
                .training_course
                .iter()
                .find(gives)
                .is_some_and(|course| self.viewer.administers(course.organisation_id))
    }
}
