//! What is added to the fixed world before some cases: what is closed, resting, due or not there yet.

use entity::boards::board_membership;
use entity::boards::kinds::{BoardStatus, MembershipStage};
use entity::partnerships::agreement_party;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipStatus};
use harness::{Rows, World, uuid, world};
use sea_orm::{ActiveModelTrait, Set};

/// Three more boards of `ashdown-council`: `resting`, with the seats it needs to take up its work again; `bare`, forming, without
/// any; and `over`, closed.
pub async fn boards(world: World) {
    let mut rows = Rows::default();
    for (name, status) in [
        ("resting", BoardStatus::Dormant),
        ("bare", BoardStatus::Forming),
        ("over", BoardStatus::Closed),
    ] {
        let mut board = world::board(name, "ashdown-together", "ashdown-council", None, false);
        board.status = status;
        rows.board.push(board);
    }
    for seat in ["one", "two"] {
        rows.board_seat.push(world::board_seat("resting", seat, None));
    }
    add(&world, rows).await;
}

/// A vacant seat for lived experience on `team-up`.
pub async fn seat(world: World) {
    let mut rows = Rows::default();
    rows.board_seat.push(world::board_seat("team-up", "spare", None));
    add(&world, rows).await;
}

/// The `visitor` has been offered that seat, and was a member of `quiet` once.
pub async fn offer(world: World) {
    let mut rows = Rows::default();
    let ended = world::membership("quiet", "visitor", MembershipStage::Ended, None);
    rows.board_membership.push(ended);
    add(&world, rows).await;
    seat(world.clone()).await;
    let row = board_membership::ActiveModel {
        id: Set(uuid("board_membership", "team-up visitor").into()),
        stage: Set(MembershipStage::Offered),
        seat_id: Set(Some(uuid("board_seat", "team-up spare").into())),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

/// Two more partnerships that `fernley-council` leads: `fernley-alone`, forming, without other partners and past its last day;
/// and `fernley-over`, closed. `cedar-voices` has joined `fernley-next`.
pub async fn partnerships(world: World) {
    let fixed = world::rows();
    let lead = fixed.partnership_member.iter().find(|member| {
        member.partnership_id.0 == uuid("partnership", "fernley-next")
            && member.status == PartnershipMemberStatus::Active
    });
    let lead = lead.unwrap();
    let mut rows = Rows::default();
    for (name, status) in [
        ("fernley-alone", PartnershipStatus::Forming),
        ("fernley-over", PartnershipStatus::Closed),
    ] {
        let mut partnership = world::partnership(name, status, "fernley-council");
        partnership.ends_on = "2026-02-01".parse().ok();
        let mut member = lead.clone();
        member.id = uuid("partnership_member", &format!("{name} fernley-council")).into();
        member.partnership_id = partnership.id;
        rows.partnership.push(partnership);
        rows.partnership_member.push(member);
    }
    add(&world, rows).await;
    let row = entity::partnerships::partnership_member::ActiveModel {
        id: Set(uuid("partnership_member", "fernley-next cedar-voices").into()),
        status: Set(PartnershipMemberStatus::Active),
        joined_on: Set("2026-03-01".parse().ok()),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

/// Nobody has signed `ashdown-draft` yet.
pub async fn draft(world: World) {
    let row = agreement_party::ActiveModel {
        id: Set(uuid("agreement_party", "ashdown-draft ashdown-council").into()),
        signed_at: Set(None),
        signed_by_user_id: Set(None),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}

/// Adds what is not there yet: several cases may be tried in one world.
async fn add(world: &World, mut rows: Rows) {
    let there = world.rows().await;
    rows.board
        .retain(|row| !there.board.iter().any(|other| other.id == row.id));
    rows.board_seat
        .retain(|row| !there.board_seat.iter().any(|other| other.id == row.id));
    rows.board_membership
        .retain(|row| !there.board_membership.iter().any(|other| other.id == row.id));
    rows.partnership
        .retain(|row| !there.partnership.iter().any(|other| other.id == row.id));
    rows.partnership_member
        .retain(|row| !there.partnership_member.iter().any(|other| other.id == row.id));
    rows.insert(world.connection()).await;
}
