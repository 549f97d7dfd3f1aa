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

use harness::{Answer, Client, World, id, uuid};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "boardMembership",
        "boardMembership",
        "stage fromOn toOn endReason conflictDeclaredAt seat { id } person { id } nominatedByOrganisation { id } \
         path { visibility motivation visitedOn visitWaiverReason decisionWaiverReason } \
         viewerCan { steer accept withdraw declareConflicts decline end }",
    ),
    (
        "boardSeat",
        "boardSeat",
        "label kind voting closedAt constituency { id } viewerCan { update close }",
    ),
    (
        "board",
        "board",
        "name status quorum quorumLived minLivedBp termMonths purpose publishedAt \
         viewerCan { update changeStatus publish createSeat nominate }",
    ),
    (
        "constituency",
        "constituency",
        "code label description viewerCan { update }",
    ),
];

/// Sends a mutation; its payload stands under `answer`, the object under `object`.
async fn change(client: &Client, mutation: &str, input: Value) -> Answer {
    let (_, object, fields) = OBJECTS
        .iter()
        .find(|(prefix, ..)| mutation.starts_with(prefix))
        .unwrap();
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ answer: {mutation}(input: $input) {{ \
         object: {object} {{ id version {fields} }} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

/// The same, for a change that no rule refuses.
#[track_caller]
fn done(answer: &Answer) -> Value {
    assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
    answer.data("/answer/object").clone()
}

/// Sends a mutation that nothing refuses, and answers with its object.
async fn does(client: &Client, mutation: &str, input: Value) -> Value {
    done(&change(client, mutation, input).await)
}

/// Sends a mutation, and answers with the rules it does not keep, as `CODE at input.path`.
async fn refused(client: &Client, mutation: &str, input: Value) -> Vec<String> {
    let answer = change(client, mutation, input).await;
    let errors = answer.user_errors("answer");
    assert!(!errors.is_empty(), "nothing was refused: {}", answer.text);
    errors
}

/// The input of an action on an object that was answered before, with more fields.
fn on(object: &Value, more: Value) -> Value {
    let mut input = more;
    input["id"] = object["id"].clone();
    input["expectedVersion"] = object["version"].clone();
    input
}

/// A membership of the world, as it is in the beginning.
fn membership(name: &str) -> Value {
    json!({ "id": id("board_membership", name), "version": 1 })
}

/// What was done since there were so many events, in order.
async fn actions_since(world: &World, before: usize) -> Vec<String> {
    let mut events = world.rows().await.audit_event;
    events.sort_by_key(|event| event.sequence);
    events
        .into_iter()
        .skip(before)
        .map(|event| event.action)
        .collect()
}

/// How many events there are.
async fn events(world: &World) -> usize {
    world.rows().await.audit_event.len()
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
