//! Releases are everybody's once they are published; a draft is its publisher's.

use entity::parties::kinds::Role;
use entity::releases::kinds::ReleaseStatus;
use entity::releases::{published_figure, release};

use super::Oracle;

impl Oracle<'_> {
    /// Everybody, but for drafts and what was discarded: those are the publisher's administrator's and commissioners', and, where the
    /// server's operator loaded the figures, whoever's who runs the platform.
    pub(super) fn release(&self, row: &release::Model) -> bool {
        let is_own = row.publisher_organisation_id.map_or_else(
            || self.viewer.runs_the_platform(),
            |of| self.viewer.administers(of) || self.viewer.has_role(Role::Commissioner, of),
        );
        row.status == ReleaseStatus::Published || is_own
    }

    /// With the release.
    pub(super) fn published_figure(&self, row: &published_figure::Model) -> bool {
        self.sees("Release", row.release_id.0)
    }
}
