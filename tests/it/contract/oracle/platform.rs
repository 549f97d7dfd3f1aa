//! The audit.

use entity::platform::audit_event;

use super::Oracle;

impl Oracle<'_> {
    /// Whoever did it, the person whose special-category data were read, the administrator of the organisation it was done for, the platform's administrator.
    pub(super) fn audit_event(&self, row: &audit_event::Model) -> bool {
        (row.actor_user_id.is_some() && row.actor_user_id == self.viewer.user)
            || row
                .acting_organisation_id
                .is_some_and(|organisation| self.viewer.administers(organisation))
            || row.subject_person_id.is_some_and(|person| self.viewer.is(person))
            || self.viewer.runs_the_platform()
    }
}
