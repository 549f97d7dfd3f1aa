//! The life of a release.
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `PUBLISHED`, as long as no other release of the framework was published since it was made; `DISCARDED` |

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
    fn a_draft_is_published_only_beside_the_releases_it_was_checked_against() {
        assert!(check_nothing_since(2, 2).is_ok());
        for published in [0, 1, 3] {
            let refused = check_nothing_since(2, published).unwrap_err();
            assert_eq!(refused.code, Code::Conflict);
        }
    }
}
