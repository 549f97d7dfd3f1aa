//! Partnerships: how organisations form them, agree to share data, and what that opens and closes.

mod agreement;
mod calendar;
mod cases;
mod initiative;
mod member;
mod partnership;
mod sharing;

use harness::{Answer, Client};
use serde_json::Value;

/// What a mutation's payload calls its object, and which fields tests look at.
const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "partnershipMember",
        "partnershipMember",
        "status role joinedOn leftOn organisation { id } viewerCan { accept decline leave }",
    ),
    (
        "partnershipAgreement",
        "dataSharingAgreement",
        "status title categories dpiaReference terminatedAt terminatedByOrganisation { id } \
         parties { nodes { signedAt organisation { id } signedByUser { id } viewerCan { sign terminate } } }",
    ),
    (
        "partnership",
        "partnership",
        "name terms { purpose status startsOn endsOn } members { nodes { role status organisation { id } } } \
         viewerCan { update activate close handOverLead inviteMember writeAgreement createInitiative }",
    ),
    (
        "initiative",
        "initiative",
        "title summary stages rungClaimed principles viewerCan { update }",
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
    client.query(&query, serde_json::json!({ "input": input })).await
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
