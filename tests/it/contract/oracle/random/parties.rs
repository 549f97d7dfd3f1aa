//! Organisations and people by chance.

use entity::list::EnumList;
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ConsentMethod, ConsentPurpose, CqcRating, GeographyLevel,
    IdentifierScheme, Nation, OrganisationKind, OrganisationStatus, ServiceDelivery, ServiceKind, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation_identifier, service, site, site_identifier,
};
use harness::{Rows, world};

use super::{Dice, ORGANISATIONS, PEOPLE, day, days, key, now};

pub fn parties(rows: &mut Rows, dice: &mut Dice<'_>) {
    use OrganisationStatus as S;
    rows.geography
        .extend(["area", "lane"].map(|name| geography::Model {
            id: key("geography", name),
            gss: None,
            cassr: None,
            local_code: None,
            name: name.to_owned(),
            level: GeographyLevel::LocalAuthority,
            parent_id: (name == "lane").then(|| key("geography", "area")),
            valid_from: None,
            valid_to: None,
            successor_id: None,
            organisation_id: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        }));
    for name in ORGANISATIONS {
        let status = dice.pick(&[S::Active, S::Active, S::Pending, S::Suspended, S::Closed]);
        let mut organisation = world::organisation(name, OrganisationKind::Council, status);
        organisation.nation = Nation::Wales;
        let registered_by = dice.pick(&[Some(PEOPLE[0]), None, Some(PEOPLE[1])]);
        organisation.created_by = registered_by.map(|person| key("user", person));
        organisation.parent_id = rows.organisation.first().map(|first| first.id);
        rows.organisation.push(organisation);
        rows.organisation_identifier.push(organisation_identifier::Model {
            id: key("organisation_identifier", name),
            organisation_id: key("organisation", name),
            scheme: IdentifierScheme::Ods,
            value: format!("RT{}", name.to_uppercase()),
            valid_from: None,
            valid_to: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
        rows.site.push(site_of(name));
        rows.site_identifier.push(site_identifier::Model {
            id: key("site_identifier", name),
            site_id: key("site", name),
            scheme: IdentifierScheme::Ods,
            value: format!("SI{}", name.to_uppercase()),
            valid_from: None,
            valid_to: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
    for name in ORGANISATIONS {
        let commissioner = dice.pick(&ORGANISATIONS);
        rows.service.push(service::Model {
            id: key("service", name),
            provider_organisation_id: key("organisation", name),
            site_id: Some(key("site", name)),
            commissioner_organisation_id: Some(key("organisation", commissioner)),
            name: name.to_owned(),
            kind: ServiceKind::Day,
            delivery: ServiceDelivery::Grant,
            client_groups: EnumList::default(),
            starts_on: day(-30),
            ends_on: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}

fn site_of(name: &str) -> site::Model {
    site::Model {
        id: key("site", name),
        organisation_id: key("organisation", name),
        name: name.to_owned(),
        uprn: None,
        postcode: None,
        latitude: None,
        longitude: None,
        local_authority_id: Some(key("geography", "lane")),
        beds: None,
        cqc_rating: Some(CqcRating::Good),
        rating_on: None,
        version: 1,
        created_at: days(-60),
        updated_at: days(-60),
        created_by: None,
    }
}

pub fn people(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in PEOPLE {
        rows.person.push(world::person(name));
        let mut account = world::user_account(name);
        account.status = dice.pick(&[UserStatus::Active; 7]);
        rows.user_account.push(account);
        for number in 0..2 {
            rows.access_need.push(access_need::Model {
                id: key("access_need", &format!("{name} {number}")),
                person_id: key("person", name),
                category: AccessNeedCategory::Timing,
                code: "BREAKS".to_owned(),
                detail: None,
                review_due_on: None,
                version: 1,
                created_at: days(-60),
                updated_at: days(-60),
                created_by: None,
            });
        }
        ties(rows, dice, name);
        consents(rows, dice, name);
    }
}

fn ties(rows: &mut Rows, dice: &mut Dice<'_>, person: &str) {
    use AffiliationKind as K;
    for number in 0..2 {
        let organisation = dice.pick(&ORGANISATIONS);
        let kind = dice.pick(&[
            K::Employee,
            K::Volunteer,
            K::ReceivesService,
            K::FamilyReceivesService,
        ]);
        let from = dice.pick(&[-100, -100, 0, 1]);
        let to = dice.pick(&[None, None, Some(0), Some(-1), Some(200)]);
        rows.affiliation.push(affiliation::Model {
            id: key("affiliation", &format!("{person} {number}")),
            person_id: key("person", person),
            organisation_id: key("organisation", organisation),
            kind,
            from_on: day(to.map_or(from, |to: i64| from.min(to))),
            to_on: to.map(day),
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}

fn consents(rows: &mut Rows, dice: &mut Dice<'_>, person: &str) {
    use ConsentPurpose as P;
    for purpose in [P::Contact, P::ShareAccessNeeds, P::PublishName] {
        let Some(grantee) = dice.pick(&[Some(None), None, Some(Some("one")), Some(Some("two"))]) else {
            continue;
        };
        rows.consent.push(consent::Model {
            id: key("consent", &format!("{person} {purpose}")),
            person_id: key("person", person),
            purpose,
            grantee_organisation_id: grantee.map(|grantee| key("organisation", grantee)),
            given_at: days(-30),
            method: ConsentMethod::Signed,
            withdrawn_at: dice.pick(&[None, None, Some(days(-1)), Some(now()), Some(days(1))]),
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}
