//! Boards at work: their meetings, agendas, attendance, decisions and actions.

mod actions;
mod agenda;
mod attendance;
pub mod calendar;
mod decisions;
mod life;
mod minutes;
mod preparation;
mod race;
mod reads;
mod recusal;

use harness::Client;
use harness::mutations::{actions_since, change, does, events, existing, on, refused};
use serde_json::Value;

/// A list by a query, as the titles of its nodes.
async fn titles(client: &Client, query: &str, at: &str) -> Vec<String> {
    let answer = client.query(query, Value::Null).await;
    let nodes = answer.data(&format!("{at}/nodes")).as_array().unwrap();
    let titles = nodes
        .iter()
        .map(|node| node["title"].as_str().unwrap().to_owned());
    titles.collect()
}
