//! What people write together, and who adopted it.

use entity::id::{OrganisationId, PersonId, ResourceId, ResourceVersionId};
use entity::parties::kinds::ConsentPurpose;
use entity::resources::kinds::{AdoptionStatus, ResourceStatus, ResourceVersionStatus};
use entity::resources::{
    adoption, adoption_evidence, contributor, rendition, resource, resource_review, resource_version,
};

use super::Oracle;

impl Oracle<'_> {
    fn resource_of(&self, id: ResourceId) -> &resource::Model {
        self.rows.resource.iter().find(|row| row.id == id).unwrap()
    }

    fn version_of(&self, id: ResourceVersionId) -> &resource_version::Model {
        self.rows
            .resource_version
            .iter()
            .find(|row| row.id == id)
            .unwrap()
    }

    /// The owner's administrator, the chair of the board that asked, the designated signer.
    fn runs_resource(&self, row: &resource::Model) -> bool {
        self.viewer.administers(row.owner_organisation_id)
            || row.board_id.is_some_and(|board| self.viewer.chairs(board))
            || row.signer_person_id.is_some_and(|person| self.viewer.is(person))
    }

    /// It is they who contribute, or an organisation that they administer.
    fn is_in(&self, person: Option<PersonId>, organisation: Option<OrganisationId>) -> bool {
        person.is_some_and(|person| self.viewer.is(person))
            || organisation.is_some_and(|organisation| self.viewer.administers(organisation))
    }

    fn contributes(&self, to: impl Fn(&contributor::Model) -> bool) -> bool {
        let mut contributors = self.rows.contributor.iter();
        contributors.any(|of| to(of) && self.is_in(of.person_id, of.organisation_id))
    }

    /// Once published everybody; before that those who run it and those who contribute to any version.
    pub(super) fn resource(&self, row: &resource::Model) -> bool {
        row.status != ResourceStatus::Draft
            || self.runs_resource(row)
            || self.contributes(|of| of.resource_id == row.id)
    }

    fn works_on(&self, version: ResourceVersionId) -> bool {
        let row = self.version_of(version);
        self.runs_resource(self.resource_of(row.resource_id))
            || self.contributes(|of| of.resource_version_id == version)
    }

    fn stands(&self, version: ResourceVersionId) -> bool {
        use ResourceVersionStatus as S;
        matches!(self.version_of(version).status, S::Published | S::Superseded)
    }

    /// What stands everybody; the rest those who work on this very version, and what they adopted its adopters.
    pub(super) fn resource_version(&self, row: &resource_version::Model) -> bool {
        let has_adopted = self
            .rows
            .adoption
            .iter()
            .any(|of| of.resource_version_id == row.id && self.viewer.administers(of.organisation_id));
        self.stands(row.id) || self.works_on(row.id) || has_adopted
    }

    /// With the version.
    pub(super) fn contributor(&self, row: &contributor::Model) -> bool {
        self.sees("ResourceVersion", row.resource_version_id.0)
    }

    /// Those who work on the version; everybody while the person consents to be named; organisations anyway.
    pub(super) fn credit(&self, row: &contributor::Model) -> bool {
        let is_named = match row.person_id {
            Some(person) => self.consents(person, ConsentPurpose::PublishName, None),
            None => true,
        };
        is_named || self.works_on(row.resource_version_id)
    }

    /// With the version, once checked as its text is now; otherwise those who work on the version.
    pub(super) fn rendition(&self, row: &rendition::Model) -> bool {
        let is_checked =
            row.checked_content_revision == Some(self.version_of(row.resource_version_id).content_revision);
        self.sees("ResourceVersion", row.resource_version_id.0)
            && (is_checked || self.works_on(row.resource_version_id))
    }

    /// Those who work on the version.
    pub(super) fn who_checked(&self, row: &rendition::Model) -> bool {
        self.works_on(row.resource_version_id)
    }

    /// Those who work on the version.
    pub(super) fn resource_review(&self, row: &resource_review::Model) -> bool {
        self.works_on(row.resource_version_id)
    }

    /// The adopter and the owner; everybody while it stands and the version does.
    pub(super) fn adoption(&self, row: &adoption::Model) -> bool {
        let is_public = row.status != AdoptionStatus::Withdrawn && self.stands(row.resource_version_id);
        is_public
            || self.viewer.administers(row.organisation_id)
            || self
                .viewer
                .administers(self.resource_of(row.resource_id).owner_organisation_id)
    }

    /// With the adoption.
    pub(super) fn adoption_evidence(&self, row: &adoption_evidence::Model) -> bool {
        self.sees("Adoption", row.adoption_id.0)
    }
}
