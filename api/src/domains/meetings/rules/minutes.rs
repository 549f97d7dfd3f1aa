//! Minutes (`domain.md` 2.2 and 2.10): the *next* meeting of the same board approves them, with the board's quorum of voting members
//! and of lived experience as they are recorded as present there. Where it puts them off, a later one may.

use entity::meetings::kinds::MeetingStatus;
use entity::meetings::meeting;

use super::decisions::check_quorum;
use super::status::check_step;
use crate::domains::boards::rules::quorum::VotingSeats;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// Whether minutes can be written, or written anew: once the meeting was held, until they are approved.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the statuses that could be reached.
pub fn check_writing(status: MeetingStatus) -> Result<(), Violation> {
    match status {
        MeetingStatus::MinutesDraft => Ok(()),
        _ => check_step(status, MeetingStatus::MinutesDraft),
    }
}

/// A meeting that is to approve the minutes of another.
#[derive(Clone, Copy, Debug)]
pub struct Approving<'a> {
    /// The meeting.
    pub meeting: &'a meeting::Model,
    /// The board's quorum, and how many of it must be of lived experience.
    pub quorum: (i32, i32),
    /// Who can vote there now.
    pub voters: VotingSeats,
}

/// Whether `by` can approve the minutes of `of`.
///
/// # Errors
/// `ILLEGAL_TRANSITION` while there is nothing to approve; `RULE_BROKEN` at `approvedByMeetingId` unless it is a later
/// meeting of the same board that was held, with the board's quorum.
pub fn check_approval(of: &meeting::Model, by: &Approving<'_>) -> Result<(), Vec<Violation>> {
    let (quorum, voters, by) = (by.quorum, by.voters, by.meeting);
    let mut violations = Violations::default();
    violations.keep(check_step(of.status, MeetingStatus::MinutesApproved));
    let field = "approvedByMeetingId";
    violations.check(of.board_id == by.board_id, Code::RuleBroken, field, || {
        "Minutes are approved by the next meeting of the same board. Choose a meeting of this board."
            .to_owned()
    });
    violations.check(by.starts_at > of.starts_at, Code::RuleBroken, field, || {
        "A meeting does not approve its own minutes, nor those of a later one. Choose the meeting that came next.".to_owned()
    });
    violations.check(by.status.took_place(), Code::RuleBroken, field, || {
        format!(
            "The approving meeting is {}, so nobody can have approved anything at it yet. Record that it was held first.",
            by.status
        )
    });
    if violations.is_empty() {
        check_quorum(&mut violations, field, quorum, voters);
    }
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::meetings::rules::agenda::tests::meeting;

    fn refused(of: &meeting::Model, by: &meeting::Model) -> Vec<Code> {
        refused_with(of, by, VotingSeats { all: 3, lived: 2 })
    }

    fn refused_with(of: &meeting::Model, by: &meeting::Model, voters: VotingSeats) -> Vec<Code> {
        let by = Approving {
            meeting: by,
            quorum: (3, 2),
            voters,
        };
        let wrong = check_approval(of, &by).err().unwrap_or_default();
        wrong.iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn a_meeting_approves_with_the_quorum_of_its_board() {
        let (of, by) = (
            meeting(1, MeetingStatus::MinutesDraft),
            meeting(2, MeetingStatus::Held),
        );
        let refused = |all, lived| refused_with(&of, &by, VotingSeats { all, lived });
        assert_eq!(refused(3, 2), []);
        assert_eq!(refused(2, 2), [Code::RuleBroken], "too few");
        assert_eq!(refused(5, 1), [Code::RuleBroken], "too few of lived experience");
        assert_eq!(refused(0, 0), [Code::RuleBroken, Code::RuleBroken]);
    }

    #[test]
    fn the_next_meeting_approves_the_minutes() {
        let of = meeting(1, MeetingStatus::MinutesDraft);
        for status in MeetingStatus::TOOK_PLACE {
            assert_eq!(refused(&of, &meeting(2, status)), [], "{status}");
        }
    }

    #[test]
    fn no_meeting_approves_its_own_minutes_or_those_of_a_later_one() {
        let of = meeting(2, MeetingStatus::MinutesDraft);
        assert_eq!(refused(&of, &of), [Code::RuleBroken]);
        assert_eq!(refused(&of, &meeting(1, MeetingStatus::Held)), [Code::RuleBroken]);
    }

    #[test]
    fn a_meeting_that_is_still_to_come_approves_nothing() {
        let of = meeting(1, MeetingStatus::MinutesDraft);
        for status in [
            MeetingStatus::Draft,
            MeetingStatus::Published,
            MeetingStatus::Cancelled,
        ] {
            assert_eq!(refused(&of, &meeting(2, status)), [Code::RuleBroken], "{status}");
        }
    }

    #[test]
    fn a_meeting_of_another_board_approves_nothing() {
        let of = meeting(1, MeetingStatus::MinutesDraft);
        let mut elsewhere = meeting(2, MeetingStatus::Held);
        elsewhere.board_id = entity::id::BoardId(sea_orm::prelude::Uuid::from_u128(9));
        assert_eq!(refused(&of, &elsewhere), [Code::RuleBroken]);
    }

    #[test]
    fn only_written_minutes_are_approved_and_only_once() {
        let by = meeting(2, MeetingStatus::Held);
        for status in [MeetingStatus::Held, MeetingStatus::MinutesApproved] {
            assert_eq!(
                refused(&meeting(1, status), &by),
                [Code::IllegalTransition],
                "{status}"
            );
        }
    }

    #[test]
    fn minutes_are_written_after_the_meeting_and_can_be_put_right_until_they_are_approved() {
        use MeetingStatus::{Cancelled, Draft, Held, MinutesApproved, MinutesDraft, Published};
        for status in [Held, MinutesDraft] {
            assert_eq!(check_writing(status), Ok(()), "{status}");
        }
        for status in [Draft, Published, MinutesApproved, Cancelled] {
            assert_eq!(
                check_writing(status).unwrap_err().code,
                Code::IllegalTransition,
                "{status}"
            );
        }
    }
}
