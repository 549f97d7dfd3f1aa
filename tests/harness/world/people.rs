//! People, their accounts, roles, ties, needs and consents.

use entity::list::TextList;
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ConsentMethod, ConsentPurpose, ContactChannel, InformationFormat,
    Role, ScopeType, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, person, role_grant, service_account, service_account_secret,
    user_account,
};
use entity::private::Private;

use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

/// Who the local issuer is, to the accounts of the world.
const ISSUER: &str = "urn:roundtable:local";

/// Viewers with a person and an account.
const ACCOUNTS: [&str; 11] = [
    "stranger",
    "visitor",
    "former-member",
    "board-member",
    "board-chair",
    "provider-user",
    "user-led-admin",
    "researcher",
    "council-admin",
    "platform-admin",
    // An account that was closed: its tokens are good, and open nothing.
    "gone",
];

/// People without an account.
const OTHERS: [&str; 9] = [
    "nominated",
    "invited",
    "interview",
    "offered",
    "on-leave",
    "declined",
    "withdrawn",
    "fernley-member",
    "quiet-member",
];

pub(super) fn fill(rows: &mut Rows) {
    for name in ACCOUNTS.into_iter().chain(OTHERS) {
        rows.person.push(person(name));
        rows.access_need.push(access_need(name));
    }
    rows.user_account.extend(ACCOUNTS.map(user_account));
    for account in &mut rows.user_account {
        if account.subject == "gone" {
            account.status = UserStatus::Closed;
        }
    }
    services(rows);
    grants(rows);
    ties(rows);
    consents(rows);
}

fn services(rows: &mut Rows) {
    for (name, owner) in [
        ("service-account", "ashdown-council"),
        ("service-account-fernley", "fernley-council"),
    ] {
        rows.service_account.push(service_account::Model {
            id: key("service_account", name),
            organisation_id: key("organisation", owner),
            name: canary("service_account", name, "name"),
            client_id: name.to_owned(),
            // The server passes over scopes it does not know.
            scopes: TextList(vec![
                "read".to_owned(),
                "write".to_owned(),
                canary("service_account", name, "scopes"),
            ]),
            expires_at: at("2027-01-01T00:00:00Z"),
            revoked_at: None,
            version: 1,
            created_at: recorded(),
            updated_at: recorded(),
            created_by: nobody(),
        });
        rows.service_account_secret.push(service_account_secret::Model {
            id: key("service_account_secret", name),
            service_account_id: key("service_account", name),
            secret_hash: canary("service_account_secret", name, "secret_hash"),
            created_at: recorded(),
            expires_at: at("2027-01-01T00:00:00Z"),
            revoked_at: None,
        });
    }
}

fn grants(rows: &mut Rows) {
    use Role as R;
    rows.role_grant
        .push(grant("platform-admin", R::PlatformAdmin, Where::Platform));
    for (user, role, organisation) in [
        ("council-admin", R::OrganisationAdmin, "ashdown-council"),
        ("user-led-admin", R::OrganisationAdmin, "cedar-voices"),
        ("provider-user", R::ProviderUser, "birch-care"),
        ("researcher", R::Researcher, "dale-university"),
        ("stranger", R::OrganisationAdmin, "fernley-council"),
        ("gone", R::OrganisationAdmin, "ashdown-council"),
    ] {
        rows.role_grant
            .push(grant(user, role, Where::Organisation(organisation)));
    }
    rows.role_grant
        .push(grant("board-chair", R::Chair, Where::Board("team-up")));
    let mut over = grant("former-member", R::Chair, Where::Board("team-up"));
    over.id = key("role_grant", "former-member-until-2025");
    over.valid_to = Some(at("2026-01-31T00:00:00Z"));
    rows.role_grant.push(over);
    let mut of_service = grant(
        "service-account",
        R::Integration,
        Where::Organisation("ashdown-council"),
    );
    of_service.user_id = None;
    of_service.service_account_id = Some(key("service_account", "service-account"));
    rows.role_grant.push(of_service);
}

fn ties(rows: &mut Rows) {
    use AffiliationKind as K;
    for (person, organisation, kind) in [
        ("council-admin", "ashdown-council", K::Employee),
        ("board-chair", "ashdown-council", K::Volunteer),
        ("board-member", "birch-care", K::ReceivesService),
        ("board-member", "cedar-voices", K::UserLedMember),
        ("visitor", "ashdown-council", K::FamilyReceivesService),
        ("user-led-admin", "cedar-voices", K::UserLedMember),
        ("provider-user", "birch-care", K::Employee),
        ("researcher", "dale-university", K::Employee),
        ("stranger", "fernley-council", K::Employee),
        ("fernley-member", "gorse-voices", K::UserLedMember),
        ("nominated", "cedar-voices", K::UserLedMember),
        ("quiet-member", "elm-care", K::Employee),
    ] {
        rows.affiliation.push(affiliation::Model {
            id: key("affiliation", &format!("{person} {organisation}")),
            person_id: key("person", person),
            organisation_id: key("organisation", organisation),
            kind,
            from_on: day("2024-01-01"),
            to_on: None,
            version: 1,
            created_at: recorded(),
            updated_at: recorded(),
            created_by: nobody(),
        });
    }
    rows.affiliation.push(affiliation::Model {
        id: key("affiliation", "offered ashdown-council"),
        person_id: key("person", "offered"),
        organisation_id: key("organisation", "ashdown-council"),
        kind: K::Employee,
        from_on: day("2020-01-01"),
        to_on: Some(day("2025-12-31")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    });
}

fn consents(rows: &mut Rows) {
    use ConsentPurpose as P;
    for (person, purpose, grantee, withdrawn) in [
        ("board-chair", P::PublishName, None, false),
        ("board-member", P::Contact, Some("ashdown-council"), false),
        ("board-member", P::ShareAccessNeeds, None, false),
        ("visitor", P::Contact, None, true),
        ("on-leave", P::PublishName, None, true),
        ("on-leave", P::Contact, Some("cedar-voices"), false),
        ("fernley-member", P::PublishName, None, false),
        ("quiet-member", P::PublishName, None, false),
        (
            "quiet-member",
            P::ShareAccessNeeds,
            Some("ashdown-council"),
            false,
        ),
    ] {
        rows.consent.push(consent::Model {
            id: key("consent", &format!("{person} {purpose}")),
            person_id: key("person", person),
            purpose,
            grantee_organisation_id: grantee.map(|grantee| key("organisation", grantee)),
            given_at: recorded(),
            method: ConsentMethod::Written,
            withdrawn_at: withdrawn.then(|| at("2026-02-01T09:00:00Z")),
            version: 1,
            created_at: recorded(),
            updated_at: recorded(),
            created_by: nobody(),
        });
    }
}

/// A person with every contact detail.
pub fn person(name: &str) -> person::Model {
    let private = |column| Some(Private::new(canary("person", name, column)));
    person::Model {
        id: key("person", name),
        display_name: canary("person", name, "display_name"),
        legal_name: private("legal_name"),
        email: private("email"),
        phone: private("phone"),
        preferred_format: InformationFormat::EasyRead,
        preferred_channel: ContactChannel::TextRelay,
        language: canary("person", name, "language"),
        anonymised_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn access_need(name: &str) -> access_need::Model {
    access_need::Model {
        id: key("access_need", name),
        person_id: key("person", name),
        category: AccessNeedCategory::CommunicationSupport,
        code: canary("access_need", name, "code"),
        detail: Some(Private::new(canary("access_need", name, "detail"))),
        review_due_on: Some(day("2026-09-01")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// The account of a person of the same name, who signs in with the local issuer under that name.
pub fn user_account(name: &str) -> user_account::Model {
    user_account::Model {
        id: key("user", name),
        person_id: key("person", name),
        issuer: ISSUER.to_owned(),
        subject: name.to_owned(),
        status: UserStatus::Active,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Where a role holds.
#[derive(Clone, Copy)]
enum Where {
    Platform,
    Organisation(&'static str),
    Board(&'static str),
}

fn grant(user: &str, role: Role, holds: Where) -> role_grant::Model {
    let (scope_type, organisation, board) = match holds {
        Where::Platform => (ScopeType::Platform, None, None),
        Where::Organisation(name) => (ScopeType::Organisation, Some(key("organisation", name)), None),
        Where::Board(name) => (ScopeType::Board, None, Some(key("board", name))),
    };
    role_grant::Model {
        id: key("role_grant", user),
        user_id: Some(key("user", user)),
        service_account_id: None,
        role,
        scope_type,
        organisation_id: organisation,
        partnership_id: None,
        board_id: board,
        valid_from: recorded(),
        valid_to: None,
        reason: Some(canary("role_grant", user, "reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
