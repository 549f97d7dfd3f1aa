//! Organisations, their sites and services, and areas.

use entity::list::EnumList;
use entity::parties::kinds::{
    ClientGroup, CqcRating, GeographyLevel, IdentifierScheme, Nation, OrganisationKind, OrganisationStatus,
    ServiceDelivery, ServiceKind,
};
use entity::parties::{geography, organisation, organisation_identifier, service, site, site_identifier};

use super::{canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use OrganisationKind as K;
    use OrganisationStatus as S;
    for (name, kind, status) in [
        ("ashdown-council", K::Council, S::Active),
        ("birch-care", K::CareProvider, S::Active),
        ("cedar-voices", K::UserLed, S::Active),
        ("dale-university", K::Research, S::Active),
        ("elm-care", K::CareProvider, S::Pending),
        ("fernley-council", K::Council, S::Active),
        ("gorse-voices", K::UserLed, S::Active),
        ("hazel-trust", K::NhsTrust, S::Suspended),
        ("ivy-care", K::CareProvider, S::Closed),
    ] {
        rows.organisation.push(organisation(name, kind, status));
    }
    rows.organisation[8].successor_id = Some(key("organisation", "birch-care"));
    rows.organisation[4].parent_id = Some(key("organisation", "birch-care"));

    rows.geography.push(geography(
        "ashdown-region",
        GeographyLevel::Region,
        None,
        "E12000099",
    ));
    rows.geography.push(geography(
        "ashdown",
        GeographyLevel::LocalAuthority,
        Some("ashdown-region"),
        "E10000999",
    ));
    rows.geography[1].organisation_id = Some(key("organisation", "ashdown-council"));

    for (owner, value) in [
        ("ashdown-council", "ASH1"),
        ("birch-care", "BRC1"),
        ("elm-care", "CANARYELM"),
    ] {
        rows.organisation_identifier.push(identifier(owner, value));
    }
    for (name, owner) in [("birch-house", "birch-care"), ("elm-house", "elm-care")] {
        rows.site.push(site(name, owner));
        rows.site_identifier.push(site_identifier(name));
        rows.service.push(service(
            &format!("{name}-support"),
            owner,
            Some(name),
            Some("ashdown-council"),
        ));
    }
    rows.service
        .push(service("home-support", "birch-care", None, Some("elm-care")));
}

/// An organisation that opened in 2020.
pub fn organisation(name: &str, kind: OrganisationKind, status: OrganisationStatus) -> organisation::Model {
    organisation::Model {
        id: key("organisation", name),
        name: canary("organisation", name, "name"),
        kind,
        nation: Nation::England,
        status,
        parent_id: None,
        successor_id: None,
        opened_on: Some(day("2020-04-01")),
        closed_on: None,
        summary: Some(canary("organisation", name, "summary")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn geography(name: &str, level: GeographyLevel, parent: Option<&str>, gss: &str) -> geography::Model {
    geography::Model {
        id: key("geography", name),
        gss: Some(gss.to_owned()),
        cassr: None,
        local_code: None,
        name: canary("geography", name, "name"),
        level,
        parent_id: parent.map(|parent| key("geography", parent)),
        valid_from: None,
        valid_to: None,
        successor_id: None,
        organisation_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn identifier(owner: &str, value: &str) -> organisation_identifier::Model {
    organisation_identifier::Model {
        id: key("organisation_identifier", owner),
        organisation_id: key("organisation", owner),
        scheme: IdentifierScheme::Ods,
        value: value.to_owned(),
        valid_from: Some(day("2020-04-01")),
        valid_to: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn site(name: &str, owner: &str) -> site::Model {
    site::Model {
        id: key("site", name),
        organisation_id: key("organisation", owner),
        name: canary("site", name, "name"),
        uprn: Some(canary("site", name, "uprn")),
        postcode: Some(canary("site", name, "postcode")),
        latitude: Some(51.5),
        longitude: Some(-1.25),
        local_authority_id: Some(key("geography", "ashdown")),
        beds: Some(12),
        cqc_rating: Some(CqcRating::Good),
        rating_on: Some(day("2025-06-01")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn site_identifier(of: &str) -> site_identifier::Model {
    site_identifier::Model {
        id: key("site_identifier", of),
        site_id: key("site", of),
        scheme: IdentifierScheme::Ods,
        value: if of == "elm-house" { "CANARYELMH" } else { "BRCH1" }.to_owned(),
        valid_from: None,
        valid_to: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn service(name: &str, provider: &str, site: Option<&str>, commissioner: Option<&str>) -> service::Model {
    service::Model {
        id: key("service", name),
        provider_organisation_id: key("organisation", provider),
        site_id: site.map(|site| key("site", site)),
        commissioner_organisation_id: commissioner.map(|commissioner| key("organisation", commissioner)),
        name: canary("service", name, "name"),
        kind: ServiceKind::SupportedLiving,
        delivery: ServiceDelivery::Commissioned,
        client_groups: EnumList::new([ClientGroup::OlderPeople, ClientGroup::Dementia]),
        starts_on: day("2024-04-01"),
        ends_on: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
