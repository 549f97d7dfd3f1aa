//! Resources: what boards wrote, in versions and formats, with who wrote them and who adopted them; and texts to search.

use uuid::Uuid;

use super::rows::{Cell, Rows, at, on};
use super::{ADOPTERS, CONTRIBUTORS, FORMATS, RESOURCES, VERSIONS, WHOLE_RESOURCES, WORDS_OF_TEXT};

/// Minutes after the beginning at which the first version of the first resource was published, and from one version to the next.
const FIRST: usize = 300_000;
const APART: usize = 20_000;

const TOPICS: [&str; 4] = [
    "[\"home care\", \"dignity\"]",
    "[\"meals\"]",
    "[\"voting\", \"easy read\"]",
    "[]",
];
const KINDS: [&str; 5] = ["GUIDE", "POLICY", "STANDARD", "PLEDGE", "REPORT"];
const ROLES: [&str; 5] = ["AUTHOR", "EDITOR", "DESIGNER", "REVIEWER", "TESTER"];

/// Syllables of which the words of the texts are made: 2,744 words, none of which is another with an ending.
const SYLLABLES: [&str; 14] = [
    "bar", "dol", "fen", "gim", "hul", "jav", "kop", "lun", "mir", "nad", "pov", "rul", "tam", "vok",
];

/// The word with a number.
#[must_use]
pub fn word(number: usize) -> String {
    let syllable = |place: u32| SYLLABLES[number / SYLLABLES.len().pow(place) % SYLLABLES.len()];
    [syllable(0), syllable(1), syllable(2)].concat()
}

/// How many words there are.
#[must_use]
pub const fn vocabulary() -> usize {
    SYLLABLES.len().pow(3)
}

/// All of them; the last version of each is published, and took the place of the others.
pub fn resources(rows: &mut Rows) {
    for number in 0..RESOURCES {
        let owner = rows.organisations[number % rows.organisations.len()];
        let resource = rows.key();
        let title = text(rows, 4);
        rows.add_versioned(
            "resource",
            at(FIRST + number),
            vec![
                ("id", Cell::Id(resource)),
                ("owner_organisation_id", Cell::Id(owner)),
                ("kind", Cell::Text(KINDS[number % KINDS.len()].to_owned())),
                ("title", Cell::Text(title.clone())),
                ("topics", Cell::Json(TOPICS[number % TOPICS.len()])),
                ("target_groups", Cell::Json("[]")),
                ("status", Cell::Text("PUBLISHED".to_owned())),
            ],
        );
        for version in 0..VERSIONS {
            let id = add_version(rows, resource, &title, (number, version));
            if number < WHOLE_RESOURCES {
                formats(rows, (resource, id), (number, version));
                contributors(rows, (resource, id), (number, version));
                if version + 1 == VERSIONS {
                    adopters(rows, (resource, id), number);
                }
            }
        }
    }
}

fn text(rows: &mut Rows, words: usize) -> String {
    let mut text = String::new();
    for place in 0..words {
        if place > 0 {
            text.push(' ');
        }
        text += &word(rows.below(vocabulary()));
    }
    text
}

fn published(number: usize, version: usize) -> usize {
    FIRST + number * 7 + version * APART
}

fn add_version(rows: &mut Rows, resource: Uuid, title: &str, (number, version): (usize, usize)) -> Uuid {
    let id = rows.key();
    let is_last = version + 1 == VERSIONS;
    let signer = rows.people[number % rows.people.len()];
    let (body, summary) = (text(rows, WORDS_OF_TEXT), text(rows, 12));
    let published = published(number, version);
    let superseded = if is_last {
        Cell::Null
    } else {
        Cell::Instant(at(published + APART))
    };
    rows.add_versioned(
        "resource_version",
        at(published - 9_000),
        vec![
            ("id", Cell::Id(id)),
            ("resource_id", Cell::Id(resource)),
            ("number", Cell::Integer(whole(version + 1))),
            (
                "status",
                Cell::Text(if is_last { "PUBLISHED" } else { "SUPERSEDED" }.to_owned()),
            ),
            ("title", Cell::Text(title.to_owned())),
            ("summary", Cell::Text(summary)),
            ("body", Cell::Text(body)),
            ("language", Cell::Text("en".to_owned())),
            ("content_revision", Cell::Integer(3)),
            ("submitted_at", Cell::Instant(at(published - 6_000))),
            ("signed_off_by_person_id", Cell::Id(signer)),
            ("signed_off_at", Cell::Instant(at(published - 3_000))),
            ("published_at", Cell::Instant(at(published))),
            ("superseded_at", superseded),
        ],
    );
    id
}

/// Each checked by a user group, so that everybody reads it.
fn formats(rows: &mut Rows, (resource, version): (Uuid, Uuid), (number, of): (usize, usize)) {
    let group = rows.organisations[(number + 40) % rows.organisations.len()];
    let checker = rows.people[(number * 3) % rows.people.len()];
    for (place, format) in FORMATS.into_iter().enumerate() {
        let id = rows.key();
        let body = text(rows, 20);
        rows.add_versioned(
            "rendition",
            at(published(number, of) - 5_000 + place),
            vec![
                ("id", Cell::Id(id)),
                ("resource_id", Cell::Id(resource)),
                ("resource_version_id", Cell::Id(version)),
                ("format", Cell::Text(format.to_owned())),
                ("language", Cell::Text("en".to_owned())),
                ("body", Cell::Text(body)),
                ("checked_by_organisation_id", Cell::Id(group)),
                ("checked_by_person_id", Cell::Id(checker)),
                ("checked_at", Cell::Instant(at(published(number, of) - 4_000))),
                ("checked_content_revision", Cell::Integer(3)),
            ],
        );
    }
}

fn contributors(rows: &mut Rows, (resource, version): (Uuid, Uuid), (number, of): (usize, usize)) {
    for place in 0..CONTRIBUTORS {
        let id = rows.key();
        // People far apart, so that nobody contributes twice to a version.
        let person = rows.people[(number * 13 + of + place * 997) % rows.people.len()];
        rows.add_versioned(
            "contributor",
            at(published(number, of) - 8_000 + place),
            vec![
                ("id", Cell::Id(id)),
                ("resource_id", Cell::Id(resource)),
                ("resource_version_id", Cell::Id(version)),
                ("person_id", Cell::Id(person)),
                ("role", Cell::Text(ROLES[place % ROLES.len()].to_owned())),
                ("lived_experience", Cell::Boolean(place % 2 == 0)),
                ("lead", Cell::Boolean(place == 0)),
                ("credit_name", Cell::Text(format!("Contributor {place}"))),
            ],
        );
    }
}

fn adopters(rows: &mut Rows, (resource, version): (Uuid, Uuid), number: usize) {
    for place in 0..ADOPTERS {
        let id = rows.key();
        let organisation = rows.organisations[(number + 1 + place * 11) % rows.organisations.len()];
        let day = 300 + number % 50 + place;
        rows.add_versioned(
            "adoption",
            at(day * 1_440),
            vec![
                ("id", Cell::Id(id)),
                ("resource_id", Cell::Id(resource)),
                ("resource_version_id", Cell::Id(version)),
                ("organisation_id", Cell::Id(organisation)),
                ("status", Cell::Text("ADOPTED".to_owned())),
                ("pledged_on", Cell::Date(on(day))),
                ("adopted_on", Cell::Date(on(day + 30))),
                ("review_due_on", Cell::Date(on(day + 395))),
            ],
        );
    }
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
