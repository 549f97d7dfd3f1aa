//! Mutations, sent by their names.

mod objects;

use serde_json::{Value, json};

use crate::{Answer, Client, World, id};
use objects::{OBJECTS, Object};

/// What a mutation changes: of the names that it begins with, the longest.
fn object_of(mutation: &str) -> Object {
    let objects = OBJECTS.iter().copied().flatten().copied();
    let of_it = objects.filter(|(prefix, ..)| mutation.starts_with(prefix));
    of_it
        .max_by_key(|(prefix, ..)| prefix.len())
        .unwrap_or_else(|| panic!("`mutations/objects.rs` does not say what `{mutation}` changes"))
}

/// The fields that tests look at, of an object as mutations call it.
///
/// # Panics
/// When nothing is called so.
#[must_use]
pub fn fields_of(object: &str) -> &'static str {
    object_of(object).2
}

/// Sends a mutation; its payload stands under `answer`, the object under `object`.
///
/// # Panics
/// When it is not known what the mutation changes.
pub async fn change(client: &Client, mutation: &str, input: Value) -> Answer {
    let (_, object, fields) = object_of(mutation);
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ answer: {mutation}(input: $input) {{ \
         object: {object} {{ id {fields} }} userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    client.query(&query, json!({ "input": input })).await
}

/// The object of a change that no rule refuses.
///
/// # Panics
/// When a rule refuses it.
#[track_caller]
pub fn done(answer: &Answer) -> Value {
    assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
    answer.data("/answer/object").clone()
}

/// Sends a mutation that nothing refuses, and answers with its object.
///
/// # Panics
/// When a rule refuses it.
pub async fn does(client: &Client, mutation: &str, input: Value) -> Value {
    done(&change(client, mutation, input).await)
}

/// Sends a mutation, and answers with the rules it does not keep, as `CODE at input.path`.
///
/// # Panics
/// When it keeps all of them.
pub async fn refused(client: &Client, mutation: &str, input: Value) -> Vec<String> {
    let answer = change(client, mutation, input).await;
    let errors = answer.user_errors("answer");
    assert!(!errors.is_empty(), "nothing was refused: {}", answer.text);
    errors
}

/// The input of an action on an object that was answered before, with more fields.
#[must_use]
pub fn on(object: &Value, more: Value) -> Value {
    let mut input = more;
    input["id"] = object["id"].clone();
    input["expectedVersion"] = object["version"].clone();
    input
}

/// An object of the world, as it is in the beginning.
#[must_use]
pub fn existing(kind: &str, name: &str) -> Value {
    json!({ "id": id(kind, name), "version": 1 })
}

/// How many events the audit has.
pub async fn events(world: &World) -> usize {
    world.rows().await.audit_event.len()
}

/// What was done since there were so many events, in order.
pub async fn actions_since(world: &World, before: usize) -> Vec<String> {
    let mut events = world.rows().await.audit_event;
    events.sort_by_key(|event| event.sequence);
    let since = events.into_iter().skip(before);
    since.map(|event| event.action).collect()
}
