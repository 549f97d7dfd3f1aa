//! The visit to a meeting before an invitation (`domain.md` 1, row 4, and 2.2).
//!
//! A person becomes a `VISITOR` when they are asked to watch a meeting. That they came is recorded with the day: at once, or
//! later, before a seat is offered. Visitors do not vote.

use chrono::NaiveDate;
use entity::boards::kinds::MembershipStage;

use crate::domains::violation::{UserErrorCode as Code, Violation, day};

/// Whether the day of a visit is added to a path that has got as far as `stage`, without a move.
#[must_use]
pub const fn is_added_later(stage: MembershipStage, visited_on: Option<NaiveDate>) -> bool {
    visited_on.is_some()
        && matches!(
            stage,
            MembershipStage::Visitor | MembershipStage::Invited | MembershipStage::Interview
        )
}

/// Nobody has visited a meeting that is still to come.
///
/// # Errors
/// `OUT_OF_RANGE`.
pub fn check_day(visited_on: Option<NaiveDate>, today: NaiveDate) -> Result<(), Violation> {
    match visited_on.filter(|visited_on| *visited_on > today) {
        None => Ok(()),
        Some(visited_on) => {
            let message = format!(
                "{} is still to come, so nobody has visited a meeting on it. Leave the day out until they have.",
                day(visited_on)
            );
            Err(Violation::new(Code::OutOfRange, "visitedOn", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_lies_behind_us() {
        let today = NaiveDate::from_ymd_opt(2026, 7, 10);
        let check = |on| check_day(on, today.unwrap_or_default());
        assert_eq!(check(None), Ok(()));
        assert_eq!(check(today), Ok(()));
        let tomorrow = today.and_then(|today| today.succ_opt());
        assert_eq!(check(tomorrow).unwrap_err().code, Code::OutOfRange);
    }

    #[test]
    fn the_day_of_a_visit_can_be_added_before_a_seat_is_offered() {
        let day = Some(NaiveDate::MIN);
        assert!(is_added_later(MembershipStage::Invited, day));
        assert!(!is_added_later(MembershipStage::Invited, None));
        assert!(!is_added_later(MembershipStage::Nominated, day));
        assert!(!is_added_later(MembershipStage::Active, day));
    }
}
