//! Boards, who sits on them and what people are paid for, by chance.

use entity::boards::board_membership_change;
use entity::boards::kinds::{MembershipEndReason, MembershipStage as S};
use harness::{Rows, world};

use super::{BOARDS, Dice, ORGANISATIONS, PARTNERSHIPS, PEOPLE, days, key, now};

pub fn boards(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in PARTNERSHIPS {
        rows.initiative.push(world::initiative(name, name));
        rows.constituency.push(world::constituency(name));
    }
    for name in BOARDS {
        let partnership = dice.pick(&PARTNERSHIPS);
        let host = dice.pick(&ORGANISATIONS);
        let initiative = dice.pick(&[Some("north"), Some("south"), None]);
        let mut board = world::board(name, partnership, host, initiative, false);
        board.published_at = dice.pick(&[Some(days(-5)), None, None, Some(now()), Some(days(1))]);
        rows.board.push(board);
    }
}

pub fn memberships(rows: &mut Rows, dice: &mut Dice<'_>) {
    for board in BOARDS {
        for person in PEOPLE {
            let name = format!("{board} {person}");
            let Some(stage) = dice.pick(&[
                Some(S::Active),
                None,
                None,
                Some(S::OnLeave),
                Some(S::Ended),
                Some(S::Nominated),
                Some(S::Visitor),
                Some(S::Offered),
                Some(S::Declined),
                Some(S::Withdrawn),
            ]) else {
                continue;
            };
            rows.board_seat
                .push(world::board_seat(board, person, Some("north")));
            let mut membership = world::membership(board, person, stage, Some(person));
            membership.nominated_by_organisation_id = dice
                .pick(&[None, None, Some("one"), Some("two")])
                .map(|by| key("organisation", by));
            membership.end_reason = (stage == S::Ended).then_some(MembershipEndReason::Other);
            for (from, to) in [(None, S::Nominated), (Some(S::Offered), stage)] {
                let id = key("board_membership_change", &format!("{name} {from:?} {to:?}"));
                rows.board_membership_change.push(board_membership_change::Model {
                    id,
                    membership_id: membership.id,
                    board_id: membership.board_id,
                    person_id: membership.person_id,
                    seat_id: membership.seat_id,
                    from_stage: from,
                    to_stage: to,
                    changed_at: days(-3),
                    reason: None,
                    waiver: false,
                    changed_by_user_id: Some(key("user", "ben")),
                });
            }
            rows.board_membership.push(membership);
        }
    }
}

/// Each person is paid for something by two organisations, one of which may be the same again.
pub fn contributions(rows: &mut Rows, dice: &mut Dice<'_>) {
    use entity::reciprocity::kinds::ContributionStatus as C;
    for person in PEOPLE {
        for number in 0..2 {
            let organisation = dice.pick(&ORGANISATIONS);
            let status = dice.pick(&[C::Accepted, C::Offered, C::Declined, C::Donated, C::Withdrawn]);
            let name = format!("{person} {number}");
            let row = world::contribution(&name, person, organisation, status);
            rows.contribution.push(row);
        }
    }
}
