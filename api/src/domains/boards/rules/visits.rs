//! The visit to a meeting before an invitation (`domain.md` 1, row 4, and 2.2).
//!
//! A person becomes a `VISITOR` when they are asked to watch a meeting. That they came is what the attendance of a meeting
//! says: recorded as `VISITOR` and `PRESENT`, at a meeting of the board that was held. The day stands with the membership,
//! from the step after. Visitors do not vote.

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

/// A visit lies behind us, and a meeting of the board knows of it: `attended` are the days of those at which the person was
/// present as a visitor.
///
/// # Errors
/// `OUT_OF_RANGE` for a day to come, `RULE_BROKEN` for one on which they visited no meeting.
pub fn check_day(
    visited_on: Option<NaiveDate>,
    attended: &[NaiveDate],
    today: NaiveDate,
) -> Result<(), Violation> {
    let Some(visited_on) = visited_on else {
        return Ok(());
    };
    if visited_on > today {
        let message = format!(
            "{} is still to come, so nobody has visited a meeting on it. Leave the day out until they have.",
            day(visited_on)
        );
        return Err(Violation::new(Code::OutOfRange, "visitedOn", message));
    }
    if attended.contains(&visited_on) {
        return Ok(());
    }
    let message = format!(
        "No meeting of this board on {} has this person as a visitor who was present. Record their attendance there first; \
         the day is then taken from it.",
        day(visited_on)
    );
    Err(Violation::new(Code::RuleBroken, "visitedOn", message))
}

/// The day of the visit, when a step brings it to light: the one that was named, otherwise the last one attended.
#[must_use]
pub fn day_of_visit(
    recorded: Option<NaiveDate>,
    named: Option<NaiveDate>,
    attended: &[NaiveDate],
) -> Option<NaiveDate> {
    named.or_else(|| attended.iter().max().copied().filter(|_| recorded.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap_or_default()
    }

    #[test]
    fn a_visit_lies_behind_us_and_a_meeting_knows_of_it() {
        let check = |on| check_day(on, &[july(3), july(10), july(11)], july(10)).map_err(|wrong| wrong.code);
        assert_eq!(check(None), Ok(()));
        assert_eq!(check(Some(july(3))), Ok(()));
        assert_eq!(check(Some(july(10))), Ok(()));
        assert_eq!(check(Some(july(11))), Err(Code::OutOfRange));
        assert_eq!(check(Some(july(4))), Err(Code::RuleBroken));
    }

    #[test]
    fn the_day_of_a_visit_is_taken_from_the_meeting() {
        let attended = [july(3), july(10)];
        assert_eq!(day_of_visit(None, None, &attended), Some(july(10)));
        assert_eq!(day_of_visit(None, Some(july(3)), &attended), Some(july(3)));
        assert_eq!(day_of_visit(Some(july(3)), None, &attended), None);
        assert_eq!(day_of_visit(None, None, &[]), None);
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
