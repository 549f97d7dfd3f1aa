//! The life of a meeting (`domain.md` 2.2).
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `PUBLISHED`; `CANCELLED` for a reason |
//! | `PUBLISHED` | `HELD`, once it has begun by the server's clock; `CANCELLED` for a reason |
//! | `HELD` | `MINUTES_DRAFT` |
//! | `MINUTES_DRAFT` | `MINUTES_APPROVED`, by the next meeting |

use chrono::{DateTime, Utc};
use entity::boards::kinds::BoardStatus;
use entity::meetings::kinds::MeetingStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, day, transition};

/// The statuses a meeting can reach in one step.
#[must_use]
pub const fn legal_statuses(status: MeetingStatus) -> &'static [MeetingStatus] {
    use MeetingStatus::{Cancelled, Draft, Held, MinutesApproved, MinutesDraft, Published};
    match status {
        Draft => &[Published, Cancelled],
        Published => &[Held, Cancelled],
        Held => &[MinutesDraft],
        MinutesDraft => &[MinutesApproved],
        MinutesApproved | Cancelled => &[],
    }
}

/// Whether a meeting can take this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the statuses that could be reached.
pub fn check_step(from: MeetingStatus, to: MeetingStatus) -> Result<(), Violation> {
    transition("status", "meeting", (from, to), legal_statuses(from))
}

/// A closed board meets no more.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_board(board: BoardStatus, field: &str) -> Result<(), Violation> {
    if board == BoardStatus::Closed {
        let message = "This board is closed, so it meets no more. Its past meetings can still be minuted.";
        return Err(Violation::new(Code::Inactive, field, message));
    }
    Ok(())
}

/// A meeting is held once it has begun, by the server's clock.
///
/// # Errors
/// `RULE_BROKEN` before it begins.
pub fn check_begun(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Violation> {
    if starts_at <= now {
        return Ok(());
    }
    let message = format!(
        "This meeting begins on {} at {} UTC, so it has not been held yet. If it was brought forward, change its time first.",
        day(starts_at.date_naive()),
        starts_at.format("%H:%M")
    );
    Err(Violation::new(Code::RuleBroken, "id", message))
}

/// Whether what is on at a meeting, and when, can still change: until it takes place.
///
/// # Errors
/// `INACTIVE` at `field`, with what can be done instead.
pub fn check_to_come(status: MeetingStatus, field: &str) -> Result<(), Violation> {
    if status.is_to_come() {
        return Ok(());
    }
    let message = format!(
        "This meeting is {status}: its time, place and agenda stay as they were. Use a meeting that is DRAFT or PUBLISHED."
    );
    Err(Violation::new(Code::Inactive, field, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUSES: [MeetingStatus; 6] = [
        MeetingStatus::Draft,
        MeetingStatus::Published,
        MeetingStatus::Held,
        MeetingStatus::MinutesDraft,
        MeetingStatus::MinutesApproved,
        MeetingStatus::Cancelled,
    ];

    #[test]
    fn a_meeting_is_announced_held_minuted_and_approved_or_cancelled_before_it_is_held() {
        let table = [
            // DRAFT, PUBLISHED, HELD, MINUTES_DRAFT, MINUTES_APPROVED, CANCELLED
            [false, true, false, false, false, true],
            [false, false, true, false, false, true],
            [false, false, false, true, false, false],
            [false, false, false, false, true, false],
            [false; 6],
            [false; 6],
        ];
        for (from, row) in STATUSES.into_iter().zip(table) {
            for (to, legal) in STATUSES.into_iter().zip(row) {
                let step = check_step(from, to);
                assert_eq!(step.is_ok(), legal, "{from} to {to}");
                if let Err(illegal) = step {
                    assert_eq!(illegal.code, Code::IllegalTransition);
                    for way in legal_statuses(from) {
                        assert!(illegal.message.contains(&way.to_string()), "{from} to {to}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_meeting_is_not_held_before_it_begins() {
        let noon: DateTime<Utc> = "2026-03-02T12:00:00Z".parse().unwrap();
        assert_eq!(check_begun(noon, noon), Ok(()));
        let early = check_begun(noon, noon - chrono::TimeDelta::seconds(1)).unwrap_err();
        assert_eq!(early.code, Code::RuleBroken);
        assert!(
            early.message.contains("2 March 2026 at 12:00"),
            "{}",
            early.message
        );
    }

    #[test]
    fn what_has_taken_place_cannot_be_moved() {
        for status in STATUSES {
            let outcome = check_to_come(status, "id");
            assert_eq!(outcome.is_ok(), status.is_to_come(), "{status}");
        }
    }

    #[test]
    fn a_closed_board_meets_no_more() {
        assert_eq!(check_board(BoardStatus::Forming, "boardId"), Ok(()));
        assert_eq!(
            check_board(BoardStatus::Closed, "boardId").unwrap_err().code,
            Code::Inactive
        );
    }
}
