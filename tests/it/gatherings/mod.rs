//! Events that organisations host together (`domain.md` 2.6): hosts, places, the last place, what came of them.

mod events;
mod places;

use harness::{Answer, Client};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "eventHost",
        "eventHost",
        "version status organisation { id } viewerCan { answer }",
    ),
    (
        "eventAttendance",
        "eventAttendance",
        "version status confirmedAt registeredByPerson { id } person { id } viewerCan { confirm sendApologies record }",
    ),
    (
        "eventRegister",
        "eventAttendance",
        "version status confirmedAt registeredByPerson { id } person { id } viewerCan { confirm sendApologies record }",
    ),
    (
        "eventOutcome",
        "eventOutcome",
        "version text youSaidWeDid { id } resource { id }",
    ),
    (
        "event",
        "event",
        "version status title capacity startsAt cancellationReason hosts { nodes { status organisation { id } } } \
         joining { visibility onlineUrl } accessNeeds { people communicationSupport } viewerCan { run register }",
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
         object: {object} {{ id {fields} }} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

/// Sends a mutation that nothing refuses, and answers with its object.
async fn does(client: &Client, mutation: &str, input: Value) -> Value {
    let answer = change(client, mutation, input).await;
    assert_eq!(
        answer.user_errors("answer"),
        [""; 0],
        "{mutation}: {}",
        answer.text
    );
    answer.data("/answer/object").clone()
}

/// Sends a mutation, and answers with the rules it does not keep.
async fn refused(client: &Client, mutation: &str, input: Value) -> Vec<String> {
    change(client, mutation, input).await.user_errors("answer")
}

/// The input of an action on an object that was answered before, with more fields.
fn on(object: &Value, more: Value) -> Value {
    let mut input = more;
    input["id"] = object["id"].clone();
    input["expectedVersion"] = object["version"].clone();
    input
}

/// An object of the world, as it is in the beginning.
fn existing(kind: &str, name: &str) -> Value {
    json!({ "id": harness::id(kind, name), "version": 1 })
}

/// An event of the council in May, for everybody, with so many places.
fn showcase(capacity: i32) -> Value {
    json!({
        "organisationId": harness::id("organisation", "ashdown-council"),
        "kind": "SHOWCASE",
        "title": "What we made together",
        "startsAt": "2026-05-04T10:00:00Z",
        "endsAt": "2026-05-04T15:00:00Z",
        "venue": "The town hall",
        "onlineUrl": "https://meet.example.org/showcase",
        "audience": "EVERYBODY",
        "capacity": capacity,
    })
}

/// The same, announced.
async fn announced(council: &Client, capacity: i32, when_full: &str) -> Value {
    let mut input = showcase(capacity);
    input["whenFull"] = json!(when_full);
    let event = does(council, "eventCreate", input).await;
    does(council, "eventPublish", on(&event, json!({}))).await
}

/// An event as somebody reads it; null when it is not there for them.
async fn read(client: &Client, event: &Value) -> Value {
    let fields = OBJECTS[4].2;
    let query = format!("query($id: ID!) {{ event(id: $id) {{ id {fields} }} }}");
    let answer = client.query(&query, json!({ "id": event["id"] })).await;
    answer.data("/event").clone()
}

/// How many people there are at an event with each status, as the council counts them.
async fn places(council: &Client, event: &Value) -> [u64; 3] {
    let query = "query($id: ID!) { event(id: $id) {
        registered: attendances(filter: { status: [REGISTERED] }) { totalCount }
        waiting: attendances(filter: { status: [WAITING] }) { totalCount }
        came: attendances(filter: { status: [CAME] }) { totalCount } } }";
    let answer = council.query(query, json!({ "id": event["id"] })).await;
    ["registered", "waiting", "came"]
        .map(|of| answer.data(&format!("/event/{of}/totalCount")).as_u64().unwrap())
}
