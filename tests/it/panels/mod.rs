//! Training, vacancies and interview panels: what people can do, in which order, and what stops two who do it at once.

mod conflicts;
mod forming;
mod training;
mod vacancies;

use harness::{Answer, Client};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "trainingCourse",
        "trainingCourse",
        "code title validMonths closedAt viewerCan { update record }",
    ),
    (
        "trainingRecord",
        "trainingRecord",
        "completedOn expiresOn champion person { id } course { id } viewerCan { update }",
    ),
    (
        "interviewPanel",
        "interviewPanel",
        "round status moderationThreshold requiredCourse { id } vacancy { id version } \
         questions(first: 50) { nodes { ordinal text weightBp maxScore } } viewerCan { form lead declare }",
    ),
    (
        "panellist",
        "panellist",
        "capacity chair stoodDownAt person { id } supporter { id } viewerCan { update }",
    ),
    (
        "conflict",
        "conflictDeclaration",
        "nature level detail assessment mitigation application { id } assessedBy { id } viewerCan { assess }",
    ),
    (
        "vacancy",
        "vacancy",
        "kind status title opensAt closesAt announcedAt seat { id } viewerCan { manage apply }",
    ),
    (
        "application",
        "application",
        "status statement mediaUrl submittedAt shortlistedAt person { id } viewerCan { answer shortlist }",
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
