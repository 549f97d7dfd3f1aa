//! The numbers a board sets itself, and whether its seats can keep them (`domain.md` 2.2).
//!
//! A **quorum** is how many voting members must be present for a decision; `quorum_lived` says how many of them must hold a
//! seat for lived experience or for an unpaid carer. `min_lived_bp` is the least share of such seats among the voting seats,
//! in basis points (10,000 is all of them). A board that is forming may still lack seats; a board at work may not.

use entity::boards::kinds::{BoardStatus, SeatKind};
use entity::boards::{board, board_seat};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// Basis points in a whole.
pub const WHOLE_BP: i32 = 10_000;

/// The numbers a board sets itself.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct QuorumRules {
    /// How many voting members must be present.
    pub quorum: i32,
    /// How many of them must hold a seat for lived experience or for a carer.
    pub quorum_lived: i32,
    /// The least share of such seats among the voting seats, in basis points.
    pub min_lived_bp: i32,
    /// How many months a membership lasts; absent when memberships are open-ended.
    pub term_months: Option<i32>,
}

impl From<&board::Model> for QuorumRules {
    fn from(board: &board::Model) -> Self {
        Self {
            quorum: board.quorum,
            quorum_lived: board.quorum_lived,
            min_lived_bp: board.min_lived_bp,
            term_months: board.term_months,
        }
    }
}

/// Whether a seat counts as one of lived experience: its holder uses services, or cares for somebody who does.
#[must_use]
pub const fn is_lived(kind: SeatKind) -> bool {
    matches!(kind, SeatKind::LivedExperience | SeatKind::Carer)
}

/// Whether the numbers can stand beside each other, whatever seats there are.
///
/// # Errors
/// `OUT_OF_RANGE` at each number that cannot stand.
pub fn check_numbers(rules: QuorumRules) -> Result<(), Vec<Violation>> {
    let QuorumRules {
        quorum,
        quorum_lived,
        min_lived_bp,
        term_months,
    } = rules;
    let mut violations = Violations::default();
    violations.check(quorum >= 1, Code::OutOfRange, "quorum", || {
        format!("The quorum is {quorum}. At least one voting member must be present for a decision: choose 1 or more.")
    });
    violations.check((0..=quorum.max(0)).contains(&quorum_lived), Code::OutOfRange, "quorumLived", || {
        format!(
            "{quorum_lived} of the quorum must have lived experience, and the quorum is {quorum}. Choose a number from 0 to \
             the quorum."
        )
    });
    violations.check((0..=WHOLE_BP).contains(&min_lived_bp), Code::OutOfRange, "minLivedBp", || {
        format!(
            "The least share of lived-experience seats is {min_lived_bp} basis points. Choose a number from 0 (none) to \
             10000 (all); 5000 is half."
        )
    });
    violations.check(term_months.is_none_or(|months| months >= 1), Code::OutOfRange, "termMonths", || {
        "A term lasts at least one month. Choose 1 or more, or leave it out for memberships without an end.".to_owned()
    });
    violations.into_result()
}

/// How many open voting seats there are, and how many of them are for lived experience.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct VotingSeats {
    /// Open seats whose holders vote.
    pub all: u32,
    /// Those of them for lived experience and for carers.
    pub lived: u32,
}

impl VotingSeats {
    /// Counts the open voting seats among `seats`.
    pub fn count<'a>(seats: impl IntoIterator<Item = &'a board_seat::Model>) -> Self {
        let voting = seats
            .into_iter()
            .filter(|seat| seat.voting && seat.closed_at.is_none());
        Self::of_kinds(voting.map(|seat| seat.kind))
    }

    /// Counts seats that vote, by their kinds.
    pub fn of_kinds(kinds: impl IntoIterator<Item = SeatKind>) -> Self {
        kinds
            .into_iter()
            .fold(Self { all: 0, lived: 0 }, |counted, kind| Self {
                all: counted.all + 1,
                lived: counted.lived + u32::from(is_lived(kind)),
            })
    }

    /// The share of lived-experience seats in basis points, rounded down; nothing when there are no voting seats.
    #[must_use]
    pub fn lived_share_bp(self) -> Option<i32> {
        let share =
            (u64::from(self.lived) * u64::from(WHOLE_BP.unsigned_abs())).checked_div(u64::from(self.all))?;
        i32::try_from(share).ok()
    }
}

/// Whether the open seats of a board can keep its numbers.
///
/// # Errors
/// `RULE_BROKEN` for each number that the seats cannot keep.
pub fn check_seats(rules: QuorumRules, seats: &[board_seat::Model]) -> Result<(), Vec<Violation>> {
    let voting = VotingSeats::count(seats);
    let mut violations = Violations::default();
    violations.check(i64::from(rules.quorum) <= i64::from(voting.all), Code::RuleBroken, "quorum", || {
        format!(
            "The quorum is {}, and the board has {} open voting seats, so it could never decide. Add voting seats or lower \
             the quorum.",
            rules.quorum, voting.all
        )
    });
    let lived_suffice = i64::from(rules.quorum_lived) <= i64::from(voting.lived);
    violations.check(lived_suffice, Code::RuleBroken, "quorumLived", || {
        format!(
            "{} people with lived experience must be present for a decision, and the board has {} such voting seats. Add \
             seats for lived experience or carers, or lower the number.",
            rules.quorum_lived, voting.lived
        )
    });
    let needed = u64::try_from(rules.min_lived_bp).unwrap_or(0) * u64::from(voting.all);
    let is_kept = u64::from(voting.lived) * u64::from(WHOLE_BP.unsigned_abs()) >= needed;
    violations.check(is_kept, Code::RuleBroken, "minLivedBp", || {
        format!(
            "{} of {} voting seats are for lived experience or carers; the board has promised at least {}%. Add such seats, \
             or close others.",
            voting.lived,
            voting.all,
            percent(rules.min_lived_bp)
        )
    });
    violations.into_result()
}

/// Whether a board in this status may have these numbers and seats: to be asked before any change to either.
///
/// # Errors
/// As [`check_numbers`]; for a board at work as [`check_seats`] too.
pub fn check_board(
    status: BoardStatus,
    rules: QuorumRules,
    seats: &[board_seat::Model],
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep_all(check_numbers(rules));
    if status == BoardStatus::Active {
        violations.keep_all(check_seats(rules, seats));
    }
    violations.into_result()
}

fn percent(bp: i32) -> String {
    let text = format!("{}.{:02}", bp / 100, bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::status::tests::seat;
    use super::*;

    const RULES: QuorumRules = QuorumRules {
        quorum: 3,
        quorum_lived: 2,
        min_lived_bp: 5_000,
        term_months: Some(24),
    };

    fn fields(outcome: Result<(), Vec<Violation>>) -> Vec<String> {
        outcome
            .err()
            .unwrap_or_default()
            .into_iter()
            .flat_map(|violation| violation.path)
            .collect()
    }

    #[test]
    fn the_lived_part_of_a_quorum_is_no_more_than_the_quorum() {
        assert_eq!(fields(check_numbers(RULES)), [""; 0]);
        assert_eq!(
            fields(check_numbers(QuorumRules {
                quorum_lived: 3,
                ..RULES
            })),
            [""; 0]
        );
        assert_eq!(
            fields(check_numbers(QuorumRules {
                quorum_lived: 4,
                ..RULES
            })),
            ["quorumLived"]
        );
        assert_eq!(
            fields(check_numbers(QuorumRules {
                quorum_lived: -1,
                ..RULES
            })),
            ["quorumLived"]
        );
    }

    #[test]
    fn all_numbers_that_cannot_stand_are_named_at_once() {
        let rules = QuorumRules {
            quorum: 0,
            quorum_lived: 1,
            min_lived_bp: 10_001,
            term_months: Some(0),
        };
        assert_eq!(
            fields(check_numbers(rules)),
            ["quorum", "quorumLived", "minLivedBp", "termMonths"]
        );
        assert_eq!(
            fields(check_numbers(QuorumRules {
                term_months: None,
                ..RULES
            })),
            [""; 0]
        );
    }

    #[test]
    fn a_board_has_at_least_as_many_voting_seats_as_its_quorum() {
        let mut seats = vec![
            seat(1, SeatKind::LivedExperience),
            seat(2, SeatKind::Carer),
            seat(3, SeatKind::Officer),
        ];
        assert_eq!(fields(check_seats(RULES, &seats)), [""; 0]);
        seats[2].voting = false;
        assert_eq!(fields(check_seats(RULES, &seats)), ["quorum"]);
        seats[2].voting = true;
        seats[2].closed_at = Some(chrono::DateTime::UNIX_EPOCH);
        assert_eq!(fields(check_seats(RULES, &seats)), ["quorum"]);
    }

    #[test]
    fn carers_and_people_with_lived_experience_have_their_share_of_the_votes() {
        let mut seats = vec![
            seat(1, SeatKind::LivedExperience),
            seat(2, SeatKind::Carer),
            seat(3, SeatKind::Officer),
            seat(4, SeatKind::Provider),
        ];
        assert_eq!(fields(check_seats(RULES, &seats)), [""; 0], "half is half");
        seats.push(seat(5, SeatKind::Clinician));
        assert_eq!(fields(check_seats(RULES, &seats)), ["minLivedBp"]);
        seats[1].voting = false;
        assert_eq!(fields(check_seats(RULES, &seats)), ["quorumLived", "minLivedBp"]);
    }

    #[test]
    fn a_third_is_rounded_down_and_compared_exactly() {
        let seats = [
            seat(1, SeatKind::Carer),
            seat(2, SeatKind::Officer),
            seat(3, SeatKind::Officer),
        ];
        assert_eq!(VotingSeats::count(&seats).lived_share_bp(), Some(3_333));
        let third = QuorumRules {
            quorum_lived: 1,
            min_lived_bp: 3_333,
            ..RULES
        };
        assert_eq!(check_seats(third, &seats), Ok(()));
        assert_eq!(
            fields(check_seats(
                QuorumRules {
                    min_lived_bp: 3_334,
                    ..third
                },
                &seats
            )),
            ["minLivedBp"]
        );
        assert_eq!(VotingSeats::count(&[]).lived_share_bp(), None);
    }

    #[test]
    fn only_a_board_at_work_must_have_its_seats() {
        assert_eq!(check_board(BoardStatus::Forming, RULES, &[]), Ok(()));
        assert_eq!(
            fields(check_board(BoardStatus::Active, RULES, &[])),
            ["quorum", "quorumLived"]
        );
        let impossible = QuorumRules {
            quorum: 0,
            quorum_lived: 0,
            ..RULES
        };
        assert_eq!(
            fields(check_board(BoardStatus::Forming, impossible, &[])),
            ["quorum"]
        );
    }

    #[test]
    fn a_share_is_told_in_percent() {
        assert_eq!(
            [percent(5_000), percent(3_334), percent(10_000), percent(50)],
            ["50", "33.34", "100", "0.5"]
        );
        assert_eq!(percent(0), "0");
    }
}
