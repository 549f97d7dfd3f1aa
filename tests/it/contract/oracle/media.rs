//! Files that people upload.

use entity::media::media;
use entity::parties::kinds::Role;

use super::Oracle;

impl Oracle<'_> {
    /// Whose own it is; the administrator of its organisation; its systems, where one of them uploaded it; whoever may read what points to
    /// it, or to the recording whose captions or transcript it is.
    pub(super) fn media(&self, row: &media::Model) -> bool {
        let mut recordings = self
            .rows
            .media
            .iter()
            .filter(|of| of.caption_media_id == Some(row.id) || of.transcript_media_id == Some(row.id));
        self.reaches(row) || recordings.any(|recording| self.reaches(recording))
    }

    fn reaches(&self, row: &media::Model) -> bool {
        let mut applications = self.rows.application.iter();
        let mut renditions = self.rows.rendition.iter();
        let mut adoptions = self.rows.adoption.iter();
        let mut shown = self.rows.adoption_evidence.iter();
        let is_own = row.organisation_id.is_none();
        is_own
            && row
                .uploaded_by_person_id
                .is_some_and(|person| self.viewer.is(person))
            || row
                .organisation_id
                .is_some_and(|organisation| self.viewer.administers(organisation))
            || row.uploaded_by_person_id.is_none()
                && row
                    .organisation_id
                    .is_some_and(|organisation| self.viewer.has_role(Role::Integration, organisation))
            || applications.any(|of| of.media_id == Some(row.id) && self.application(of))
            || renditions.any(|of| of.media_id == Some(row.id) && self.rendition(of))
            || adoptions.any(|of| of.evidence_media_id == Some(row.id) && self.adoption(of))
            || shown.any(|of| of.media_id == Some(row.id) && self.adoption_evidence(of))
    }
}
