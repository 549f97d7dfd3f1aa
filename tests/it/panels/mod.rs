//! Training, vacancies and interview panels: what people can do, in which order, and what stops two who do it at once.

mod board_seat;
mod conflicts;
mod forming;
mod scoring;
mod scoring_races;
mod training;
mod vacancies;

use harness::{Answer, Client};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "trainingCourse",
        "trainingCourse",
        "version code title validMonths closedAt viewerCan { update record }",
    ),
    (
        "trainingRecord",
        "trainingRecord",
        "version completedOn expiresOn champion person { id } course { id } viewerCan { update }",
    ),
    (
        "interviewPanel",
        "interviewPanel",
        "version round status moderationThreshold requiredCourse { id } vacancy { id version } \
         questions(first: 50) { nodes { ordinal text weightBp maxScore } } viewerCan { form lead declare }",
    ),
    (
        "panellist",
        "panellist",
        "version capacity chair stoodDownAt person { id } supporter { id } viewerCan { update }",
    ),
    (
        "conflict",
        "conflictDeclaration",
        "version nature level detail assessment mitigation application { id } assessedBy { id } viewerCan { assess }",
    ),
    (
        "scoreSheet",
        "interviewPanel",
        "version status scores(first: 50) { totalCount }",
    ),
    ("moderatedScore", "moderatedScore", "score rationale"),
    (
        "panelDecision",
        "panelDecision",
        "outcome feedback grounds { visibility reason }",
    ),
    (
        "vacancy",
        "vacancy",
        "version kind status title opensAt closesAt announcedAt seat { id } viewerCan { manage apply }",
    ),
    (
        "application",
        "application",
        "version status statement mediaUrl contact { visibility details } submittedAt shortlistedAt person { id } viewerCan { answer shortlist }",
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

/// All scores of the member of the panel that scores, about one of its candidates.
fn sheet(about: &str, score: i32) -> Value {
    let given = |question: &str| {
        json!({
            "questionId": harness::id("panel_question", question),
            "score": score,
            "evidence": "What they said.",
        })
    };
    json!({
        "panellistId": harness::id("panellist", "co-ordinator board-member"),
        "applicationId": harness::id("application", &format!("co-ordinator {about}")),
        "scores": [given("co-ordinator 1"), given("co-ordinator 2")],
    })
}

/// What a panel decides about an application of the world.
fn decide(application: &str, outcome: &str) -> Value {
    decide_about(&json!(harness::id("application", application)), outcome)
}

/// What a panel decides about an application.
fn decide_about(application: &Value, outcome: &str) -> Value {
    json!({
        "applicationId": application,
        "outcome": outcome,
        "reason": "What was said for and against.",
        "feedback": "What you are told.",
    })
}
