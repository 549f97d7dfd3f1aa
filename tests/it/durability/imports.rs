//! An import in the program as people run it: killed in the middle, time and again, and in memory that does not grow with the file.
//!
//! It has as many rows as `ROUNDTABLE_IMPORT_ROWS` says, by default 6,000: six parts. The measurement that counts:
//!
//! ```sh
//! ROUNDTABLE_IMPORT_ROWS=100000 cargo test -p roundtable-tests durability::imports -- --nocapture
//! ```

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use harness::{Place, Rows, Template, both_databases, id, world::canary};
use reqwest::{Client, StatusCode};
use sea_orm::prelude::Date;
use serde_json::{Value, json};

use super::server::Server;
use crate::contract::audit::verify;

/// How much more the program may hold than before an import, in bytes: a part, and what the allocator keeps.
const FLAT: u64 = 48 * 1024 * 1024;
/// After which share of the rows the server is killed: so many of ten.
const KILLED_AT: [u64; 2] = [2, 6];
/// How long nothing may be read of a file while a server works on it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A table of figures of one service, each of another period.
fn table(rows: u64) -> String {
    let (framework, indicator) = (
        canary("outcome_framework", "live", "code"),
        canary("indicator", "live satisfied", "code"),
    );
    let service = id("service", "birch-house-support");
    let first: Date = "2021-01-01".parse().unwrap();
    let mut table = String::from("framework_code,indicator_code,subject_id,period_start,period_end,value\n");
    for row in 0..rows {
        let start = first + chrono::Days::new(row % 1_000);
        let end = start + chrono::Days::new(row / 1_000);
        writeln!(
            table,
            "{framework},{indicator},{service},{start},{end},{}",
            row % 100
        )
        .unwrap();
    }
    table
}

async fn ask(server: &Server, query: &str, variables: Value) -> Value {
    let answer = server
        .door()
        .ask("council-admin", query, variables)
        .await
        .unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].clone()
}

/// Uploads a table and asks for it to be imported.
async fn begin(server: &Server, table: String) -> Value {
    let start = "mutation($input: MediaUploadStartInput!) { start: mediaUploadStart(input: $input) { media { id } uploadUrl \
                 userErrors { message } } }";
    let input =
        json!({ "fileName": "figures.csv", "mediaType": "text/csv", "bytes": table.len().to_string() });
    let started = ask(server, start, json!({ "input": input })).await["start"].clone();
    let address = format!(
        "{}{}",
        server.door().origin(),
        started["uploadUrl"].as_str().unwrap()
    );
    let sent = Client::new()
        .patch(address)
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", "0")
        .body(table);
    assert_eq!(sent.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let import = "mutation($input: ObservationImportInput!) { answer: observationImport(input: $input) { importBatch { id } \
                  userErrors { message } } }";
    let input = json!({ "mediaId": started["media"]["id"], "organisationId": id("organisation", "ashdown-council"), "source": "A survey" });
    let answer = ask(server, import, json!({ "input": input })).await["answer"].clone();
    assert_eq!(answer["userErrors"], json!([]));
    answer["importBatch"]["id"].clone()
}

/// Waits until so many rows are read or the import is over; the import, and the most memory that the server held.
async fn until(server: &Server, import: &Value, rows: u64) -> (Value, u64) {
    let query =
        "query($id: ID!) { importBatch(id: $id) { status rowsRead rowsRefused recordsMade failure } }";
    let (mut most, mut read, mut since) = (0, 0, Instant::now());
    loop {
        let now = ask(server, query, json!({ "id": import })).await["importBatch"].clone();
        most = most.max(server.memory());
        let progress: u64 = now["rowsRead"].as_str().unwrap().parse().unwrap();
        if progress >= rows || now["status"] != "RUNNING" {
            return (now, most);
        }
        if progress > read {
            (read, since) = (progress, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "nothing is read any more: {now}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

both_databases! {
    /// Every figure is there once, with its trace, however often the server was killed in between.
    async fn an_import_survives_kills(engine: Engine) {
        let rows: u64 = std::env::var("ROUNDTABLE_IMPORT_ROWS").map_or(6_000, |text| text.parse().unwrap());
        let place = Place::new(engine, Template::World).await;
        let mut server = Server::start(&place).await;
        let before = server.memory();
        let import = begin(&server, table(rows)).await;
        for share in KILLED_AT {
            let (now, _) = until(&server, &import, rows * share / 10).await;
            assert_eq!(now["status"], "RUNNING", "{now}");
            server.kill();
            server = Server::start(&place).await;
        }
        let begun = Instant::now();
        let (done, most) = until(&server, &import, u64::MAX).await;
        let all = rows.to_string();
        assert_eq!(
            done,
            json!({ "status": "COMPLETED", "rowsRead": all, "rowsRefused": "0", "recordsMade": all, "failure": null })
        );
        server.kill();
        let connection = place.connect().await;
        let found = Rows::load(&connection).await;
        let mut periods: Vec<_> = found
            .observation
            .iter()
            .filter(|row| row.import_batch_id.is_some() && row.created_by.is_some())
            .map(|row| (row.period_start, row.period_end))
            .collect();
        assert_eq!(periods.len() as u64, rows);
        periods.sort_unstable();
        periods.dedup();
        assert_eq!(periods.len() as u64, rows, "a figure is there twice");
        assert_eq!(verify(&found.audit_event), Ok(()));
        connection.close().await.unwrap();
        let [before, most] = [before, most].map(|bytes| bytes / 1024 / 1024);
        eprintln!(
            "{rows} rows: the last four tenths in {:.1} s; memory {before} to {most} MiB",
            begun.elapsed().as_secs_f64()
        );
        assert!(most.saturating_sub(before) < FLAT / 1024 / 1024, "memory is not flat: {before} to {most} MiB");
        place.remove().await;
    }
}
