//! What people told organisations, and what came of it (`domain.md` 2.5): who reads what of it, and when it stops.

mod feedback;
mod stories;
mod tellers;
mod you_said_we_did;

use harness::Client;
use harness::mutations::{change, does, existing, fields_of, on, refused};
use serde_json::{Value, json};

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
    let fields = fields_of("feedback");
    let query = format!("query($id: ID!) {{ feedback(id: $id) {{ id {fields} }} }}");
    let answer = client.query(&query, json!({ "id": feedback["id"] })).await;
    answer.data("/feedback").clone()
}
