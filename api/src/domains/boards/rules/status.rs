//! The life of a board and of its seats (`domain.md` 2.2 and 2.10).
//!
//! A board is set up (`FORMING`), works (`ACTIVE`), may rest (`DORMANT`) and come back, and ends for good (`CLOSED`), from
//! wherever it has got to. It can work only with seats that can keep the numbers it has set itself.

use entity::boards::board_seat;
use entity::boards::kinds::BoardStatus;

use super::quorum::{QuorumRules, check_board};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The statuses a board can reach in one step.
#[must_use]
pub const fn legal_statuses(status: BoardStatus) -> &'static [BoardStatus] {
    use BoardStatus::{Active, Closed, Dormant, Forming};
    match status {
        Forming | Dormant => &[Active, Closed],
        Active => &[Dormant, Closed],
        Closed => &[],
    }
}

/// A board after a change of its status.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct BoardStatusPlan {
    /// The status after.
    pub status: BoardStatus,
    /// Whether every open membership has to come to its end in the same step: members end with `BOARD_CLOSED`, and whoever
    /// is on the way is declined.
    pub closes_memberships: bool,
}

/// Plans the change of a board's status.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the statuses that could be reached; on the way to `ACTIVE` everything that
/// [`check_board`] finds.
pub fn plan_status(
    current: BoardStatus,
    to: BoardStatus,
    rules: QuorumRules,
    seats: &[board_seat::Model],
) -> Result<BoardStatusPlan, Vec<Violation>> {
    transition("status", "board", (current, to), legal_statuses(current)).map_err(|illegal| vec![illegal])?;
    if to == BoardStatus::Active {
        check_board(to, rules, seats)?;
    }
    Ok(BoardStatusPlan {
        status: to,
        closes_memberships: to == BoardStatus::Closed,
    })
}

/// Whether a seat can be added to a board in this status.
///
/// # Errors
/// `INACTIVE` for a closed board.
pub fn check_new_seat(status: BoardStatus) -> Result<(), Violation> {
    if status == BoardStatus::Closed {
        let message = "This board is closed, so it gets no new seats. Start another board instead.";
        return Err(Violation::new(Code::Inactive, "boardId", message));
    }
    Ok(())
}

/// Whether a seat can be changed, or closed, as `after` says. `seats` are all seats of the board as they were; a board at
/// work must be able to keep its numbers afterwards.
///
/// # Errors
/// `INACTIVE` when the seat is closed already, `CONFLICT` when its capacity changes or it closes while somebody holds it,
/// and everything that [`check_board`] finds.
pub fn check_seat_change(
    status: BoardStatus,
    rules: QuorumRules,
    seats: &[board_seat::Model],
    after: &board_seat::Model,
    is_held: bool,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let before = seats.iter().find(|seat| seat.id == after.id);
    violations.check(before.is_some(), Code::NotFound, "id", || {
        "There is no such seat on this board.".to_owned()
    });
    let Some(before) = before else {
        return violations.into_result();
    };
    violations.check(before.closed_at.is_none(), Code::Inactive, "id", || {
        "This seat was closed for good. Add a new seat instead.".to_owned()
    });
    violations.check(!(is_held && before.kind != after.kind), Code::Conflict, "kind", || {
        "Somebody holds this seat, and came to it in its present capacity. End their membership first, or add another seat."
            .to_owned()
    });
    violations.check(
        !(is_held && after.closed_at.is_some()),
        Code::Conflict,
        "id",
        || "Somebody holds this seat. End their membership first, with the reason SEAT_CLOSED.".to_owned(),
    );
    let changed: Vec<board_seat::Model> = seats
        .iter()
        .map(|seat| if seat.id == after.id { after } else { seat })
        .cloned()
        .collect();
    violations.keep_all(check_board(status, rules, &changed));
    violations.into_result()
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::DateTime;
    use entity::boards::kinds::SeatKind;
    use entity::id::{BoardId, BoardSeatId};
    use sea_orm::prelude::Uuid;

    use super::*;

    pub(in super::super) const BOARD: BoardId = BoardId(Uuid::from_u128(1));

    pub(in super::super) fn seat(number: u128, kind: SeatKind) -> board_seat::Model {
        board_seat::Model {
            id: BoardSeatId(Uuid::from_u128(number)),
            board_id: BOARD,
            label: format!("Seat {number}"),
            kind,
            constituency_id: None,
            voting: true,
            closed_at: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    const RULES: QuorumRules = QuorumRules {
        quorum: 1,
        quorum_lived: 1,
        min_lived_bp: 5_000,
        term_months: None,
    };
    const STATUSES: [BoardStatus; 4] = [
        BoardStatus::Forming,
        BoardStatus::Active,
        BoardStatus::Dormant,
        BoardStatus::Closed,
    ];

    #[test]
    fn a_board_forms_works_rests_and_closes_for_good() {
        let seats = [seat(1, SeatKind::Carer)];
        let table = [
            // FORMING ACTIVE DORMANT CLOSED
            [false, true, false, true],
            [false, false, true, true],
            [false, true, false, true],
            [false, false, false, false],
        ];
        for (from, row) in STATUSES.into_iter().zip(table) {
            for (to, legal) in STATUSES.into_iter().zip(row) {
                let plan = plan_status(from, to, RULES, &seats);
                assert_eq!(plan.is_ok(), legal, "{from} to {to}: {plan:?}");
                if let Err(violations) = plan {
                    assert_eq!(violations[0].code, Code::IllegalTransition);
                    for way in legal_statuses(from) {
                        assert!(violations[0].message.contains(&way.to_string()), "{from} to {to}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_board_cannot_start_work_without_the_seats_its_quorum_needs() {
        let violations = plan_status(BoardStatus::Forming, BoardStatus::Active, RULES, &[]).unwrap_err();
        assert_eq!(violations.len(), 2, "{violations:?}");
        assert!(plan_status(BoardStatus::Forming, BoardStatus::Closed, RULES, &[]).is_ok());
    }

    #[test]
    fn closing_a_board_ends_its_memberships_with_it() {
        let plan = |to| plan_status(BoardStatus::Active, to, RULES, &[]).unwrap();
        assert!(plan(BoardStatus::Closed).closes_memberships);
        assert!(!plan(BoardStatus::Dormant).closes_memberships);
    }

    #[test]
    fn a_closed_board_gets_no_new_seats() {
        assert!(check_new_seat(BoardStatus::Forming).is_ok());
        assert_eq!(
            check_new_seat(BoardStatus::Closed).unwrap_err().code,
            Code::Inactive
        );
    }

    #[test]
    fn a_seat_that_somebody_holds_neither_closes_nor_changes_its_capacity() {
        let seats = [seat(1, SeatKind::Officer)];
        let change = |after: &board_seat::Model, is_held| {
            let outcome = check_seat_change(BoardStatus::Forming, RULES, &seats, after, is_held);
            outcome
                .err()
                .unwrap_or_default()
                .iter()
                .map(|violation| violation.code)
                .collect::<Vec<_>>()
        };
        let lived = seat(1, SeatKind::LivedExperience);
        let mut closed = seat(1, SeatKind::Officer);
        closed.closed_at = Some(DateTime::UNIX_EPOCH);
        assert_eq!(change(&lived, true), [Code::Conflict]);
        assert_eq!(change(&closed, true), [Code::Conflict]);
        assert_eq!(change(&lived, false), []);
        assert_eq!(change(&closed, false), []);
        assert_eq!(change(&seat(2, SeatKind::Officer), false), [Code::NotFound]);
    }

    #[test]
    fn a_closed_seat_stays_closed() {
        let mut closed = seat(1, SeatKind::Officer);
        closed.closed_at = Some(DateTime::UNIX_EPOCH);
        let reopened = seat(1, SeatKind::Officer);
        let outcome = check_seat_change(BoardStatus::Forming, RULES, &[closed], &reopened, false);
        assert_eq!(outcome.unwrap_err()[0].code, Code::Inactive);
    }

    #[test]
    fn a_board_at_work_cannot_lose_the_seats_its_quorum_needs() {
        let seats = [seat(1, SeatKind::Carer), seat(2, SeatKind::Officer)];
        let mut closed = seat(1, SeatKind::Carer);
        closed.closed_at = Some(DateTime::UNIX_EPOCH);
        let check = |status| check_seat_change(status, RULES, &seats, &closed, false);
        assert_eq!(check(BoardStatus::Active).unwrap_err().len(), 2);
        assert_eq!(check(BoardStatus::Dormant), Ok(()));
    }
}
