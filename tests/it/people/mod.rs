//! People, their accounts, ties, needs, consents and roles, and the accounts of computer systems.

mod affiliations;
mod first_administrator;
mod own;
mod persons;
mod roles;
mod service_accounts;
mod tokens;
mod users;

use harness::{Answer, Client, World};
use serde_json::{Value, json};

/// Sends a mutation with its `input` and asks for the object's fields.
async fn send(client: &Client, mutation: &str, object: &str, input: Value) -> Answer {
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

/// Sends a mutation that is to succeed, and gives what it answers at a JSON pointer within its payload.
#[track_caller]
fn succeeded(answer: &Answer, mutation: &str, pointer: &str) -> Value {
    assert_eq!(
        answer.user_errors(mutation),
        Vec::<String>::new(),
        "{}",
        answer.text
    );
    answer.data(&format!("/{mutation}{pointer}")).clone()
}

/// Asserts that a hidden object is answered with the very bytes of one that has never been.
async fn hidden_is_absent(client: &Client, mutation: &str, object: &str, hidden: Value, absent: Value) {
    let hidden = send(client, mutation, object, hidden).await;
    let absent = send(client, mutation, object, absent).await;
    assert_eq!(hidden.text, absent.text);
    assert!(hidden.text.contains("NOT_FOUND"), "{}", hidden.text);
}

/// The actions in the audit since the world began, and who did them.
async fn audit(world: &World) -> Vec<entity::platform::audit_event::Model> {
    let mut entries = world.rows().await.audit_event;
    let given = harness::world::rows().audit_event.len();
    entries.sort_by_key(|entry| entry.sequence);
    entries.split_off(given)
}

/// Their names alone.
async fn actions(world: &World) -> Vec<String> {
    audit(world).await.into_iter().map(|entry| entry.action).collect()
}
