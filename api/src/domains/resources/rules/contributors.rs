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

/// Whoever wrote a version does not review it: a reviewer cannot become an author.
///
/// # Errors
/// `RULE_BROKEN` at `role`.
pub fn check_role(role: ContributorRole, reviews: u64) -> Result<(), Violation> {
    if role != ContributorRole::Author || reviews == 0 {
        return Ok(());
    }
    let message = "They have reviewed this version. Whoever reviews it does not write it.";
    Err(Violation::new(Code::RuleBroken, "role", message))
}

#[cfg(test)]
mod tests {
    use entity::Described;

    use super::*;

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
        assert!(check_role(ContributorRole::Author, 0).is_ok());
        assert!(check_role(ContributorRole::Author, 1).is_err());
        assert!(check_role(ContributorRole::Editor, 1).is_ok());
    }
}
