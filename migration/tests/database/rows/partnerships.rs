//! One full row of each table of partnerships and agreements.

use entity::id::{
    AgreementPartyId, DataSharingAgreementId, OrganisationId, PartnershipId, PartnershipMemberId, UserId,
};
use entity::list::EnumList;
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, LawfulBasis, PartnershipMemberStatus, PartnershipRole, PartnershipStatus,
    SpecialCategoryCondition,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};

use super::{date, id, instant};

pub fn partnership() -> partnership::Model {
    partnership::Model {
        id: PartnershipId(id(15)),
        name: "name".to_owned(),
        purpose: "purpose".to_owned(),
        status: PartnershipStatus::Active,
        starts_on: date(2025, 1, 31),
        ends_on: Some(date(2026, 2, 28)),
        lead_organisation_id: OrganisationId(id(1)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn partnership_member() -> partnership_member::Model {
    partnership_member::Model {
        id: PartnershipMemberId(id(16)),
        partnership_id: PartnershipId(id(15)),
        organisation_id: OrganisationId(id(1)),
        role: PartnershipRole::UserLed,
        status: PartnershipMemberStatus::Active,
        invited_at: instant(),
        joined_on: Some(date(2026, 2, 28)),
        left_on: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn data_sharing_agreement() -> data_sharing_agreement::Model {
    data_sharing_agreement::Model {
        id: DataSharingAgreementId(id(17)),
        partnership_id: PartnershipId(id(15)),
        title: "title".to_owned(),
        purpose: "purpose".to_owned(),
        categories: EnumList::new([DataCategory::Boards, DataCategory::Memberships]),
        lawful_basis: LawfulBasis::PublicTask,
        art9_condition: Some(SpecialCategoryCondition::HealthOrSocialCare),
        dpia_reference: Some("dpia reference".to_owned()),
        status: AgreementStatus::Terminated,
        starts_on: date(2025, 1, 31),
        expires_on: date(2027, 1, 1),
        terminated_at: Some(instant()),
        terminated_by_organisation_id: Some(OrganisationId(id(1))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn agreement_party() -> agreement_party::Model {
    agreement_party::Model {
        id: AgreementPartyId(id(18)),
        agreement_id: DataSharingAgreementId(id(17)),
        organisation_id: OrganisationId(id(1)),
        signed_at: Some(instant()),
        signed_by_user_id: Some(UserId(id(8))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
