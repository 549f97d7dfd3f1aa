//! What people write together, and who adopted it.

use entity::list::{EnumList, TextList};
use entity::parties::kinds::{ClientGroup, InformationFormat};
use entity::private::Private;
use entity::resources::kinds::{
    AdoptionStatus, ContributorRole, ResourceKind, ResourceStatus, ResourceVersionStatus, ReviewVerdict,
};
use entity::resources::{
    adoption, adoption_evidence, contributor, rendition, resource, resource_review, resource_version,
};

use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use ResourceStatus as S;
    for (name, owner, status) in [
        ("guide", "ashdown-council", S::Published),
        ("policy", "ashdown-council", S::Draft),
        ("leaflet", "ashdown-council", S::Draft),
        ("toolkit", "ashdown-council", S::Draft),
        ("recalled", "ashdown-council", S::Withdrawn),
        ("pledge", "cedar-voices", S::Published),
        ("fernley-guide", "fernley-council", S::Published),
        ("fernley-draft", "fernley-council", S::Draft),
    ] {
        let mut row = resource(name, owner, status);
        if owner == "ashdown-council" {
            row.signer_person_id = Some(key("person", "researcher"));
            row.initiative_id = Some(key("initiative", "ashdown-support"));
            row.board_id = (name != "toolkit").then(|| key("board", "team-up"));
        }
        rows.resource.push(row);
    }
    versions(rows);
    contributors(rows);
    renditions(rows);
    reviews(rows);
    adoptions(rows);
}

fn versions(rows: &mut Rows) {
    use ResourceVersionStatus as S;
    for (name, number, status) in [
        ("guide", 1, S::Superseded),
        ("guide", 2, S::Published),
        ("guide", 3, S::Draft),
        ("policy", 1, S::Review),
        ("leaflet", 1, S::Review),
        ("toolkit", 1, S::SignedOff),
        ("recalled", 1, S::Withdrawn),
        ("pledge", 1, S::Published),
        ("fernley-guide", 1, S::Published),
        ("fernley-draft", 1, S::Draft),
    ] {
        rows.resource_version.push(resource_version(name, number, status));
    }
}

fn contributors(rows: &mut Rows) {
    use ContributorRole as R;
    for (of, who, role) in [
        (("guide", 1), "board-member", R::Author),
        (("guide", 1), "quiet-member", R::Editor),
        (("guide", 2), "board-member", R::Author),
        (("guide", 2), "board-chair", R::Reviewer),
        (("guide", 3), "provider-user", R::Author),
        (("guide", 3), "visitor", R::Reviewer),
        (("policy", 1), "board-member", R::Author),
        (("policy", 1), "visitor", R::Reviewer),
        (("leaflet", 1), "board-member", R::Author),
        (("leaflet", 1), "visitor", R::Reviewer),
        (("toolkit", 1), "board-member", R::Author),
        (("recalled", 1), "board-member", R::Author),
        (("pledge", 1), "board-member", R::Author),
        (("fernley-guide", 1), "fernley-member", R::Author),
        (("fernley-draft", 1), "fernley-member", R::Author),
    ] {
        rows.contributor.push(contributor(of, who, role));
    }
    for of in [("guide", 3), ("policy", 1), ("leaflet", 1), ("toolkit", 1)] {
        rows.contributor
            .push(contributing_organisation(of, "cedar-voices"));
    }
}

/// Of each version one rendition that was checked, one that is stale, and one that nobody has checked.
fn renditions(rows: &mut Rows) {
    use InformationFormat as F;
    for version in rows.resource_version.clone() {
        let of = rows.resource.iter().find(|of| of.id == version.resource_id);
        let name = NAMES
            .into_iter()
            .find(|name| of.is_some_and(|of| of.id == key("resource", name)));
        let of = (name.unwrap_or_default(), version.number);
        let checked = Some(version.content_revision);
        rows.rendition.push(rendition(of, F::EasyRead, "en", checked));
        rows.rendition.push(rendition(of, F::Welsh, "cy", Some(1)));
        rows.rendition.push(rendition(of, F::LargePrint, "en", None));
    }
}

/// The resources of the world.
const NAMES: [&str; 8] = [
    "guide",
    "policy",
    "leaflet",
    "toolkit",
    "recalled",
    "pledge",
    "fernley-guide",
    "fernley-draft",
];

fn reviews(rows: &mut Rows) {
    use ReviewVerdict as V;
    for (of, who, verdict) in [
        (("guide", 2), "board-chair", V::Approve),
        (("guide", 3), "visitor", V::Reject),
        (("policy", 1), "visitor", V::Approve),
        (("leaflet", 1), "visitor", V::Changes),
    ] {
        rows.resource_review.push(resource_review(of, who, verdict));
    }
}

fn adoptions(rows: &mut Rows) {
    use AdoptionStatus as S;
    for (of, who, status) in [
        (("guide", 1), "birch-care", S::Adopted),
        (("guide", 2), "cedar-voices", S::Pledged),
        (("guide", 2), "ashdown-council", S::Withdrawn),
        (("pledge", 1), "ashdown-council", S::Evidenced),
        (("recalled", 1), "cedar-voices", S::Adopted),
        (("fernley-guide", 1), "fernley-council", S::Adopted),
    ] {
        let mut row = adoption(of, who, status);
        if who == "birch-care" {
            row.service_id = Some(key("service", "birch-house-support"));
            row.geography_id = Some(key("geography", "ashdown"));
        }
        rows.adoption.push(row);
        if matches!(status, S::Evidenced | S::Withdrawn) {
            rows.adoption_evidence
                .push(adoption_evidence(&format!("{} {} {who}", of.0, of.1), "first"));
        }
    }
}

/// A resource for carers.
pub fn resource(name: &str, owner: &str, status: ResourceStatus) -> resource::Model {
    resource::Model {
        id: key("resource", name),
        owner_organisation_id: key("organisation", owner),
        initiative_id: None,
        board_id: None,
        kind: ResourceKind::Guide,
        title: canary("resource", name, "title"),
        topics: TextList(vec![canary("resource", name, "topics")]),
        target_groups: EnumList::new([ClientGroup::Carers]),
        status,
        signer_person_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A version whose text has changed once; its name in the world is the resource's and its number.
pub fn resource_version(
    resource: &str,
    number: i32,
    status: ResourceVersionStatus,
) -> resource_version::Model {
    use ResourceVersionStatus as S;
    let name = format!("{resource} {number}");
    let text = |column| Some(canary("resource_version", &name, column));
    let is_signed = !matches!(status, S::Draft | S::Review);
    let was_published = matches!(status, S::Published | S::Superseded | S::Withdrawn);
    resource_version::Model {
        id: key("resource_version", &name),
        resource_id: key("resource", resource),
        number,
        status,
        title: canary("resource_version", &name, "title"),
        summary: text("summary"),
        body: text("body"),
        language: "en".to_owned(),
        licence: text("licence"),
        content_revision: 2,
        submitted_at: (status != S::Draft).then(|| at("2026-01-12T09:00:00Z")),
        signed_off_by_person_id: is_signed.then(|| key("person", "researcher")),
        signed_off_at: is_signed.then(|| at("2026-01-19T09:00:00Z")),
        published_at: was_published.then(|| at("2026-01-26T09:00:00Z")),
        superseded_at: (status == S::Superseded).then(|| at("2026-02-09T09:00:00Z")),
        withdrawn_at: (status == S::Withdrawn).then(|| at("2026-02-16T09:00:00Z")),
        withdrawn_reason: (status == S::Withdrawn)
            .then(|| canary("resource_version", &name, "withdrawn_reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A person with lived experience who did something for a version, and leads the work if they wrote it; their name in the world
/// is the version's and theirs.
pub fn contributor(
    (resource, number): (&str, i32),
    person: &str,
    role: ContributorRole,
) -> contributor::Model {
    let version = format!("{resource} {number}");
    let name = format!("{version} {person}");
    contributor::Model {
        id: key("contributor", &name),
        resource_id: key("resource", resource),
        resource_version_id: key("resource_version", &version),
        person_id: Some(key("person", person)),
        organisation_id: None,
        role,
        lived_experience: true,
        lead: role == ContributorRole::Author,
        credit_name: Some(Private::new(canary("contributor", &name, "credit_name"))),
        contribution_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An organisation that tries out the formats of a version.
pub fn contributing_organisation(of: (&str, i32), organisation: &str) -> contributor::Model {
    contributor::Model {
        person_id: None,
        organisation_id: Some(key("organisation", organisation)),
        lived_experience: false,
        ..contributor(of, organisation, ContributorRole::Tester)
    }
}

/// A text in a format, checked by `cedar-voices` at a revision or not at all; its name in the world is the version's, its format
/// and its language.
pub fn rendition(
    (resource, number): (&str, i32),
    format: InformationFormat,
    language: &str,
    checked: Option<i32>,
) -> rendition::Model {
    let version = format!("{resource} {number}");
    let name = format!("{version} {format} {language}");
    rendition::Model {
        id: key("rendition", &name),
        resource_id: key("resource", resource),
        resource_version_id: key("resource_version", &version),
        format,
        language: language.to_owned(),
        media_id: None,
        body: Some(canary("rendition", &name, "body")),
        checked_by_organisation_id: checked.map(|_| key("organisation", "cedar-voices")),
        checked_by_person_id: checked.map(|_| key("person", "user-led-admin")),
        checked_at: checked.map(|_| at("2026-01-14T09:00:00Z")),
        checked_content_revision: checked,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A review of the version as it is now, not settled; its name in the world is that of the contributor.
pub fn resource_review(
    (resource, number): (&str, i32),
    contributor: &str,
    verdict: ReviewVerdict,
) -> resource_review::Model {
    let version = format!("{resource} {number}");
    let name = format!("{version} {contributor}");
    resource_review::Model {
        id: key("resource_review", &name),
        resource_id: key("resource", resource),
        resource_version_id: key("resource_version", &version),
        contributor_id: key("contributor", &name),
        content_revision: 2,
        verdict,
        comment: canary("resource_review", &name, "comment"),
        resolution: None,
        resolved_at: None,
        resolved_by_person_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An adoption whose review was due yesterday; its name in the world is the version's and the adopter's.
pub fn adoption(
    (resource, number): (&str, i32),
    organisation: &str,
    status: AdoptionStatus,
) -> adoption::Model {
    use AdoptionStatus as S;
    let version = format!("{resource} {number}");
    let name = format!("{version} {organisation}");
    let is_evidenced = status == S::Evidenced;
    let is_withdrawn = status == S::Withdrawn;
    adoption::Model {
        id: key("adoption", &name),
        resource_id: key("resource", resource),
        resource_version_id: key("resource_version", &version),
        organisation_id: key("organisation", organisation),
        service_id: None,
        geography_id: None,
        status,
        pledged_on: day("2026-01-27"),
        adopted_on: (status != S::Pledged).then(|| day("2026-02-01")),
        review_due_on: (status != S::Pledged).then(|| day("2026-03-01")),
        renewed_on: None,
        evidence: is_evidenced.then(|| canary("adoption", &name, "evidence")),
        evidence_media_id: None,
        evidenced_at: is_evidenced.then(|| at("2026-02-20T09:00:00Z")),
        withdrawn_at: is_withdrawn.then(|| at("2026-02-23T09:00:00Z")),
        withdrawn_reason: is_withdrawn.then(|| canary("adoption", &name, "withdrawn_reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What came of an adoption; its name in the world is the adoption's and its own.
pub fn adoption_evidence(adoption: &str, name: &str) -> adoption_evidence::Model {
    let name = format!("{adoption} {name}");
    adoption_evidence::Model {
        id: key("adoption_evidence", &name),
        adoption_id: key("adoption", adoption),
        text: canary("adoption_evidence", &name, "text"),
        media_id: None,
        shown_at: at("2026-02-20T09:00:00Z"),
        by_user_id: None,
    }
}
