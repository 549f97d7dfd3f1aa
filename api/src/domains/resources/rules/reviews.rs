//! Reviews of a version (`domain.md` 2.6).

use entity::resources::kinds::{ResourceVersionStatus, ReviewVerdict};
use entity::resources::resource_review;

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// Whether a review asks for something that has not been settled.
#[must_use]
pub fn is_open(review: &resource_review::Model) -> bool {
    review.verdict != ReviewVerdict::Approve && review.resolved_at.is_none()
}

/// A version is reviewed while it is in review.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_reviewable(field: &str, status: ResourceVersionStatus) -> Result<(), Violation> {
    if status == ResourceVersionStatus::Review {
        return Ok(());
    }
    let message = format!("This version is {status}. Reviews are written while it is REVIEW.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// What asks for changes is settled once, by whoever may write the version or by the reviewer; that it should not be published
/// only the reviewer takes back. An approval needs nothing more.
///
/// # Errors
/// `ILLEGAL_TRANSITION` and `RULE_BROKEN` at `id`.
pub fn check_resolution(review: &resource_review::Model, is_own: bool) -> Result<(), Violation> {
    let (code, message) = match (review.verdict, review.resolved_at) {
        (ReviewVerdict::Approve, _) => (
            Code::IllegalTransition,
            "This review approves the version: there is nothing to settle.",
        ),
        (_, Some(_)) => (
            Code::IllegalTransition,
            "This review is settled already, for good. The reviewer can write another one.",
        ),
        (ReviewVerdict::Reject, None) if !is_own => (
            Code::RuleBroken,
            "Only the reviewer can take back that it should not be published. Talk with them.",
        ),
        _ => return Ok(()),
    };
    Err(Violation::new(code, "id", message))
}

#[cfg(test)]
mod tests {
    use entity::id::{ContributorId, ResourceId, ResourceReviewId, ResourceVersionId};

    use super::*;

    fn review(verdict: ReviewVerdict) -> resource_review::Model {
        resource_review::Model {
            id: ResourceReviewId::new(),
            resource_id: ResourceId::new(),
            resource_version_id: ResourceVersionId::new(),
            contributor_id: ContributorId::new(),
            content_revision: 1,
            verdict,
            comment: "It is too long.".to_owned(),
            resolution: None,
            resolved_at: None,
            resolved_by_person_id: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    #[test]
    fn changes_are_settled_once_and_a_rejection_by_its_reviewer() {
        use ReviewVerdict::{Approve, Changes, Reject};
        assert!(check_resolution(&review(Changes), false).is_ok());
        assert!(check_resolution(&review(Changes), true).is_ok());
        assert!(check_resolution(&review(Reject), true).is_ok());
        let code = |outcome: Result<(), Violation>| outcome.unwrap_err().code;
        assert_eq!(code(check_resolution(&review(Reject), false)), Code::RuleBroken);
        assert_eq!(
            code(check_resolution(&review(Approve), true)),
            Code::IllegalTransition
        );
        let mut settled = review(Changes);
        settled.resolved_at = Some(chrono::DateTime::UNIX_EPOCH);
        assert_eq!(code(check_resolution(&settled, true)), Code::IllegalTransition);
        assert!(!is_open(&settled) && is_open(&review(Reject)) && !is_open(&review(Approve)));
    }

    #[test]
    fn reviews_are_written_while_it_is_in_review() {
        assert!(check_reviewable("id", ResourceVersionStatus::Review).is_ok());
        assert!(check_reviewable("id", ResourceVersionStatus::Draft).is_err());
        assert!(check_reviewable("id", ResourceVersionStatus::SignedOff).is_err());
    }
}
