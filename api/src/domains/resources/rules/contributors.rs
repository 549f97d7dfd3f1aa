//! Who contributes to a version (`domain.md` 2.6): a person or an organisation, with what they did. From sign-off this stays as it is,
//! but for testers: formats go on being made, and go on being tried out.

use entity::parties::kinds::OrganisationKind;
use entity::reciprocity::contribution;
use entity::resources::contributor;
use entity::resources::kinds::{ContributorRole, ResourceVersionStatus as Status};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// Whether contributors in this role can still come and go.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_changeable(field: &str, status: Status, role: ContributorRole) -> Result<(), Violation> {
    let is_written = matches!(status, Status::Draft | Status::Review);
    let is_tested =
        role == ContributorRole::Tester && matches!(status, Status::SignedOff | Status::Published);
    if is_written || is_tested {
        return Ok(());
    }
    let message = format!(
        "This version is {status}: who contributed to it stays as it is. Only testers come and go until another version takes \
         its place."
    );
    Err(Violation::new(Code::Inactive, field, message))
}

/// A contributor is a person or an organisation; an organisation has lived experience when it is led by those who do.
///
/// # Errors
/// `REQUIRED` and `RULE_BROKEN` at the fields.
pub fn check_who(
    (person, organisation): (bool, bool),
    kind: Option<OrganisationKind>,
    lived_experience: bool,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(person || organisation, Code::Required, "personId", || {
        "Name the person or the organisation that contributes.".to_owned()
    });
    violations.check(
        !(person && organisation),
        Code::RuleBroken,
        "organisationId",
        || "Name a person or an organisation. Where both contribute, add each of them.".to_owned(),
    );
    let is_user_led = kind.is_none_or(|kind| kind == OrganisationKind::UserLed);
    violations.check(
        !lived_experience || is_user_led,
        Code::RuleBroken,
        "livedExperience",
        || "An organisation contributes out of lived experience only when it is user-led.".to_owned(),
    );
    violations.into_result()
}

/// What was agreed with somebody is agreed with this person.
///
/// # Errors
/// `RULE_BROKEN` at `contributionId`.
pub fn check_contribution(
    contribution: Option<&contribution::Model>,
    contributor: &contributor::Model,
) -> Result<(), Violation> {
    let is_theirs = |of: &contribution::Model| Some(of.person_id) == contributor.person_id;
    if contribution.is_none_or(is_theirs) {
        return Ok(());
    }
    let message = "This was agreed with somebody else. Name what was agreed with the contributor.";
    Err(Violation::new(Code::RuleBroken, "contributionId", message))
}

/// Whoever has reviewed the version stays among its contributors.
///
/// # Errors
/// `RULE_BROKEN` at `id`.
pub fn check_removal(reviews: u64) -> Result<(), Violation> {
    if reviews == 0 {
        return Ok(());
    }
    let message = "They have reviewed this version, and their review stands. Change what they did instead of removing them.";
    Err(Violation::new(Code::RuleBroken, "id", message))
}

/// Whoever reviewed a version does not write or lead it afterwards, and what their review counts for stays.
///
/// # Errors
/// `RULE_BROKEN` at `role`, `lead` and `livedExperience`.
pub fn check_reviewed(
    before: &contributor::Model,
    (role, lead, lived_experience): (ContributorRole, bool, bool),
    reviews: u64,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    if reviews > 0 {
        let reads = matches!(role, ContributorRole::Reviewer | ContributorRole::Tester);
        violations.check(reads, Code::RuleBroken, "role", || {
            "They have reviewed this version. Whoever reviews it does not write it.".to_owned()
        });
        violations.check(!lead, Code::RuleBroken, "lead", || {
            "They have reviewed this version. Whoever reviews it does not lead it.".to_owned()
        });
        let stays = lived_experience == before.lived_experience;
        violations.check(stays, Code::RuleBroken, "livedExperience", || {
            "They have reviewed this version, and their review counts for what they said of themselves then.".to_owned()
        });
    }
    violations.into_result()
}

/// An organisation stands by its own name. A person's name is theirs: once there is none, only they give one.
///
/// # Errors
/// `RULE_BROKEN` and `FORBIDDEN` at `creditName`.
pub fn check_credit(before: &contributor::Model, is_named: bool) -> Result<(), Violation> {
    let (code, message) = match (is_named, before.organisation_id, &before.credit_name) {
        (true, Some(_), _) => (
            Code::RuleBroken,
            "An organisation is credited by its own name. Add the person instead, if it is one.",
        ),
        (true, None, None) => (
            Code::Forbidden,
            "They are not to be named. Only they themselves can give a name again.",
        ),
        _ => return Ok(()),
    };
    Err(Violation::new(code, "creditName", message))
}

#[cfg(test)]
mod tests {
    use entity::Described;
    use entity::id::{ContributorId, OrganisationId, PersonId, ResourceId, ResourceVersionId};
    use entity::private::Private;

    use super::*;

    fn contributor(credit_name: Option<&str>) -> contributor::Model {
        contributor::Model {
            id: ContributorId::new(),
            resource_id: ResourceId::new(),
            resource_version_id: ResourceVersionId::new(),
            person_id: Some(PersonId::new()),
            organisation_id: None,
            role: ContributorRole::Reviewer,
            lived_experience: true,
            lead: false,
            credit_name: credit_name.map(|name| Private::new(name.to_owned())),
            contribution_id: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    #[test]
    fn from_sign_off_only_testers_come_and_go() {
        for (status, _) in Status::values() {
            let status: Status = status.parse().unwrap();
            let written = matches!(status, Status::Draft | Status::Review);
            let tested = written || matches!(status, Status::SignedOff | Status::Published);
            let open = |role| check_changeable("id", status, role).is_ok();
            assert_eq!(open(ContributorRole::Author), written, "{status}");
            assert_eq!(open(ContributorRole::Tester), tested, "{status}");
        }
    }

    #[test]
    fn a_contributor_is_one_of_two() {
        let broken = |who, kind, lived| check_who(who, kind, lived).err().map_or(0, |all| all.len());
        assert_eq!(broken((true, false), None, true), 0);
        assert_eq!(broken((false, true), Some(OrganisationKind::UserLed), true), 0);
        assert_eq!(broken((false, true), Some(OrganisationKind::Council), true), 1);
        assert_eq!(broken((false, true), Some(OrganisationKind::Council), false), 0);
        assert_eq!(broken((false, false), None, false), 1);
        assert_eq!(broken((true, true), None, false), 1);
    }

    #[test]
    fn a_reviewer_stays_and_does_not_write() {
        assert!(check_removal(0).is_ok() && check_removal(1).is_err());
        let before = contributor(None);
        let broken = |wanted, reviews| {
            check_reviewed(&before, wanted, reviews)
                .err()
                .map_or(0, |all| all.len())
        };
        assert_eq!(broken((ContributorRole::Author, true, false), 0), 0);
        assert_eq!(broken((ContributorRole::Author, true, false), 1), 3);
        assert_eq!(broken((ContributorRole::Editor, false, true), 1), 1);
        assert_eq!(broken((ContributorRole::Tester, false, true), 1), 0);
    }

    #[test]
    fn a_name_that_was_taken_back_is_only_the_persons_to_give() {
        let named = |of: &contributor::Model| check_credit(of, true).map_err(|violation| violation.code);
        assert_eq!(named(&contributor(Some("Somebody"))), Ok(()));
        assert_eq!(named(&contributor(None)), Err(Code::Forbidden));
        assert_eq!(check_credit(&contributor(None), false), Ok(()));
        let organisation = contributor::Model {
            person_id: None,
            organisation_id: Some(OrganisationId::new()),
            ..contributor(Some("Their name"))
        };
        assert_eq!(named(&organisation), Err(Code::RuleBroken));
    }
}
