//! One full row of each table of what people write together.

use entity::id::{
    AdoptionEvidenceId, AdoptionId, BoardId, ContributionId, ContributorId, GeographyId, InitiativeId,
    OrganisationId, PersonId, RenditionId, ResourceId, ResourceReviewId, ResourceVersionId, ServiceId,
};
use entity::list::{EnumList, TextList};
use entity::parties::kinds::{ClientGroup, InformationFormat};
use entity::private::Private;
use entity::resources::kinds::{
    AdoptionStatus, ContributorRole, ResourceKind, ResourceStatus, ResourceVersionStatus, ReviewVerdict,
};
use entity::resources::{
    adoption, adoption_evidence, contributor, rendition, resource, resource_review, resource_version,
};

use super::{date, id, instant};

pub fn resource() -> resource::Model {
    resource::Model {
        id: ResourceId(id(70)),
        owner_organisation_id: OrganisationId(id(1)),
        initiative_id: Some(InitiativeId(id(19))),
        board_id: Some(BoardId(id(21))),
        kind: ResourceKind::Guide,
        title: "title".to_owned(),
        topics: TextList(vec!["topic".to_owned()]),
        target_groups: EnumList::new([ClientGroup::Carers]),
        status: ResourceStatus::Published,
        signer_person_id: Some(PersonId(id(7))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn resource_version() -> resource_version::Model {
    resource_version::Model {
        id: ResourceVersionId(id(71)),
        resource_id: ResourceId(id(70)),
        number: 3,
        status: ResourceVersionStatus::Withdrawn,
        title: "title".to_owned(),
        summary: Some("summary".to_owned()),
        body: Some("body".to_owned()),
        language: "en".to_owned(),
        licence: Some("CC-BY-4.0".to_owned()),
        content_revision: 3,
        submitted_at: Some(instant()),
        signed_off_by_person_id: Some(PersonId(id(7))),
        signed_off_at: Some(instant()),
        published_at: Some(instant()),
        superseded_at: Some(instant()),
        withdrawn_at: Some(instant()),
        withdrawn_reason: Some("reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn contributor() -> contributor::Model {
    contributor::Model {
        id: ContributorId(id(72)),
        resource_id: ResourceId(id(70)),
        resource_version_id: ResourceVersionId(id(71)),
        person_id: Some(PersonId(id(7))),
        organisation_id: None,
        role: ContributorRole::Editor,
        lived_experience: true,
        lead: true,
        credit_name: Some(Private::new("credit name".to_owned())),
        contribution_id: Some(ContributionId(id(60))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn rendition() -> rendition::Model {
    rendition::Model {
        id: RenditionId(id(73)),
        resource_id: ResourceId(id(70)),
        resource_version_id: ResourceVersionId(id(71)),
        format: InformationFormat::EasyRead,
        language: "en".to_owned(),
        media_id: None,
        body: Some("body".to_owned()),
        checked_by_organisation_id: Some(OrganisationId(id(1))),
        checked_by_person_id: Some(PersonId(id(7))),
        checked_at: Some(instant()),
        checked_content_revision: Some(3),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn resource_review() -> resource_review::Model {
    resource_review::Model {
        id: ResourceReviewId(id(74)),
        resource_id: ResourceId(id(70)),
        resource_version_id: ResourceVersionId(id(71)),
        contributor_id: ContributorId(id(72)),
        content_revision: 3,
        verdict: ReviewVerdict::Changes,
        comment: "comment".to_owned(),
        resolution: Some("resolution".to_owned()),
        resolved_at: Some(instant()),
        resolved_by_person_id: Some(PersonId(id(7))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn adoption() -> adoption::Model {
    adoption::Model {
        id: AdoptionId(id(75)),
        resource_id: ResourceId(id(70)),
        resource_version_id: ResourceVersionId(id(71)),
        organisation_id: OrganisationId(id(1)),
        service_id: Some(ServiceId(id(5))),
        geography_id: Some(GeographyId(id(6))),
        status: AdoptionStatus::Withdrawn,
        pledged_on: date(2026, 1, 31),
        adopted_on: Some(date(2026, 1, 31)),
        review_due_on: Some(date(2026, 1, 31)),
        renewed_on: Some(date(2026, 1, 31)),
        evidence: Some("evidence".to_owned()),
        evidence_media_id: None,
        evidenced_at: Some(instant()),
        withdrawn_at: Some(instant()),
        withdrawn_reason: Some("reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn adoption_evidence() -> adoption_evidence::Model {
    adoption_evidence::Model {
        id: AdoptionEvidenceId(id(76)),
        adoption_id: AdoptionId(id(75)),
        text: "text".to_owned(),
        media_id: Some(super::media::media().id),
        shown_at: instant(),
        by_user_id: Some(super::parties::user_account().id),
    }
}
