//! Who is missing at the table, and whose term is over (`domain.md` 1, row 8, and 2.2).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use entity::boards::kinds::{MembershipStage, SeatKind};
use entity::boards::{board_membership, board_seat};
use entity::id::{BoardSeatId, ConstituencyId};

use super::quorum::{QuorumRules, VotingSeats, is_lived};

/// How well a board represents the people it is about, now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Representation {
    /// Open seats whose holders vote.
    pub voting_seats: u32,
    /// Those of them that somebody holds, members on leave included.
    pub filled_voting_seats: u32,
    /// The share of voting seats for lived experience and carers, in basis points; nothing without voting seats.
    pub lived_share_of_seats_bp: Option<i32>,
    /// The same share among the voting seats that somebody holds; nothing when nobody does.
    pub lived_share_of_members_bp: Option<i32>,
    /// Whether enough voting members are active for a decision, if all of them came.
    pub quorum_possible: bool,
    /// Whether enough of them hold a seat for lived experience or for a carer.
    pub lived_quorum_possible: bool,
    /// Open seats, voting or not, that nobody holds, in the order given.
    pub vacant_seats: Vec<BoardSeatId>,
    /// Constituencies for which nobody speaks: those with an open seat and no active member in any of their seats, and those
    /// that were asked about and have no open seat. In the order of their ids.
    pub constituencies_without_a_voice: Vec<ConstituencyId>,
}

/// An open seat, and the stage of whoever holds it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct SeatAtTheTable {
    /// The seat.
    pub id: BoardSeatId,
    /// In what capacity its holder sits.
    pub kind: SeatKind,
    /// Whether its holder votes.
    pub voting: bool,
    /// The group of people its holder speaks for.
    pub constituency_id: Option<ConstituencyId>,
    /// `ACTIVE` or `ON_LEAVE`; absent when nobody holds the seat.
    pub holder: Option<MembershipStage>,
}

/// Counts who is at the table of a board and who is missing.
///
/// `seats` and `memberships` are all those of the board: closed seats and ended memberships are left aside. `constituencies`
/// are those the board is meant to hear; others are taken from its seats.
#[must_use]
pub fn representation(
    rules: QuorumRules,
    seats: &[board_seat::Model],
    memberships: &[board_membership::Model],
    constituencies: &[ConstituencyId],
) -> Representation {
    let holder = |seat: BoardSeatId| {
        let held = memberships
            .iter()
            .filter(|membership| membership.seat_id == Some(seat) && membership.stage.holds_a_seat());
        held.map(|membership| membership.stage).min()
    };
    let open = seats.iter().filter(|seat| seat.closed_at.is_none());
    let table: Vec<SeatAtTheTable> = open
        .map(|seat| SeatAtTheTable {
            id: seat.id,
            kind: seat.kind,
            voting: seat.voting,
            constituency_id: seat.constituency_id,
            holder: holder(seat.id),
        })
        .collect();
    at_the_table(rules, &table, constituencies)
}

/// The same from the open seats alone, each with the stage of its holder.
#[must_use]
pub fn at_the_table(
    rules: QuorumRules,
    seats: &[SeatAtTheTable],
    constituencies: &[ConstituencyId],
) -> Representation {
    let counted = |chosen: fn(&SeatAtTheTable) -> bool| {
        let voting = seats.iter().filter(|seat| seat.voting && chosen(seat));
        VotingSeats::of_kinds(voting.map(|seat| seat.kind))
    };
    let all = counted(|_| true);
    let filled = counted(|seat| seat.holder.is_some());
    let present = counted(SeatAtTheTable::is_active);
    Representation {
        voting_seats: all.all,
        filled_voting_seats: filled.all,
        lived_share_of_seats_bp: all.lived_share_bp(),
        lived_share_of_members_bp: filled.lived_share_bp(),
        quorum_possible: i64::from(present.all) >= i64::from(rules.quorum),
        lived_quorum_possible: i64::from(present.lived) >= i64::from(rules.quorum_lived),
        vacant_seats: seats
            .iter()
            .filter(|seat| seat.holder.is_none())
            .map(|seat| seat.id)
            .collect(),
        constituencies_without_a_voice: without_a_voice(seats, constituencies),
    }
}

impl SeatAtTheTable {
    fn is_active(&self) -> bool {
        self.holder == Some(MembershipStage::Active)
    }
}

fn without_a_voice(seats: &[SeatAtTheTable], asked: &[ConstituencyId]) -> Vec<ConstituencyId> {
    let mut heard: BTreeMap<ConstituencyId, bool> = asked.iter().map(|id| (*id, false)).collect();
    for seat in seats {
        if let Some(constituency) = seat.constituency_id {
            *heard.entry(constituency).or_default() |= seat.is_active();
        }
    }
    heard
        .into_iter()
        .filter(|(_, heard)| !heard)
        .map(|(id, _)| id)
        .collect()
}

/// The vacant seats for lived experience and for carers, for those who choose whom to ask next.
#[must_use]
pub fn vacant_lived_seats<'a>(
    representation: &Representation,
    seats: &'a [board_seat::Model],
) -> Vec<&'a board_seat::Model> {
    seats
        .iter()
        .filter(|seat| is_lived(seat.kind) && representation.vacant_seats.contains(&seat.id))
        .collect()
}

/// The memberships whose term is over and that have to end with `TERM_EXPIRED`: their last day lies before `today`.
#[must_use]
pub fn terms_due(memberships: &[board_membership::Model], today: NaiveDate) -> Vec<&board_membership::Model> {
    terms(memberships, |to| to < today)
}

/// The memberships whose last day is `today` or within the `days` after it, so that somebody can ask in time.
#[must_use]
pub fn terms_ending(
    memberships: &[board_membership::Model],
    today: NaiveDate,
    days: u32,
) -> Vec<&board_membership::Model> {
    let until = today
        .checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX);
    terms(memberships, |to| (today..=until).contains(&to))
}

fn terms(
    memberships: &[board_membership::Model],
    chosen: impl Fn(NaiveDate) -> bool,
) -> Vec<&board_membership::Model> {
    memberships
        .iter()
        .filter(|membership| membership.stage.holds_a_seat() && membership.to_on.is_some_and(&chosen))
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::id::{BoardMembershipId, PersonId};
    use sea_orm::prelude::Uuid;

    use super::super::status::tests::{BOARD, seat};
    use super::*;

    const RULES: QuorumRules = QuorumRules {
        quorum: 2,
        quorum_lived: 1,
        min_lived_bp: 0,
        term_months: None,
    };

    fn constituency(number: u128) -> ConstituencyId {
        ConstituencyId(Uuid::from_u128(number))
    }

    fn spoken_for(number: u128, kind: SeatKind, of: u128) -> board_seat::Model {
        board_seat::Model {
            constituency_id: Some(constituency(of)),
            ..seat(number, kind)
        }
    }

    fn member(number: u128, stage: MembershipStage, to_on: Option<NaiveDate>) -> board_membership::Model {
        board_membership::Model {
            id: BoardMembershipId(Uuid::from_u128(number)),
            board_id: BOARD,
            person_id: PersonId(Uuid::from_u128(number)),
            seat_id: Some(BoardSeatId(Uuid::from_u128(number))),
            nominated_by_organisation_id: None,
            stage,
            from_on: None,
            to_on,
            end_reason: None,
            visited_on: None,
            motivation: None,
            visit_waiver_reason: None,
            decision_waiver_reason: None,
            conflict_declared_at: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }

    #[test]
    fn the_table_of_a_board_is_counted() {
        let mut closed = seat(5, SeatKind::Carer);
        closed.closed_at = Some(DateTime::UNIX_EPOCH);
        let observer = board_seat::Model {
            voting: false,
            ..seat(4, SeatKind::Vcse)
        };
        let seats = [
            seat(1, SeatKind::LivedExperience),
            seat(2, SeatKind::Carer),
            seat(3, SeatKind::Officer),
            observer,
            closed,
        ];
        let members = [
            member(1, MembershipStage::Active, None),
            member(2, MembershipStage::Offered, None),
            member(3, MembershipStage::Active, None),
            member(5, MembershipStage::Ended, None),
        ];
        let found = representation(RULES, &seats, &members, &[]);
        assert_eq!(
            found,
            Representation {
                voting_seats: 3,
                filled_voting_seats: 2,
                lived_share_of_seats_bp: Some(6_666),
                lived_share_of_members_bp: Some(5_000),
                quorum_possible: true,
                lived_quorum_possible: true,
                vacant_seats: vec![seats[1].id, seats[3].id],
                constituencies_without_a_voice: Vec::new(),
            }
        );
        let lived: Vec<_> = vacant_lived_seats(&found, &seats)
            .iter()
            .map(|seat| seat.id)
            .collect();
        assert_eq!(lived, [seats[1].id]);
    }

    #[test]
    fn a_member_on_leave_keeps_the_seat_and_counts_for_no_quorum() {
        let seats = [seat(1, SeatKind::LivedExperience), seat(2, SeatKind::Officer)];
        let members = [
            member(1, MembershipStage::OnLeave, None),
            member(2, MembershipStage::Active, None),
        ];
        let found = representation(RULES, &seats, &members, &[]);
        assert_eq!((found.filled_voting_seats, found.vacant_seats.len()), (2, 0));
        assert!(!found.quorum_possible && !found.lived_quorum_possible);
    }

    #[test]
    fn a_member_without_a_vote_counts_for_no_quorum() {
        let seats = [
            seat(1, SeatKind::LivedExperience),
            board_seat::Model {
                voting: false,
                ..seat(2, SeatKind::Officer)
            },
        ];
        let members = [
            member(1, MembershipStage::Active, None),
            member(2, MembershipStage::Active, None),
        ];
        let found = representation(RULES, &seats, &members, &[]);
        assert!(!found.quorum_possible && found.lived_quorum_possible);
    }

    #[test]
    fn a_constituency_has_a_voice_while_one_of_its_members_is_active() {
        let seats = [
            spoken_for(1, SeatKind::Carer, 10),
            spoken_for(2, SeatKind::Carer, 10),
            spoken_for(3, SeatKind::Carer, 20),
            spoken_for(4, SeatKind::Carer, 30),
        ];
        let members = [
            member(2, MembershipStage::Active, None),
            member(3, MembershipStage::OnLeave, None),
        ];
        let asked = [constituency(10), constituency(40)];
        let found = representation(RULES, &seats, &members, &asked);
        let silent = [20, 30, 40].map(constituency);
        assert_eq!(found.constituencies_without_a_voice, silent);
    }

    #[test]
    fn a_closed_seat_gives_no_voice_and_asks_for_none() {
        let mut closed = spoken_for(1, SeatKind::Carer, 10);
        closed.closed_at = Some(DateTime::UNIX_EPOCH);
        let members = [member(1, MembershipStage::Active, None)];
        let silent = |asked: &[ConstituencyId]| {
            representation(RULES, std::slice::from_ref(&closed), &members, asked)
                .constituencies_without_a_voice
        };
        assert_eq!(silent(&[]), []);
        assert_eq!(silent(&[constituency(10)]), [constituency(10)]);
    }

    #[test]
    fn a_term_is_over_on_the_day_after_its_last() {
        let last = NaiveDate::from_ymd_opt(2026, 7, 5).unwrap();
        let members = [
            member(1, MembershipStage::Active, Some(last)),
            member(2, MembershipStage::OnLeave, Some(last)),
            member(3, MembershipStage::Ended, Some(last)),
            member(4, MembershipStage::Active, None),
        ];
        let due = |today| {
            terms_due(&members, today)
                .iter()
                .map(|member| member.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(due(last), []);
        assert_eq!(due(last.succ_opt().unwrap()), [members[0].id, members[1].id]);
    }

    #[test]
    fn terms_that_end_soon_are_told_beforehand() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
        let members = [member(1, MembershipStage::Active, Some(day(20)))];
        assert!(terms_ending(&members, day(10), 9).is_empty());
        assert_eq!(terms_ending(&members, day(10), 10).len(), 1);
        assert_eq!(terms_ending(&members, day(20), 0).len(), 1);
        assert!(terms_ending(&members, day(21), 30).is_empty(), "that one is due");
    }
}
