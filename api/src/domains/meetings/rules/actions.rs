//! Actions (`domain.md` 2.2): something to be done, by whom and by when.
//!
//! | from | to |
//! |---|---|
//! | `OPEN` | `DONE`; `BLOCKED` or `DROPPED`, for a reason |
//! | `BLOCKED` | `OPEN`, `DONE`; `DROPPED` for a reason |
//!
//! What is `OPEN` or `BLOCKED` after its day is overdue.

use chrono::NaiveDate;
use entity::boards::kinds::BoardStatus;
use entity::id::{BoardId, MeetingId};
use entity::meetings::agenda_item;
use entity::meetings::kinds::ActionStatus;
use entity::meetings::meeting;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, transition};

/// The statuses an action can reach in one step.
#[must_use]
pub const fn legal_statuses(status: ActionStatus) -> &'static [ActionStatus] {
    use ActionStatus::{Blocked, Done, Dropped, Open};
    match status {
        Open => &[Done, Blocked, Dropped],
        Blocked => &[Open, Done, Dropped],
        Done | Dropped => &[],
    }
}

/// Whether an action can take this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the statuses that could be reached.
pub fn check_step(from: ActionStatus, to: ActionStatus) -> Result<(), Violation> {
    transition("status", "action", (from, to), legal_statuses(from))
}

/// Whether an action has come to its end.
#[must_use]
pub const fn is_closed(status: ActionStatus) -> bool {
    legal_statuses(status).is_empty()
}

/// What is to be done can be changed until it is done or dropped.
///
/// # Errors
/// `INACTIVE`.
pub fn check_change(status: ActionStatus) -> Result<(), Violation> {
    if is_closed(status) {
        let message = format!("This action is {status}, so it stays as it is. Note a new one instead.");
        return Err(Violation::new(Code::Inactive, "id", message));
    }
    Ok(())
}

/// Nothing is to be done by a day that is over.
///
/// # Errors
/// `OUT_OF_RANGE`.
pub fn check_due(due_on: NaiveDate, today: NaiveDate) -> Result<(), Violation> {
    if due_on >= today {
        return Ok(());
    }
    let message = format!("{} is over. Choose today or a later day.", day(due_on));
    Err(Violation::new(Code::OutOfRange, "dueOn", message))
}

/// Where an action comes from.
#[derive(Clone, Copy, Debug)]
pub struct OriginFacts<'a> {
    /// The board.
    pub board_id: BoardId,
    /// How far it has got.
    pub board: BoardStatus,
    /// The meeting that was named.
    pub meeting: Option<&'a meeting::Model>,
    /// The agenda item that was named.
    pub item: Option<&'a agenda_item::Model>,
    /// Whether the owner sits on the board.
    pub owner_sits_on_the_board: bool,
}

/// The meeting an action comes from, if it comes from one.
///
/// # Errors
/// `INACTIVE` for a closed board, `NOT_FOUND` for a meeting of another board or an item of another meeting, `RULE_BROKEN` for
/// an owner who could not know what a confidential item is about.
pub fn check_origin(facts: &OriginFacts<'_>) -> Result<Option<MeetingId>, Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        facts.board != BoardStatus::Closed,
        Code::Inactive,
        "boardId",
        || "This board is closed, so nothing new is done for it.".to_owned(),
    );
    let elsewhere = |board: BoardId| board != facts.board_id;
    if facts.meeting.is_some_and(|meeting| elsewhere(meeting.board_id)) {
        let message = "There is no such meeting of this board. Choose a meeting of this board.";
        violations.push(Violation::new(Code::NotFound, "meetingId", message));
    }
    let meeting = facts.meeting.map(|meeting| meeting.id);
    if let Some(item) = facts.item {
        let is_of_it = meeting.is_none_or(|meeting| meeting == item.meeting_id);
        violations.check(
            is_of_it && !elsewhere(item.board_id),
            Code::NotFound,
            "agendaItemId",
            || "There is no such item at this meeting of this board. Choose one of its items.".to_owned(),
        );
        let may_know = !item.confidential || facts.owner_sits_on_the_board;
        violations.check(may_know, Code::RuleBroken, "ownerPersonId", || {
            "This follows from a confidential item, which only the board's own people may know of. Choose one of its members."
                .to_owned()
        });
    }
    violations.into_result_with(meeting.or(facts.item.map(|item| item.meeting_id)))
}

#[cfg(test)]
mod tests {
    use entity::meetings::kinds::MeetingStatus;

    use super::*;
    use crate::domains::meetings::rules::agenda::tests::{item, meeting};

    #[test]
    fn an_action_is_done_or_dropped_for_good_and_what_is_blocked_can_go_on() {
        use ActionStatus::{Blocked, Done, Dropped, Open};
        for (from, legal) in [
            (Open, &[Done, Blocked, Dropped][..]),
            (Blocked, &[Open, Done, Dropped]),
            (Done, &[]),
            (Dropped, &[]),
        ] {
            for to in [Open, Done, Blocked, Dropped] {
                assert_eq!(
                    check_step(from, to).is_ok(),
                    legal.contains(&to),
                    "{from} to {to}"
                );
            }
            assert_eq!(check_change(from).is_ok(), !legal.is_empty(), "{from}");
        }
    }

    #[test]
    fn nothing_is_to_be_done_by_a_day_that_is_over() {
        let today: NaiveDate = "2026-03-02".parse().unwrap();
        assert_eq!(check_due(today, today), Ok(()));
        assert_eq!(
            check_due(today.pred_opt().unwrap(), today).unwrap_err().code,
            Code::OutOfRange
        );
    }

    fn codes(facts: &OriginFacts<'_>) -> Vec<Code> {
        let wrong = check_origin(facts).err().unwrap_or_default();
        wrong.iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn an_action_follows_from_an_item_of_a_meeting_of_the_board() {
        let (held, open) = (meeting(1, MeetingStatus::Held), item(1, false, 1));
        let facts = OriginFacts {
            board_id: held.board_id,
            board: BoardStatus::Active,
            meeting: None,
            item: Some(&open),
            owner_sits_on_the_board: false,
        };
        assert_eq!(check_origin(&facts), Ok(Some(held.id)));
        let other = meeting(2, MeetingStatus::Held);
        let elsewhere = OriginFacts {
            meeting: Some(&other),
            ..facts
        };
        assert_eq!(codes(&elsewhere), [Code::NotFound]);
        let closed = OriginFacts {
            board: BoardStatus::Closed,
            ..facts
        };
        assert_eq!(codes(&closed), [Code::Inactive]);
    }

    #[test]
    fn what_follows_from_a_confidential_item_is_for_members() {
        let secret = item(1, true, 1);
        let mut facts = OriginFacts {
            board_id: secret.board_id,
            board: BoardStatus::Active,
            meeting: None,
            item: Some(&secret),
            owner_sits_on_the_board: false,
        };
        assert_eq!(codes(&facts), [Code::RuleBroken]);
        facts.owner_sits_on_the_board = true;
        assert_eq!(codes(&facts), []);
    }
}
