//! Boards at work: their meetings, agendas, attendance, decisions and actions.

mod actions;
mod agenda;
mod attendance;
pub mod calendar;
mod decisions;
mod life;
mod minutes;
mod pinned;
mod preparation;
mod race;
mod reads;
mod recusal;

use harness::{Answer, Client, World, id};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "meetingSeries",
        "meetingSeries",
        "recurrenceRule meetings { nodes { id title startsAt endsAt status venue } }",
    ),
    (
        "meeting",
        "meeting",
        "title startsAt endsAt status venue publishedAt cancellationReason minutesApprovedAt joining { onlineUrl } \
         minutes { text } minutesApprovedByMeeting { id } viewerCan { update propose }",
    ),
    (
        "paper",
        "paper",
        "title format mediaType url body withdrawnAt original { id } resourceVersion { id }",
    ),
    (
        "accessNeedMet",
        "accessNeedMet",
        "arrangement confirmedAt viewerCan { confirm }",
    ),
    (
        "conflict",
        "conflictDeclaration",
        "context nature level detail assessment mitigation board { id } agendaItem { id } assessedBy { id } viewerCan { assess }",
    ),
    (
        "agendaItem",
        "agendaItem",
        "title summary kind status ordinal confidential declineReason proposedByPerson { id } viewerCan { update answer }",
    ),
    (
        "attendance",
        "attendance",
        "capacity status person { id } viewerCan { record sendApologies }",
    ),
    (
        "boardDecision",
        "boardDecision",
        "text method outcome votesFor votesAgainst votesAbstain votingPresent livedPresent",
    ),
    (
        "action",
        "action",
        "title detail dueOn status statusNote closedAt ownerPerson { id } meeting { id } agendaItem { id } \
         viewerCan { update progress }",
    ),
];

/// Sends a mutation; its payload stands under `answer`, the object under `object`.
async fn change(client: &Client, mutation: &str, input: Value) -> Answer {
    let (_, object, fields) = OBJECTS
        .iter()
        .find(|(prefix, ..)| mutation.starts_with(prefix))
        .unwrap();
    let version = if *object == "boardDecision" { "" } else { "version" };
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ answer: {mutation}(input: $input) {{ \
         object: {object} {{ id {version} {fields} }} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

/// Sends a mutation that nothing refuses, and answers with its object.
async fn does(client: &Client, mutation: &str, input: Value) -> Value {
    let answer = change(client, mutation, input).await;
    assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
    answer.data("/answer/object").clone()
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

/// Something of the world, as it is in the beginning.
fn first(kind: &str, name: &str) -> Value {
    json!({ "id": id(kind, name), "version": 1 })
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

/// A list by a query, as the titles of its nodes.
async fn titles(client: &Client, query: &str, at: &str) -> Vec<String> {
    let answer = client.query(query, Value::Null).await;
    let nodes = answer.data(&format!("{at}/nodes")).as_array().unwrap();
    let titles = nodes
        .iter()
        .map(|node| node["title"].as_str().unwrap().to_owned());
    titles.collect()
}
