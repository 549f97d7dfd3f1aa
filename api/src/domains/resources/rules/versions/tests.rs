use entity::Described;
use entity::id::{
    ContributorId, OrganisationId, RenditionId, ResourceId, ResourceReviewId, ResourceVersionId,
};

use super::*;

fn person(number: u128) -> PersonId {
    PersonId(sea_orm::prelude::Uuid::from_u128(number))
}

fn version() -> resource_version::Model {
    resource_version::Model {
        id: ResourceVersionId::new(),
        resource_id: ResourceId::new(),
        number: 1,
        status: Status::Review,
        title: "Handling money".to_owned(),
        summary: None,
        body: Some("Text.".to_owned()),
        language: "en".to_owned(),
        licence: Some("CC-BY-4.0".to_owned()),
        content_revision: 3,
        submitted_at: None,
        signed_off_by_person_id: None,
        signed_off_at: None,
        published_at: None,
        superseded_at: None,
        withdrawn_at: None,
        withdrawn_reason: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn contributor(who: u128, role: ContributorRole, lived: bool) -> contributor::Model {
    contributor::Model {
        id: ContributorId(sea_orm::prelude::Uuid::from_u128(who)),
        resource_id: ResourceId::new(),
        resource_version_id: ResourceVersionId::new(),
        person_id: Some(person(who)),
        organisation_id: None,
        role,
        lived_experience: lived,
        lead: role == ContributorRole::Author,
        credit_name: None,
        contribution_id: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn review(who: u128, verdict: ReviewVerdict, revision: i32) -> resource_review::Model {
    resource_review::Model {
        id: ResourceReviewId::new(),
        resource_id: ResourceId::new(),
        resource_version_id: ResourceVersionId::new(),
        contributor_id: ContributorId(sea_orm::prelude::Uuid::from_u128(who)),
        content_revision: revision,
        verdict,
        comment: "Clear.".to_owned(),
        resolution: None,
        resolved_at: None,
        resolved_by_person_id: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn rendition(format: InformationFormat, checked: Option<i32>) -> rendition::Model {
    rendition::Model {
        id: RenditionId::new(),
        resource_id: ResourceId::new(),
        resource_version_id: ResourceVersionId::new(),
        format,
        language: "en".to_owned(),
        media_id: None,
        body: Some("Text.".to_owned()),
        checked_by_organisation_id: checked.map(|_| OrganisationId::new()),
        checked_by_person_id: checked.map(|_| person(9)),
        checked_at: checked.map(|_| chrono::DateTime::UNIX_EPOCH),
        checked_content_revision: checked,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        created_by: None,
    }
}

fn broken(outcome: Result<(), Vec<Violation>>) -> usize {
    outcome.err().map_or(0, |violations| violations.len())
}

const AUTHOR: u128 = 1;
const READER: u128 = 2;
const SIGNER: u128 = 3;

fn people() -> Vec<contributor::Model> {
    vec![
        contributor(AUTHOR, ContributorRole::Author, false),
        contributor(READER, ContributorRole::Reviewer, true),
    ]
}

fn sign_off(reviews: &[resource_review::Model]) -> usize {
    broken(check_sign_off(
        &version(),
        &people(),
        reviews,
        Some(person(SIGNER)),
    ))
}

#[test]
fn a_version_goes_forward_or_is_withdrawn() {
    for (from, _) in Status::values() {
        let from: Status = from.parse().unwrap();
        for (to, _) in Status::values() {
            let to: Status = to.parse().unwrap();
            let withdrawn = to == Status::Withdrawn && from != Status::Withdrawn;
            let next = from != Status::Withdrawn && to as u8 == from as u8 + 1;
            assert_eq!(check_step(from, to).is_ok(), withdrawn || next, "{from} to {to}");
        }
    }
    let told = check_step(Status::Draft, Status::Published).unwrap_err().message;
    assert!(told.ends_with("It can become REVIEW or WITHDRAWN."), "{told}");
}

#[test]
fn from_sign_off_the_text_stays() {
    for (status, _) in Status::values() {
        let status: Status = status.parse().unwrap();
        let writable = matches!(status, Status::Draft | Status::Review);
        assert_eq!(check_writable("id", status).is_ok(), writable, "{status}");
    }
}

#[test]
fn what_goes_into_review_names_who_wrote_it() {
    assert_eq!(check_submission(&version(), &people(), 0), Ok(()));
    let empty = resource_version::Model {
        body: None,
        licence: None,
        ..version()
    };
    assert_eq!(broken(check_submission(&empty, &[], 0)), 5);
    assert_eq!(
        broken(check_submission(&empty, &people(), 1)),
        1,
        "a film has no text"
    );
    let nobody_lived = [contributor(AUTHOR, ContributorRole::Author, false)];
    assert_eq!(broken(check_submission(&version(), &nobody_lived, 0)), 1);
}

#[test]
fn somebody_with_lived_experience_approves_the_text_as_it_is() {
    use ReviewVerdict::{Approve, Changes, Reject};
    assert_eq!(sign_off(&[review(READER, Approve, 3)]), 0);
    assert_eq!(sign_off(&[]), 1, "nobody has");
    assert_eq!(sign_off(&[review(READER, Approve, 2)]), 1, "of an earlier text");
    assert_eq!(
        sign_off(&[review(AUTHOR, Approve, 3)]),
        1,
        "without lived experience"
    );
    let with = |verdict| sign_off(&[review(READER, Approve, 3), review(READER, verdict, 1)]);
    assert_eq!((with(Changes), with(Reject)), (1, 1), "nothing is left open");
    let mut settled = review(READER, Changes, 1);
    settled.resolved_at = Some(chrono::DateTime::UNIX_EPOCH);
    assert_eq!(sign_off(&[review(READER, Approve, 3), settled]), 0);
}

#[test]
fn nobody_signs_off_what_they_wrote_alone() {
    let approved = [review(READER, ReviewVerdict::Approve, 3)];
    let by = |people: &[contributor::Model], signer| {
        broken(check_sign_off(
            &version(),
            people,
            &approved,
            Some(person(signer)),
        ))
    };
    assert_eq!(by(&people(), AUTHOR), 1);
    let mut two = people();
    two.push(contributor(SIGNER, ContributorRole::Author, false));
    assert_eq!(by(&two, AUTHOR), 0, "another wrote it, too");
}

#[test]
fn publication_needs_an_easy_format_that_was_checked() {
    use InformationFormat::{EasyRead, LargePrint, PlainEnglish};
    let publish = |of: &[rendition::Model]| check_publication(&version(), of);
    assert_eq!(publish(&[rendition(EasyRead, Some(3))]), Ok(()));
    assert_eq!(publish(&[rendition(PlainEnglish, Some(3))]), Ok(()));
    for (lacking, what) in [
        (vec![], "nothing"),
        (vec![rendition(LargePrint, Some(3))], "only large print"),
        (vec![rendition(EasyRead, None)], "not checked"),
        (vec![rendition(EasyRead, Some(2))], "stale"),
    ] {
        assert!(publish(&lacking).is_err(), "{what}");
    }
}
