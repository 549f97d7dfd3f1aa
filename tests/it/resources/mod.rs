//! What people write together: from the first draft to its adopters, who sees what on the way, and what stops two at once.

mod adoption;
mod life;
mod races;
mod readers;
mod seen;

use harness::{Answer, Client};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "resourceVersion",
        "resourceVersion",
        "version number status title body contentRevision withdrawnReason",
    ),
    (
        "resourceReview",
        "resourceReview",
        "version verdict contentRevision resolution resolvedAt",
    ),
    (
        "resource",
        "resource",
        "version title status topics versions(first: 10) { nodes { id version number status } }",
    ),
    (
        "contributor",
        "contributor",
        "version role livedExperience lead credit { visibility name }",
    ),
    (
        "rendition",
        "rendition",
        "version format language isStale checkedAt checkedByOrganisation { id }",
    ),
    (
        "adoption",
        "adoption",
        "version status pledgedOn adoptedOn reviewDueOn renewedOn evidence withdrawnReason geography { id } \
         evidenceMedia { id } evidenceShown(orderBy: { field: SHOWN_AT, direction: ASC }) { \
         nodes { id text shownAt media { id } byUser { id } } }",
    ),
    ("consent", "consent", "version"),
    ("person", "person", "version"),
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

/// An object of the world, as it is in the beginning.
fn existing(kind: &str, name: &str) -> Value {
    json!({ "id": harness::id(kind, name), "version": 1 })
}
