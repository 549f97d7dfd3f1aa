//! The life of a release.
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `PUBLISHED`, as long as no other release of the framework was published since it was made, and none of its figures corrected; `DISCARDED` |

use entity::id::OrganisationId;
use entity::releases::kinds::ReleaseStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, transition};

/// The longest title and name, in characters.
pub const LONGEST_TITLE: usize = 200;

/// Whether a release can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: ReleaseStatus, to: ReleaseStatus) -> Result<(), Violation> {
    use ReleaseStatus::{Discarded, Draft, Published};
    let legal: &[_] = match from {
        Draft => &[Published, Discarded],
        Published | Discarded => &[],
    };
    transition("id", "release", (from, to), legal)
}

/// That a release was checked against all that was published before it: what it withholds, another could give away.
///
/// # Errors
/// `CONFLICT`.
pub fn check_nothing_since(made_after: i32, published: u64) -> Result<(), Violation> {
    if u64::try_from(made_after) == Ok(published) {
        return Ok(());
    }
    let message = "Another release of this framework was published since this one was made, and together they could give small numbers \
                   away. Discard this one and make it anew.";
    Err(Violation::new(Code::Conflict, "id", message))
}

/// That no figure of a draft was corrected since it was made: the draft would publish what is known to be wrong, or is withheld now.
///
/// # Errors
/// `CONFLICT`.
pub fn check_nothing_corrected(corrected: u64) -> Result<(), Violation> {
    if corrected == 0 {
        return Ok(());
    }
    let message = format!(
        "Figures of this draft that have been corrected since it was made: {corrected}. Discard it and make it anew."
    );
    Err(Violation::new(Code::Conflict, "id", message))
}

/// That a policy is the publisher's own. What the server's operator loaded is published by any.
///
/// # Errors
/// `RULE_BROKEN`.
pub fn check_policy(publisher: Option<OrganisationId>, owner: OrganisationId) -> Result<(), Violation> {
    if publisher.is_none_or(|publisher| publisher == owner) {
        return Ok(());
    }
    let message = "This is the policy of another organisation. Choose one of the publisher's own, or none: then 1 to 7 are withheld.";
    Err(Violation::new(Code::RuleBroken, "suppressionPolicyId", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_that_was_published_or_discarded_stays_so() {
        use ReleaseStatus::{Discarded, Draft, Published};
        assert!(check_move(Draft, Published).is_ok());
        assert!(check_move(Draft, Discarded).is_ok());
        for from in [Published, Discarded] {
            for to in [Draft, Published, Discarded] {
                assert!(check_move(from, to).is_err(), "{from} {to}");
            }
        }
    }

    #[test]
    fn a_draft_with_a_figure_that_was_corrected_is_not_published() {
        assert!(check_nothing_corrected(0).is_ok());
        assert_eq!(check_nothing_corrected(1).unwrap_err().code, Code::Conflict);
    }

    #[test]
    fn publishers_choose_among_their_own_policies() {
        let [one, other] = [OrganisationId::new(), OrganisationId::new()];
        assert!(check_policy(Some(one), one).is_ok());
        assert!(check_policy(None, one).is_ok());
        assert_eq!(check_policy(Some(one), other).unwrap_err().code, Code::RuleBroken);
    }

    #[test]
    fn a_draft_is_published_only_beside_the_releases_it_was_checked_against() {
        assert!(check_nothing_since(2, 2).is_ok());
        for published in [0, 1, 3] {
            let refused = check_nothing_since(2, published).unwrap_err();
            assert_eq!(refused.code, Code::Conflict);
        }
    }
}
