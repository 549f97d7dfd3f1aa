//! Files that partners upload and have imported: row by row by the rules of recording, as whoever asked may record at that moment;
//! resumed after a stop, done once, and without a change where a file says what is there.

mod faults;
mod files;
mod readers;
mod rights;
mod round_trip;
mod stops;

use axum::http::StatusCode;
use harness::{Answer, World, world::canary};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::media::wire;

/// What tests look at of an import.
const IMPORT: &str = "id version status kind source rowsRead rowsRefused recordsMade recordsUnchanged bytesRead fileBytes columns \
                      correctionReason failure media { id } fileSha256";

/// The headings of a file of the fixed world.
const HEADINGS: &str = "framework_code,indicator_code,subject_id,period_start,period_end,value";

/// A file with the fixed world's indicator in each row; the rest of a row is from the subject on.
fn csv(rows: &[String]) -> String {
    let (framework, indicator) = codes();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| format!("{framework},{indicator},{row}\n"))
        .collect();
    format!("{HEADINGS}\n{}", rows.concat())
}

/// The codes of the fixed world's framework in use and of its indicator.
fn codes() -> (String, String) {
    (
        canary("outcome_framework", "live", "code"),
        canary("indicator", "live satisfied", "code"),
    )
}

/// Uploads a table.
async fn upload(world: &World, viewer: &str, media_type: &str, bytes: &[u8]) -> String {
    let input = wire::input(media_type, bytes.len());
    let file = wire::announce(world, viewer, input).await;
    let heard = wire::patch(world, &file.address, 0, bytes.to_vec()).await;
    assert_eq!(heard.status, StatusCode::NO_CONTENT, "{}", heard.text());
    file.id
}

/// Asks for a file to be imported; `more` are fields of the input.
async fn ask(world: &World, viewer: &str, media: &str, organisation: &str, more: Value) -> Answer {
    let mut input = json!({
        "mediaId": media, "organisationId": harness::id("organisation", organisation), "source": "A survey of our own",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let query = format!(
        "mutation($input: ObservationImportInput!) {{ answer: observationImport(input: $input) {{ \
         importBatch {{ {IMPORT} }} userErrors {{ code message path }} }} }}"
    );
    world
        .client(viewer)
        .query(&query, json!({ "input": input }))
        .await
}

/// The same for a file that nothing refuses: the import as it begins.
async fn begin(world: &World, viewer: &str, media: &str, organisation: &str, more: Value) -> Value {
    let answer = ask(world, viewer, media, organisation, more).await;
    assert_eq!(answer.user_errors("answer"), [""; 0], "{}", answer.text);
    answer.data("/answer/importBatch").clone()
}

/// Goes on with imports until there is nothing more to do.
async fn work(world: &World) {
    let imports = world.node().app.imports().unwrap();
    while imports
        .turn(&CancellationToken::new(), &Mutex::new(()))
        .await
        .unwrap()
    {}
}

/// One turn of what is under way.
async fn turn(world: &World) {
    let imports = world.node().app.imports().unwrap();
    imports
        .turn(&CancellationToken::new(), &Mutex::new(()))
        .await
        .unwrap();
}

/// An import as it stands.
async fn import(world: &World, viewer: &str, id: &Value) -> Value {
    let query = format!("query($id: ID!) {{ importBatch(id: $id) {{ {IMPORT} }} }}");
    let answer = world.client(viewer).query(&query, json!({ "id": id })).await;
    answer.data("/importBatch").clone()
}

/// What was wrong with rows, as `row column CODE`.
async fn errors(world: &World, viewer: &str, id: &Value) -> Vec<String> {
    let query = "query($id: ID!) { importBatch(id: $id) { errors(first: 100, orderBy: { field: ROW_NUMBER }) { \
                 nodes { rowNumber columnName code message rawValue } } } }";
    let answer = world.client(viewer).query(query, json!({ "id": id })).await;
    let nodes = answer.data("/importBatch/errors/nodes").as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |node: &Value| {
        [&node["rowNumber"], &node["columnName"], &node["code"]]
            .map(text)
            .join(" ")
    };
    nodes.iter().map(line).collect()
}

/// A table from its upload to the end of its import.
async fn imported(world: &World, viewer: &str, organisation: &str, table: &str, more: Value) -> Value {
    let media = upload(world, viewer, "text/csv", table.as_bytes()).await;
    let begun = begin(world, viewer, &media, organisation, more).await;
    assert_eq!(begun["status"], "RUNNING");
    work(world).await;
    import(world, viewer, &begun["id"]).await
}

/// Rows read, refused, made and unchanged.
fn counts(import: &Value) -> [&str; 4] {
    ["rowsRead", "rowsRefused", "recordsMade", "recordsUnchanged"].map(|name| import[name].as_str().unwrap())
}
