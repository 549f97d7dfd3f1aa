//! Events that organisations host together (`domain.md` 2.6): hosts, places, the last place, what came of them.

mod events;
mod places;

use harness::Client;
use harness::mutations::{change, does, existing, fields_of, on, refused};
use serde_json::{Value, json};

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
    let fields = fields_of("event");
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
