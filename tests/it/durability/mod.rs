//! What stands whatever becomes of a server: the program itself, as a process that is killed, and twice on one database.
//!
//! The clock of these servers is the system's, so nothing here depends on a day.

mod database_killed;
mod disk_awaited;
mod imports;
mod killed;
pub mod server;
mod two_nodes;

use harness::id;
use serde_json::{Value, json};

use server::Door;

/// Asks for a board under a name, with the name as the key; `None` when no whole answer came.
async fn ask_for_board(door: &Door, name: &str) -> Option<Value> {
    let query = "mutation($input: BoardCreateInput!) { boardCreate(input: $input) { \
        board { id name version } userErrors { code message path } } }";
    let input = json!({
        "partnershipId": id("partnership", "ashdown-together"),
        "hostOrganisationId": id("organisation", "ashdown-council"),
        "name": name,
        "kind": "REFERENCE_GROUP",
        "quorum": 3,
        "quorumLived": 2,
        "minLivedBp": 5000,
        "idempotencyKey": name,
    });
    door.ask("council-admin", query, json!({ "input": input })).await
}

/// Sets up a board under a name, with the name as the key; `None` when no whole answer came.
///
/// # Panics
/// When the answer is another than a new board.
async fn create_board(door: &Door, name: &str) -> Option<Value> {
    let answer = ask_for_board(door, name).await?;
    let payload = &answer["data"]["boardCreate"];
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    assert_eq!(payload["board"]["name"], name, "{answer}");
    Some(payload["board"].clone())
}
