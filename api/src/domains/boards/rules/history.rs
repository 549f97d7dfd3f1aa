//! Who was on a board on any past day, rebuilt from the recorded steps.
//!
//! A membership row says how things are now. Its changes, to which rows are only ever added, say how they came to be, and the
//! last of them up to an instant says how they were then.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::boards::board_membership_change;
use entity::boards::kinds::MembershipStage;
use entity::id::{BoardId, BoardMembershipId, BoardSeatId, PersonId};

/// How far a person had got on a board at an instant.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The board.
    pub board_id: BoardId,
    /// The person.
    pub person_id: PersonId,
    /// The seat they held or were meant for.
    pub seat_id: Option<BoardSeatId>,
    /// The stage.
    pub stage: MembershipStage,
    /// Since when they were in it.
    pub since: DateTime<Utc>,
}

impl Standing {
    /// Whether the person was a member: active, or on leave.
    #[must_use]
    pub fn is_member(&self) -> bool {
        self.stage.holds_a_seat()
    }
}

/// Every membership that had begun at `instant`, those that had come to their end included, with the stage it was in.
///
/// A change counts from the very instant at which it was made. Changes may come in any order; of those at one instant the
/// later identifier counts, for identifiers of version 7 rise.
#[must_use]
pub fn as_of(
    changes: &[board_membership_change::Model],
    instant: DateTime<Utc>,
) -> BTreeMap<BoardMembershipId, Standing> {
    let mut past: Vec<&board_membership_change::Model> = changes
        .iter()
        .filter(|change| change.changed_at <= instant)
        .collect();
    past.sort_unstable_by_key(|change| (change.changed_at, change.id));
    let mut standings: BTreeMap<BoardMembershipId, Standing> = BTreeMap::new();
    for change in past {
        let since = standings
            .get(&change.membership_id)
            .filter(|before| before.stage == change.to_stage)
            .map_or(change.changed_at, |before| before.since);
        standings.insert(
            change.membership_id,
            Standing {
                board_id: change.board_id,
                person_id: change.person_id,
                seat_id: change.seat_id,
                stage: change.to_stage,
                since,
            },
        );
    }
    standings
}

#[cfg(test)]
mod tests {
    use entity::id::BoardMembershipChangeId;
    use proptest::prelude::*;
    use sea_orm::prelude::Uuid;

    use super::super::moves::{Entry, legal_moves};
    use super::super::status::tests::BOARD;
    use super::*;

    type Change = board_membership_change::Model;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn change(
        number: u128,
        membership: u128,
        second: i64,
        stages: (Option<MembershipStage>, MembershipStage),
    ) -> Change {
        Change {
            id: BoardMembershipChangeId(Uuid::from_u128(number)),
            membership_id: BoardMembershipId(Uuid::from_u128(membership)),
            board_id: BOARD,
            person_id: PersonId(Uuid::from_u128(membership)),
            seat_id: None,
            from_stage: stages.0,
            to_stage: stages.1,
            changed_at: at(second),
            reason: None,
            waiver: false,
            changed_by_user_id: None,
        }
    }

    fn stages(changes: &[Change], second: i64) -> Vec<MembershipStage> {
        as_of(changes, at(second))
            .values()
            .map(|standing| standing.stage)
            .collect()
    }

    #[test]
    fn a_past_day_is_answered_as_it_was() {
        use MembershipStage::{Active, Ended, Nominated, Offered};
        let changes = [
            change(1, 1, 10, (None, Nominated)),
            change(2, 1, 20, (Some(Nominated), Offered)),
            change(3, 1, 30, (Some(Offered), Active)),
            change(4, 1, 40, (Some(Active), Ended)),
        ];
        assert_eq!(stages(&changes, 9), []);
        assert_eq!(stages(&changes, 10), [Nominated]);
        assert_eq!(stages(&changes, 39), [Active]);
        assert_eq!(stages(&changes, 40), [Ended]);
        let standing = as_of(&changes, at(35)).into_values().next().unwrap();
        assert!(standing.is_member());
        assert_eq!(standing.since, at(30));
    }

    #[test]
    fn a_second_path_of_the_same_person_stands_beside_the_first() {
        use MembershipStage::{Declined, Nominated};
        let mut second = change(3, 2, 30, (None, Nominated));
        second.person_id = PersonId(Uuid::from_u128(1));
        let changes = [
            second,
            change(1, 1, 10, (None, Nominated)),
            change(2, 1, 20, (Some(Nominated), Declined)),
        ];
        assert_eq!(stages(&changes, 30), [Declined, Nominated]);
    }

    #[test]
    fn of_two_steps_at_one_instant_the_later_made_counts() {
        use MembershipStage::{Nominated, Offered};
        let changes = [
            change(2, 1, 10, (Some(Nominated), Offered)),
            change(1, 1, 10, (None, Nominated)),
        ];
        assert_eq!(stages(&changes, 10), [Offered]);
    }

    #[test]
    fn a_change_of_seat_alone_leaves_the_stage_as_old_as_it_was() {
        use MembershipStage::{Nominated, Offered};
        let mut reseated = change(3, 1, 30, (Some(Offered), Offered));
        reseated.seat_id = Some(BoardSeatId(Uuid::from_u128(7)));
        let changes = [
            change(1, 1, 10, (None, Nominated)),
            change(2, 1, 20, (Some(Nominated), Offered)),
            reseated,
        ];
        let standing = as_of(&changes, at(30)).into_values().next().unwrap();
        assert_eq!((standing.since, standing.seat_id), (at(20), changes[2].seat_id));
    }

    /// A history of some memberships, each of which makes legal moves at rising times, written in the order of time.
    fn histories() -> impl Strategy<Value = Vec<Change>> {
        let step = (0_u128..4, 0_i64..5, any::<prop::sample::Index>(), any::<bool>());
        prop::collection::vec(step, 0..40).prop_map(|steps| {
            let (mut second, mut history) = (0, Vec::new());
            let mut now: BTreeMap<u128, MembershipStage> = BTreeMap::new();
            for (number, (membership, wait, choice, nominated)) in (1..).zip(steps) {
                second += wait;
                let entry = if nominated {
                    Entry::Nomination
                } else {
                    Entry::VisitAndInterview
                };
                let from = now.get(&membership).copied();
                let Some(to) = from.map_or(Some(MembershipStage::Nominated), |from| {
                    let ways = legal_moves(from, entry);
                    (!ways.is_empty()).then(|| *choice.get(ways))
                }) else {
                    continue;
                };
                now.insert(membership, to);
                history.push(change(number, membership, second, (from, to)));
            }
            history
        })
    }

    proptest! {
        #[test]
        fn the_past_equals_a_replay_up_to_it(
            (history, shuffled) in histories().prop_flat_map(|history| {
                (Just(history.clone()), Just(history).prop_shuffle())
            }),
            second in -1_i64..200,
        ) {
            let mut replay: BTreeMap<BoardMembershipId, MembershipStage> = BTreeMap::new();
            for step in history.iter().take_while(|step| step.changed_at <= at(second)) {
                prop_assert_eq!(replay.insert(step.membership_id, step.to_stage), step.from_stage);
            }
            let found: BTreeMap<_, _> =
                as_of(&shuffled, at(second)).into_iter().map(|(id, standing)| (id, standing.stage)).collect();
            prop_assert_eq!(found, replay);
        }
    }
}
