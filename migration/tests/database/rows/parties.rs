//! One full row of each table of organisations, people and accounts.

use entity::id::{
    AccessNeedId, AffiliationId, BoardId, ConsentId, GeographyId, OrganisationId, OrganisationIdentifierId,
    PersonId, RoleGrantId, ServiceAccountId, ServiceAccountSecretId, ServiceId, SiteId, SiteIdentifierId,
    UserId,
};
use entity::list::{EnumList, TextList};
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ClientGroup, ConsentMethod, ConsentPurpose, ContactChannel,
    CqcRating, GeographyLevel, IdentifierScheme, InformationFormat, Nation, OrganisationKind,
    OrganisationStatus, Role, ScopeType, ServiceDelivery, ServiceKind, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation, organisation_identifier, person, role_grant,
    service, service_account, service_account_secret, site, site_identifier, user_account,
};
use entity::private::Private;

use super::{date, id, instant};

pub fn organisation() -> organisation::Model {
    organisation::Model {
        id: OrganisationId(id(1)),
        name: "name".to_owned(),
        kind: OrganisationKind::UserLed,
        nation: Nation::Wales,
        status: OrganisationStatus::Active,
        parent_id: None,
        successor_id: None,
        opened_on: Some(date(2025, 1, 31)),
        closed_on: Some(date(2026, 2, 28)),
        summary: Some("summary".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn organisation_identifier() -> organisation_identifier::Model {
    organisation_identifier::Model {
        id: OrganisationIdentifierId(id(2)),
        organisation_id: OrganisationId(id(1)),
        scheme: IdentifierScheme::Ods,
        value: "RGT01".to_owned(),
        valid_from: Some(date(2025, 1, 31)),
        valid_to: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn site() -> site::Model {
    site::Model {
        id: SiteId(id(3)),
        organisation_id: OrganisationId(id(1)),
        name: "name".to_owned(),
        uprn: Some("uprn".to_owned()),
        postcode: Some("postcode".to_owned()),
        latitude: Some(51.5),
        longitude: Some(-0.25),
        local_authority_id: Some(GeographyId(id(6))),
        beds: Some(12),
        cqc_rating: Some(CqcRating::Good),
        rating_on: Some(date(2026, 2, 28)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn site_identifier() -> site_identifier::Model {
    site_identifier::Model {
        id: SiteIdentifierId(id(4)),
        site_id: SiteId(id(3)),
        scheme: IdentifierScheme::Ods,
        value: "RGT02".to_owned(),
        valid_from: Some(date(2025, 1, 31)),
        valid_to: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn service() -> service::Model {
    service::Model {
        id: ServiceId(id(5)),
        provider_organisation_id: OrganisationId(id(1)),
        site_id: Some(SiteId(id(3))),
        commissioner_organisation_id: Some(OrganisationId(id(1))),
        name: "name".to_owned(),
        kind: ServiceKind::SupportedLiving,
        delivery: ServiceDelivery::Commissioned,
        client_groups: EnumList::new([ClientGroup::OlderPeople, ClientGroup::Carers]),
        starts_on: date(2025, 1, 31),
        ends_on: Some(date(2026, 2, 28)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn geography() -> geography::Model {
    geography::Model {
        id: GeographyId(id(6)),
        gss: Some("gss".to_owned()),
        cassr: Some("cassr".to_owned()),
        local_code: Some("local code".to_owned()),
        name: "name".to_owned(),
        level: GeographyLevel::LocalAuthority,
        parent_id: None,
        valid_from: Some(date(2025, 1, 31)),
        valid_to: Some(date(2026, 2, 28)),
        successor_id: None,
        organisation_id: Some(OrganisationId(id(1))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn person() -> person::Model {
    person::Model {
        id: PersonId(id(7)),
        display_name: "display name".to_owned(),
        legal_name: Some(Private::new("legal name".to_owned())),
        email: Some(Private::new("email".to_owned())),
        phone: Some(Private::new("phone".to_owned())),
        preferred_format: InformationFormat::EasyRead,
        preferred_channel: ContactChannel::Telephone,
        language: "cy".to_owned(),
        anonymised_at: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn user_account() -> user_account::Model {
    user_account::Model {
        id: UserId(id(8)),
        person_id: PersonId(id(7)),
        issuer: "issuer".to_owned(),
        subject: "subject".to_owned(),
        status: UserStatus::Active,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn service_account() -> service_account::Model {
    service_account::Model {
        id: ServiceAccountId(id(9)),
        organisation_id: OrganisationId(id(1)),
        name: "name".to_owned(),
        client_id: "client id".to_owned(),
        scopes: TextList(vec!["boards:read".to_owned()]),
        expires_at: instant(),
        revoked_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn service_account_secret() -> service_account_secret::Model {
    service_account_secret::Model {
        id: ServiceAccountSecretId(id(10)),
        service_account_id: ServiceAccountId(id(9)),
        secret_hash: "secret hash".to_owned(),
        created_at: instant(),
        expires_at: instant(),
        revoked_at: Some(instant()),
    }
}

pub fn affiliation() -> affiliation::Model {
    affiliation::Model {
        id: AffiliationId(id(11)),
        person_id: PersonId(id(7)),
        organisation_id: OrganisationId(id(1)),
        kind: AffiliationKind::Trustee,
        from_on: date(2025, 1, 31),
        to_on: Some(date(2026, 2, 28)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn access_need() -> access_need::Model {
    access_need::Model {
        id: AccessNeedId(id(12)),
        person_id: PersonId(id(7)),
        category: AccessNeedCategory::Timing,
        code: "code".to_owned(),
        detail: Some(Private::new("detail".to_owned())),
        review_due_on: Some(date(2026, 2, 28)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn consent() -> consent::Model {
    consent::Model {
        id: ConsentId(id(13)),
        person_id: PersonId(id(7)),
        purpose: ConsentPurpose::ShareWithOrganisation,
        grantee_organisation_id: Some(OrganisationId(id(1))),
        given_at: instant(),
        method: ConsentMethod::Spoken,
        withdrawn_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn role_grant() -> role_grant::Model {
    role_grant::Model {
        id: RoleGrantId(id(14)),
        user_id: Some(UserId(id(8))),
        service_account_id: None,
        role: Role::Chair,
        scope_type: ScopeType::Board,
        organisation_id: None,
        partnership_id: None,
        board_id: Some(BoardId(id(21))),
        valid_from: instant(),
        valid_to: Some(instant()),
        reason: Some("reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
