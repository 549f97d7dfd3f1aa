//! Training, vacancies and interview panels.

use entity::id::{PersonId, VacancyId};
use entity::panels::{application, equality_tally, training_record, vacancy};

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

    fn vacancy_of(&self, id: VacancyId) -> &vacancy::Model {
        self.rows.vacancy.iter().find(|vacancy| vacancy.id == id).unwrap()
    }

    /// Everybody who signs in, once it was announced; before that whoever recruits, and the chair of the seat's board.
    pub(super) fn vacancy(&self, row: &vacancy::Model) -> bool {
        (self.viewer.is_known && row.announced_at.is_some())
            || self.viewer.administers(row.organisation_id)
            || row.board_id.is_some_and(|board| self.viewer.chairs(board))
    }

    fn recruits(&self, vacancy: VacancyId) -> bool {
        self.viewer.administers(self.vacancy_of(vacancy).organisation_id)
    }

    fn has_applied(&self, vacancy: VacancyId) -> bool {
        let own = |of: &application::Model| of.vacancy_id == vacancy && self.viewer.is(of.person_id);
        self.rows.application.iter().any(own)
    }

    /// Their own; and for whoever recruits those of others, unless they have applied themselves.
    pub(super) fn application(&self, row: &application::Model) -> bool {
        self.viewer.is(row.person_id) || (self.recruits(row.vacancy_id) && !self.has_applied(row.vacancy_id))
    }

    /// Whoever recruits, after the closing time, where nobody can be told.
    pub(super) fn equality_tally(&self, row: &equality_tally::Model) -> bool {
        let is_over = self.vacancy_of(row.vacancy_id).closes_at <= self.now;
        row.people >= 8 && is_over && self.recruits(row.vacancy_id)
    }

    /// Whether the viewer sees an application of theirs.
    pub(super) fn sees_them_at_a_panel(&self, person: PersonId) -> bool {
        let mut applications = self.rows.application.iter().filter(|of| of.person_id == person);
        applications.any(|of| self.application(of))
    }
}
