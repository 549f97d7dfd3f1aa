//! Boards, their seats and members: what people can do, in which order, and what stops two who do it at once.

mod board;
mod cases;
mod constituency;
mod look_back;
mod membership;
mod nomination;
mod race;
mod representation;
mod seat;
mod terms;

use harness::mutations::{actions_since, change, does, done, events, on, refused};
use harness::{World, id, uuid};
use serde_json::{Value, json};

/// A membership of the world, as it is in the beginning.
fn membership(name: &str) -> Value {
    json!({ "id": id("board_membership", name), "version": 1 })
}

/// The stored row of a membership.
async fn stored(world: &World, membership: &Value) -> entity::boards::board_membership::Model {
    let wanted = membership["id"].as_str().unwrap().to_owned();
    let mut rows = world.rows().await.board_membership;
    rows.retain(|row| roundtable_api::planner::global_id::encode("board_membership", row.id.0) == wanted);
    rows.pop().unwrap()
}

/// The stages of a membership, as its history tells them.
async fn history(world: &World, membership: &Value) -> Vec<String> {
    let id = stored(world, membership).await.id;
    let mut changes = world.rows().await.board_membership_change;
    changes.retain(|change| change.membership_id == id);
    changes.sort_by_key(|change| (change.changed_at, change.id));
    changes.iter().map(|change| change.to_stage.to_string()).collect()
}

/// Adds a vacant seat to `team-up`.
async fn seat(world: &World, kind: &str) -> Value {
    let input = json!({
        "boardId": id("board", "team-up"), "label": format!("Another {kind}"), "kind": kind, "voting": false,
    });
    does(&world.client("board-chair"), "boardSeatCreate", input).await
}

/// Notes that somebody was present as a visitor at the meeting `held` of `team-up`, on 1 March.
async fn visited(world: &World, person: &str) {
    use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus};
    let (as_visitor, present) = (AttendanceCapacity::Visitor, AttendanceStatus::Present);
    let rows = harness::Rows {
        attendance: vec![harness::world::attendance(
            "team-up", "held", person, as_visitor, present,
        )],
        ..harness::Rows::default()
    };
    rows.insert(world.connection()).await;
}

/// Puts somebody's path at a stage past every rule, with the seat they are meant for.
async fn put(world: &World, name: &str, stage: entity::boards::kinds::MembershipStage, seat: Option<&Value>) {
    use entity::boards::board_membership;
    use sea_orm::{ActiveModelTrait, Set};
    let seat = seat.and_then(|seat| roundtable_api::planner::global_id::decode(seat["id"].as_str()?));
    let row = board_membership::ActiveModel {
        id: Set(uuid("board_membership", name).into()),
        stage: Set(stage),
        seat_id: Set(seat.map(|(_, id)| id.into())),
        from_on: Set(None),
        to_on: Set(None),
        end_reason: Set(None),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}
