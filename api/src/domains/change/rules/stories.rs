//! Stories: told with consent, by somebody, and checked by somebody else (`domain.md` 1, row 5).

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, PersonId};
use entity::parties::consent;
use entity::parties::kinds::ConsentPurpose;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// Whether a consent lets an organisation use a person's story now.
#[must_use]
pub fn lets_use_story(
    consent: &consent::Model,
    person: PersonId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> bool {
    check_consent(consent, (person, organisation), now).is_ok()
}

/// Whether a consent lets everybody read a person's story now: an organisation may use it, and it was not for that one alone.
#[must_use]
pub fn lets_everybody_read_story(
    consent: &consent::Model,
    person: PersonId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> bool {
    consent.grantee_organisation_id.is_none() && lets_use_story(consent, person, organisation, now)
}

/// Whether a consent lets an organisation use a person's story: it is theirs, for this purpose, for everybody or for this
/// organisation, and was not taken back.
///
/// # Errors
/// `RULE_BROKEN` for another purpose, person or organisation, `EXPIRED` once it was taken back; all at `consentId`.
pub fn check_consent(
    consent: &consent::Model,
    (person, organisation): (PersonId, OrganisationId),
    now: DateTime<Utc>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_for_this = consent.person_id == person && consent.purpose == ConsentPurpose::ShareStory;
    violations.check(is_for_this, Code::RuleBroken, "consentId", || {
        "This consent is for something else. Give one with the purpose SHARE_STORY, and name it here."
            .to_owned()
    });
    let reaches = consent
        .grantee_organisation_id
        .is_none_or(|grantee| grantee == organisation);
    violations.check(reaches, Code::RuleBroken, "consentId", || {
        "This consent was given to another organisation than the one that deals with the feedback.".to_owned()
    });
    let is_live = consent.withdrawn_at.is_none_or(|at| now < at);
    violations.check(is_live, Code::Expired, "consentId", || {
        "This consent was taken back. Give another one.".to_owned()
    });
    violations.into_result()
}

/// A story is told only while its person agrees.
///
/// # Errors
/// `RULE_BROKEN` at `field`.
pub fn check_agreed(field: &str, is_agreed: bool) -> Result<(), Violation> {
    if is_agreed {
        return Ok(());
    }
    let message = "The person has not agreed to the use of their story, or has taken that back. Only they can agree, by \
                   consentGive and feedbackAccountConsentToStory.";
    Err(Violation::new(Code::RuleBroken, field, message))
}

/// A story is checked once in each wording.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at the story.
pub fn check_unchecked(is_checked: bool) -> Result<(), Violation> {
    if !is_checked {
        return Ok(());
    }
    let message = "This story was checked already, and has not changed since.";
    Err(Violation::new(Code::IllegalTransition, "id", message))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use entity::id::ConsentId;
    use entity::parties::kinds::ConsentMethod;

    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    fn given(person: PersonId) -> consent::Model {
        consent::Model {
            id: ConsentId::new(),
            person_id: person,
            purpose: ConsentPurpose::ShareStory,
            grantee_organisation_id: None,
            given_at: noon(),
            method: ConsentMethod::Spoken,
            withdrawn_at: None,
            version: 1,
            created_at: noon(),
            updated_at: noon(),
            created_by: None,
        }
    }

    #[test]
    fn a_story_is_used_with_the_consent_that_was_given_for_it() {
        let (person, organisation) = (PersonId::new(), OrganisationId::new());
        let codes = |consent: &consent::Model| {
            let found = check_consent(consent, (person, organisation), noon());
            let found = found.err().unwrap_or_default();
            found.into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };
        let consent = given(person);
        assert_eq!(codes(&consent), []);
        assert_eq!(codes(&given(PersonId::new())), [Code::RuleBroken]);
        let to_it = consent::Model {
            grantee_organisation_id: Some(organisation),
            ..consent.clone()
        };
        assert_eq!(codes(&to_it), []);
        assert!(!lets_everybody_read_story(&to_it, person, organisation, noon()));
        assert!(lets_everybody_read_story(&consent, person, organisation, noon()));
        let to_another = consent::Model {
            grantee_organisation_id: Some(OrganisationId::new()),
            ..consent.clone()
        };
        assert_eq!(codes(&to_another), [Code::RuleBroken]);
        let for_contact = consent::Model {
            purpose: ConsentPurpose::Contact,
            ..consent.clone()
        };
        assert_eq!(codes(&for_contact), [Code::RuleBroken]);
        let taken_back = consent::Model {
            withdrawn_at: Some(noon()),
            ..consent.clone()
        };
        assert_eq!(codes(&taken_back), [Code::Expired]);
        let until_later = consent::Model {
            withdrawn_at: Some(noon() + TimeDelta::seconds(1)),
            ..consent
        };
        assert_eq!(codes(&until_later), []);
    }

    #[test]
    fn a_wording_is_checked_once() {
        assert_eq!(check_unchecked(false), Ok(()));
        assert_eq!(check_unchecked(true).unwrap_err().code, Code::IllegalTransition);
        assert_eq!(check_agreed("id", true), Ok(()));
        assert_eq!(check_agreed("id", false).unwrap_err().code, Code::RuleBroken);
    }
}
