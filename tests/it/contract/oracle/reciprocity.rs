//! What people get for taking part.

use entity::reciprocity::contribution;

use super::Oracle;

impl Oracle<'_> {
    /// The person, and the administrator of the organisation that pays. Nobody else.
    pub(super) fn contribution(&self, row: &contribution::Model) -> bool {
        self.viewer.is(row.person_id) || self.viewer.administers(row.organisation_id)
    }
}
