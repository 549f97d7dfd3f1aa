//! What people told organisations, and what came of it (`domain.md` 2.5): who reads what of it, and when it stops.

mod feedback;
mod stories;
mod tellers;
mod you_said_we_did;

use harness::{Answer, Client};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "feedbackAccount",
        "feedbackAccount",
        "version storyConsent { id }",
    ),
    (
        "feedbackStory",
        "feedbackStory",
        "version text checkedAt viewerCan { update check }",
    ),
    (
        "feedback",
        "feedback",
        "version source status receivedAt acknowledgeBy acknowledgedAt board { id } \
         accounts { nodes { id version text contact person { id } } } \
         steps(first: 20) { nodes { fromStatus toStatus remark { visibility note } } } \
         stories { nodes { id version text checkedAt } } viewerCan { deal writeStory }",
    ),
    (
        "youSaidWeDidSource",
        "youSaidWeDidSource",
        "version kind story { id }",
    ),
    (
        "youSaidWeDid",
        "youSaidWeDid",
        "version said did whyNot status reportedMeasure reportedBefore reportedAfter figureKind effectClaim publishedAt \
         withdrawalReason viewerCan { manage } sources { nodes { id version kind story { text } feedback { id } } }",
    ),
    ("consent", "consent", "version withdrawnAt"),
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

/// What `visitor` tells the council about a service that it pays for.
fn complaint() -> Value {
    json!({
        "organisationId": harness::id("organisation", "ashdown-council"),
        "serviceId": harness::id("service", "birch-house-support"),
        "source": "COMPLAINT",
        "text": "My name is Marlow, and I waited for six hours.",
        "contact": "Write to me.",
    })
}

/// Feedback as somebody reads it; null when it is not there for them.
async fn read(client: &Client, feedback: &Value) -> Value {
    let fields = OBJECTS[2].2;
    let query = format!("query($id: ID!) {{ feedback(id: $id) {{ id {fields} }} }}");
    let answer = client.query(&query, json!({ "id": feedback["id"] })).await;
    answer.data("/feedback").clone()
}
