//! Vacancies: their states, their times, and what a seat asks of them (`domain.md` 2.3).
//!
//! | from | to | by |
//! |---|---|---|
//! | `DRAFT` | `OPEN` | the recruiting organisation's administrator |
//! | `OPEN` | `CLOSED`, after the closing time | the same |
//! | `CLOSED` | `INTERVIEWING` | the server, when a panel begins to score |
//! | `INTERVIEWING` | `DECIDED` | the server, with the panel's last decision |
//! | `DECIDED` | `FILLED` | the server, when somebody accepts |
//! | `DECIDED` | `UNFILLED` | the recruiting organisation's administrator |
//! | `DECIDED` | `INTERVIEWING` | the server, when the panel of the next round begins to score |
//! | any before `DECIDED` | `WITHDRAWN` | the recruiting organisation's administrator |

use chrono::{DateTime, Utc};
use entity::id::OrganisationId;
use entity::panels::kinds::{VacancyKind, VacancyStatus};
use entity::panels::vacancy;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The states that a vacancy can reach in one step.
#[must_use]
pub const fn legal_moves(status: VacancyStatus) -> &'static [VacancyStatus] {
    use VacancyStatus::{Closed, Decided, Draft, Filled, Interviewing, Open, Unfilled, Withdrawn};
    match status {
        Draft => &[Open, Withdrawn],
        Open => &[Closed, Withdrawn],
        Closed => &[Interviewing, Withdrawn],
        Interviewing => &[Decided, Withdrawn],
        Decided => &[Interviewing, Filled, Unfilled],
        Filled | Unfilled | Withdrawn => &[],
    }
}

/// Whether a vacancy can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: VacancyStatus, to: VacancyStatus) -> Result<(), Violation> {
    transition("status", "vacancy", (from, to), legal_moves(from))
}

/// How an instant reads in a sentence: `5 July 2026 at 09:00 UTC`.
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y at %H:%M UTC").to_string()
}

/// The closing time lies after the opening.
///
/// # Errors
/// `OUT_OF_RANGE` at the closing time.
pub fn check_times(opens_at: DateTime<Utc>, closes_at: DateTime<Utc>) -> Result<(), Violation> {
    if opens_at < closes_at {
        return Ok(());
    }
    let message = format!(
        "Applications would close on {}, and open on {}. Choose a later closing time.",
        instant(closes_at),
        instant(opens_at)
    );
    Err(Violation::new(Code::OutOfRange, "closesAt", message))
}

/// What is known of the seat that a vacancy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatFacts {
    /// The organisation that hosts its board.
    pub host: OrganisationId,
    /// Whether it was closed.
    pub closed: bool,
}

/// A board seat is advertised with its seat, by the host of its board; nothing else names one.
///
/// # Errors
/// `REQUIRED`, `RULE_BROKEN` and `INACTIVE` at the seat.
pub fn check_seat(
    kind: VacancyKind,
    seat: Option<SeatFacts>,
    organisation: OrganisationId,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    match (kind, seat) {
        (VacancyKind::BoardSeat, None) => violations.push(Violation::new(
            Code::Required,
            "seatId",
            "A vacancy for a board seat names the seat. Choose a seat of a board that your organisation hosts.",
        )),
        (VacancyKind::BoardSeat, Some(seat)) => {
            violations.check(seat.host == organisation, Code::RuleBroken, "seatId", || {
                "The organisation that hosts a board recruits for its seats. Choose a seat of a board that it hosts."
                    .to_owned()
            });
            violations.check(!seat.closed, Code::Inactive, "seatId", || {
                "This seat was closed, so nobody can take it. Choose another seat.".to_owned()
            });
        }
        (_, Some(_)) => violations.push(Violation::new(
            Code::RuleBroken,
            "seatId",
            "Only a vacancy for a board seat names a seat. Leave the seat out, or choose the kind BOARD_SEAT.",
        )),
        (_, None) => {}
    }
    violations.into_result()
}

/// Whether a vacancy can be opened: its closing time is still to come.
///
/// # Errors
/// `ILLEGAL_TRANSITION`; `EXPIRED` at the vacancy.
pub fn check_opening(vacancy: &vacancy::Model, now: DateTime<Utc>) -> Result<(), Violation> {
    check_move(vacancy.status, VacancyStatus::Open)?;
    if now < vacancy.closes_at {
        return Ok(());
    }
    let message = format!(
        "Applications would have closed on {}. Choose a closing time to come before you open the vacancy.",
        instant(vacancy.closes_at)
    );
    Err(Violation::new(Code::Expired, "id", message))
}

/// Whether a vacancy can be closed: everybody had the time that was announced.
///
/// # Errors
/// `ILLEGAL_TRANSITION`; `RULE_BROKEN` before the closing time.
pub fn check_closing(vacancy: &vacancy::Model, now: DateTime<Utc>) -> Result<(), Violation> {
    check_move(vacancy.status, VacancyStatus::Closed)?;
    if vacancy.closes_at <= now {
        return Ok(());
    }
    let message = format!(
        "People were told that they can apply until {}. Close the vacancy after that, or withdraw it.",
        instant(vacancy.closes_at)
    );
    Err(Violation::new(Code::RuleBroken, "id", message))
}

/// Whether a change keeps to what was announced. A draft can change in everything; an open vacancy keeps its opening, and
/// closes no earlier than people were told; afterwards nothing changes.
///
/// # Errors
/// `INACTIVE` at the vacancy, `RULE_BROKEN` at the times.
pub fn check_change(before: &vacancy::Model, after: &vacancy::Model) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let can_change = matches!(before.status, VacancyStatus::Draft | VacancyStatus::Open);
    violations.check(can_change, Code::Inactive, "id", || {
        format!(
            "This vacancy is {}, so nothing about it changes any more.",
            before.status
        )
    });
    if before.status == VacancyStatus::Open {
        violations.check(
            after.opens_at == before.opens_at,
            Code::RuleBroken,
            "opensAt",
            || "The vacancy was announced, so its opening stays as it is.".to_owned(),
        );
        violations.check(
            after.closes_at >= before.closes_at,
            Code::RuleBroken,
            "closesAt",
            || {
                format!(
                    "People were told that they can apply until {}. Choose that time or a later one.",
                    instant(before.closes_at)
                )
            },
        );
    }
    violations.keep(check_times(after.opens_at, after.closes_at));
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use VacancyStatus::*;
    use entity::Described;

    use super::*;

    const STATES: [VacancyStatus; 8] = [
        Draft,
        Open,
        Closed,
        Interviewing,
        Decided,
        Filled,
        Unfilled,
        Withdrawn,
    ];

    #[test]
    fn every_move_that_is_not_in_the_table_is_illegal_and_answered_with_the_legal_ones() {
        assert_eq!(STATES.len(), VacancyStatus::values().len());
        let table: [&[VacancyStatus]; 8] = [
            &[Open, Withdrawn],
            &[Closed, Withdrawn],
            &[Interviewing, Withdrawn],
            &[Decided, Withdrawn],
            &[Interviewing, Filled, Unfilled],
            &[],
            &[],
            &[],
        ];
        for (from, legal) in STATES.into_iter().zip(table) {
            for to in STATES {
                let outcome = check_move(from, to);
                assert_eq!(outcome.is_ok(), legal.contains(&to), "{from} to {to}");
                let Err(violation) = outcome else { continue };
                assert_eq!(violation.code, Code::IllegalTransition);
                for way in legal {
                    assert!(violation.message.contains(&way.to_string()), "{violation}");
                }
            }
        }
    }

    #[test]
    fn a_board_seat_names_a_seat_of_the_host_and_nothing_else_does() {
        let (host, other) = (OrganisationId::new(), OrganisationId::new());
        let seat = |host, closed| Some(SeatFacts { host, closed });
        let codes = |kind, seat| {
            let found = check_seat(kind, seat, host).err().unwrap_or_default();
            found
                .into_iter()
                .map(|violation| violation.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(VacancyKind::BoardSeat, seat(host, false)), []);
        assert_eq!(codes(VacancyKind::StaffPost, None), []);
        assert_eq!(codes(VacancyKind::BoardSeat, None), [Code::Required]);
        assert_eq!(
            codes(VacancyKind::StaffPost, seat(host, false)),
            [Code::RuleBroken]
        );
        assert_eq!(
            codes(VacancyKind::BoardSeat, seat(other, true)),
            [Code::RuleBroken, Code::Inactive]
        );
    }
}
