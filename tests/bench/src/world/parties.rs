//! Organisations, people, accounts, partnerships and what they agreed to share.

use super::rows::{Cell, Rows, at, on};
use super::{
    HOSTS, ISSUER, ORGANISATIONS, PARTNERS, PARTNERSHIPS, PEOPLE, SHARED_PARTNERSHIPS, STRANGER, VIEWER,
    VIEWER_ORGANISATION,
};

const PLACES: [&str; 20] = [
    "Ashford", "Barrow", "Calder", "Derwent", "Eskdale", "Fenland", "Garston", "Hexham", "Irwell", "Kendal",
    "Lune", "Medway", "Nidd", "Orwell", "Pendle", "Ribble", "Severn", "Tamar", "Ure", "Wharfe",
];
const BODIES: [(&str, &str); 10] = [
    ("Council", "COUNCIL"),
    ("Care", "CARE_PROVIDER"),
    ("Voices", "USER_LED"),
    ("NHS Trust", "NHS_TRUST"),
    ("Home Support", "CARE_PROVIDER"),
    ("Carers Together", "VCSE"),
    ("Healthwatch", "HEALTHWATCH"),
    ("Disability Alliance", "USER_LED"),
    ("University", "RESEARCH"),
    ("Housing Trust", "VCSE"),
];
const GIVEN: [&str; 20] = [
    "Ada", "Ben", "Cerys", "Dev", "Esme", "Femi", "Gwen", "Hari", "Isla", "Jomo", "Kit", "Lena", "Maya",
    "Noor", "Owen", "Priya", "Rhys", "Sana", "Tom", "Uma",
];
const FAMILY: [&str; 25] = [
    "Abara", "Birch", "Cole", "Dale", "Ellis", "Finch", "Grove", "Hale", "Ibsen", "Jarvis", "Khatun", "Lark",
    "Mistry", "Nash", "Okoro", "Pike", "Quill", "Reeve", "Sadiq", "Thorne", "Usman", "Vale", "Wren", "Yates",
    "Zaman",
];

/// The name of a place in the world.
#[must_use]
pub fn place(number: usize) -> &'static str {
    PLACES[number % PLACES.len()]
}

/// Organisations, all checked and active.
pub fn organisations(rows: &mut Rows) {
    for number in 0..ORGANISATIONS {
        let id = rows.key();
        let (body, kind) = BODIES[number / PLACES.len() % BODIES.len()];
        rows.organisations.push(id);
        rows.add_versioned(
            "organisation",
            at(number),
            vec![
                ("id", Cell::Id(id)),
                ("name", Cell::Text(format!("{} {body}", place(number)))),
                ("kind", Cell::Text(kind.to_owned())),
                ("nation", Cell::Text("ENGLAND".to_owned())),
                ("status", Cell::Text("ACTIVE".to_owned())),
            ],
        );
    }
}

/// Those who sit on boards: each with a tie to an organisation, some with consent to be named.
pub fn people(rows: &mut Rows) {
    for number in 0..PEOPLE {
        let id = person(rows, number);
        rows.people.push(id);
    }
    for number in 0..PEOPLE {
        let person = Cell::Id(rows.people[number]);
        let tie = rows.key();
        let organisation = rows.below(ORGANISATIONS);
        let kind = rows.one_of(&["EMPLOYEE", "VOLUNTEER", "USER_LED_MEMBER", "RECEIVES_SERVICE"]);
        rows.add_versioned(
            "affiliation",
            at(number),
            vec![
                ("id", Cell::Id(tie)),
                ("person_id", person.clone()),
                ("organisation_id", Cell::Id(rows.organisations[organisation])),
                ("kind", Cell::Text(kind.to_owned())),
                ("from_on", Cell::Date(on(0))),
            ],
        );
        if number % 3 == 0 {
            let consent = rows.key();
            rows.add_versioned(
                "consent",
                at(number),
                vec![
                    ("id", Cell::Id(consent)),
                    ("person_id", person),
                    ("purpose", Cell::Text("PUBLISH_NAME".to_owned())),
                    ("given_at", Cell::Instant(at(number))),
                    ("method", Cell::Text("WRITTEN".to_owned())),
                ],
            );
        }
    }
}

fn person(rows: &mut Rows, number: usize) -> uuid::Uuid {
    let id = rows.key();
    let given = rows.one_of(&GIVEN);
    let family = rows.one_of(&FAMILY);
    rows.add_versioned(
        "person",
        at(number),
        vec![
            ("id", Cell::Id(id)),
            ("display_name", Cell::Text(format!("{given} {family}"))),
            ("email", Cell::Text(format!("person{number}@example.org"))),
            ("preferred_format", Cell::Text("STANDARD".to_owned())),
            ("preferred_channel", Cell::Text("EMAIL".to_owned())),
            ("language", Cell::Text("en".to_owned())),
        ],
    );
    id
}

/// An administrator for each organisation, the viewer, and a stranger.
pub fn accounts(rows: &mut Rows) {
    for number in 0..ORGANISATIONS {
        let account = account(rows, PEOPLE + number, &format!("administrator-{number}"));
        rows.administrators.push(account);
        grant(rows, account, "ORGANISATION_ADMIN", number);
    }
    let viewer = account(rows, PEOPLE + ORGANISATIONS, VIEWER);
    grant(rows, viewer, "PROVIDER_USER", VIEWER_ORGANISATION);
    let stranger = account(rows, PEOPLE + ORGANISATIONS + 1, STRANGER);
    // The last organisation is a partner of nobody: see `partners`.
    grant(rows, stranger, "ORGANISATION_ADMIN", ORGANISATIONS - 1);
}

/// An account beside those of the organisations, without a role: the person whose it is.
pub fn own_account(rows: &mut Rows, subject: &str) -> uuid::Uuid {
    let person = person(rows, PEOPLE + ORGANISATIONS + 2);
    account_of(rows, person, PEOPLE + ORGANISATIONS + 2, subject);
    person
}

fn account(rows: &mut Rows, number: usize, subject: &str) -> uuid::Uuid {
    let person = person(rows, number);
    account_of(rows, person, number, subject)
}

fn account_of(rows: &mut Rows, person: uuid::Uuid, number: usize, subject: &str) -> uuid::Uuid {
    let id = rows.key();
    rows.add_versioned(
        "user_account",
        at(number),
        vec![
            ("id", Cell::Id(id)),
            ("person_id", Cell::Id(person)),
            ("issuer", Cell::Text(ISSUER.to_owned())),
            ("subject", Cell::Text(subject.to_owned())),
            ("status", Cell::Text("ACTIVE".to_owned())),
        ],
    );
    id
}

fn grant(rows: &mut Rows, account: uuid::Uuid, role: &str, organisation: usize) {
    let id = rows.key();
    rows.add_versioned(
        "role_grant",
        at(0),
        vec![
            ("id", Cell::Id(id)),
            ("user_id", Cell::Id(account)),
            ("role", Cell::Text(role.to_owned())),
            ("scope_type", Cell::Text("ORGANISATION".to_owned())),
            ("organisation_id", Cell::Id(rows.organisations[organisation])),
            ("valid_from", Cell::Instant(at(0))),
        ],
    );
}

/// The organisations of a partnership: its hosts first, the viewer's last where it takes part.
#[must_use]
pub fn partners(partnership: usize) -> Vec<usize> {
    let others = (0..PARTNERS).map(|place| 1 + (partnership * 19 + place) % (ORGANISATIONS - 2));
    let viewer = (partnership < SHARED_PARTNERSHIPS).then_some(VIEWER_ORGANISATION);
    others.chain(viewer).collect()
}

/// Partnerships, each with its members and a live agreement for boards and memberships.
pub fn partnerships(rows: &mut Rows) {
    for number in 0..PARTNERSHIPS {
        let id = rows.key();
        rows.partnerships.push(id);
        let lead = rows.organisations[partners(number)[0]];
        rows.add_versioned(
            "partnership",
            at(number),
            vec![
                ("id", Cell::Id(id)),
                ("name", Cell::Text(format!("{} Partnership", place(number)))),
                (
                    "purpose",
                    Cell::Text("Care and support shaped by the people who use it.".to_owned()),
                ),
                ("status", Cell::Text("ACTIVE".to_owned())),
                ("starts_on", Cell::Date(on(0))),
                ("lead_organisation_id", Cell::Id(lead)),
            ],
        );
    }
    for number in 0..PARTNERSHIPS {
        for (place, organisation) in partners(number).into_iter().enumerate() {
            let id = rows.key();
            let role = if place == 0 { "LEAD" } else { "PROVIDER" };
            rows.add_versioned(
                "partnership_member",
                at(place),
                vec![
                    ("id", Cell::Id(id)),
                    ("partnership_id", Cell::Id(rows.partnerships[number])),
                    ("organisation_id", Cell::Id(rows.organisations[organisation])),
                    ("role", Cell::Text(role.to_owned())),
                    ("status", Cell::Text("ACTIVE".to_owned())),
                    ("invited_at", Cell::Instant(at(place))),
                    ("joined_on", Cell::Date(on(1))),
                ],
            );
        }
        agreement(rows, number);
    }
}

fn agreement(rows: &mut Rows, partnership: usize) {
    let id = rows.key();
    rows.add_versioned(
        "data_sharing_agreement",
        at(partnership),
        vec![
            ("id", Cell::Id(id)),
            ("partnership_id", Cell::Id(rows.partnerships[partnership])),
            ("title", Cell::Text("Boards and who sits on them".to_owned())),
            ("purpose", Cell::Text("To work together.".to_owned())),
            ("categories", Cell::Json(r#"["BOARDS", "MEMBERSHIPS"]"#)),
            ("lawful_basis", Cell::Text("PUBLIC_TASK".to_owned())),
            ("status", Cell::Text("ACTIVE".to_owned())),
            ("starts_on", Cell::Date(on(0))),
            // Far enough ahead that the world does not age.
            ("expires_on", Cell::Date(on(36_500))),
        ],
    );
    let all = partners(partnership);
    let signing = all.iter().take(HOSTS).chain(all.iter().skip(PARTNERS));
    for organisation in signing.copied() {
        let party = rows.key();
        rows.add_versioned(
            "agreement_party",
            at(partnership),
            vec![
                ("id", Cell::Id(party)),
                ("agreement_id", Cell::Id(id)),
                ("organisation_id", Cell::Id(rows.organisations[organisation])),
                ("signed_at", Cell::Instant(at(600))),
                ("signed_by_user_id", Cell::Id(rows.administrators[organisation])),
            ],
        );
    }
}
