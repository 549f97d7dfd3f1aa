//! Outcomes and figures (`domain.md` 2.8): exact, corrected and never written over, checked by a second person, and read by
//! those whom they are about alone.

mod charts;
mod exports;
mod figures;
mod frameworks;
mod imports;
mod questions;
mod real_figures;
mod releases;
mod together;
mod turns;
mod visit_readers;
mod visits;
mod wall;

use harness::{Answer, Client, id};
use serde_json::{Value, json};

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    ("outcomeFramework", "outcomeFramework", "version status code"),
    ("outcomeDescriptor", "outcomeDescriptor", "version level"),
    ("outcome", "outcome", "version ordinal"),
    (
        "indicatorVersion",
        "indicatorVersion",
        "version number validTo comparableWithPrevious",
    ),
    ("indicatorTarget", "indicatorTarget", "version kind value"),
    ("indicator", "indicator", "version ordinal"),
    (
        "observationsRecord",
        "importBatch",
        "version kind status recordsMade observations(first: 100) { totalCount nodes { value } }",
    ),
    (
        "observation",
        "observation",
        "version numerator denominator base value margin marker quality revision isCurrent correctionReason finalisedAt \
         disaggregation { code } recordedByOrganisation { id }",
    ),
    ("geography", "geography", "version answeringOrganisation { id }"),
    ("suppressionPolicy", "suppressionPolicy", "suppressMax"),
    ("release", "release", "version status number sha256 supersededAt"),
    ("monitoringVisit", "monitoringVisit", VISIT),
    ("visitRating", "monitoringVisit", VISIT),
    ("peerReviewer", "peerReviewer", "version lead"),
    ("conflict", "conflictDeclaration", "version nature assessment"),
];

/// Which fields of a monitoring visit tests look at.
const VISIT: &str = "version status visitedOn sentToProviderAt commentDueAt providerComment publishedAt";

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

/// A figure of the framework in use for the half-year from April 2025, about the service that the council pays for.
pub fn figure(more: Value) -> Value {
    let mut figure = json!({
        "indicatorVersionId": id("indicator_version", "live satisfied 1"),
        "serviceId": id("service", "birch-house-support"),
        "periodStart": "2025-04-01",
        "periodEnd": "2025-09-30",
    });
    for (name, value) in more.as_object().unwrap() {
        figure[name] = value.clone();
    }
    figure
}

/// How many figures a viewer reads.
async fn count(client: &Client, filter: Value) -> Value {
    let query = "query($filter: ObservationFilter) { observations(filter: $filter) { totalCount } }";
    let answer = client.query(query, json!({ "filter": filter })).await;
    answer.data("/observations/totalCount").clone()
}
