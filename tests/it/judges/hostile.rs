//! Documents and connections that are meant to bring a server down: it refuses them at once, before it asks the database, and
//! is as well as before.

use std::time::Duration;

use harness::Product;
use reqwest::{Client, header};
use serde_json::{Value, json};

use super::connections::{body_that_stalls, body_without_end, headers_that_drip, headers_that_stall};
use super::documents::{Hostile, hostile};
use super::{PROGRAM, demonstration};

const CLIENTS: usize = 10;
const ROUNDS: usize = 4;
/// How many good requests say what one takes on this machine.
const GOOD_ONES: u32 = 400;
/// Processor time, which a busy machine does not change, beside that of a good request, which a slow one changes alike.
const ONE_TAKES_AT_MOST: u32 = 600;
const ON_AVERAGE_AT_MOST: u32 = 40;
/// What ten bodies and their answers take at once, and what the allocator keeps for the next. Prepared documents, which the server
/// keeps on purpose up to a limit, are beside it: [`CACHE`] is small.
const MEMORY_GROWS_AT_MOST: u64 = 48 * 1024 * 1024;
/// `graphql.cache_bytes`.
const CACHE: usize = 1024 * 1024;
/// What the server in these tests gives a client to send its headers, or its body.
const SERVER_WAITS: Duration = Duration::from_secs(2);
/// How long a test waits for the server to end a connection.
const PATIENCE: Duration = Duration::from_secs(20);
/// `http.body_bytes`, by default.
const LONGEST_BODY: usize = 256 * 1024;
const GOOD: &str = "{ boards(first: 1) { totalCount } }";

fn start() -> Product {
    let settings = format!(
        "[graphql]\ncache_bytes = {CACHE}\n[telemetry]\nlog = \"warn,roundtable::sql=trace\"\n[http]\npoints_per_minute = 0\nheader_timeout_ms = {wait}\nbody_timeout_ms = {wait}\n",
        wait = SERVER_WAITS.as_millis()
    );
    Product::start(PROGRAM, &settings, &["--demo"]).unwrap_or_else(|error| panic!("{error}"))
}

fn statements(server: &Product) -> usize {
    server.log().matches("roundtable::sql").count()
}

async fn send(client: &Client, url: &str, body: Vec<u8>) -> (u16, String) {
    let is_long = body.len() > LONGEST_BODY;
    let request = client
        .post(url)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/graphql-response+json")
        .body(body);
    match request.send().await {
        Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap_or_default()),
        // The server closes a connection whose body is too long; the client may be writing still.
        Err(error) if is_long && !error.is_connect() => (413, String::new()),
        Err(error) => panic!("no answer: {error}"),
    }
}

/// The server answers, from the database.
async fn assert_well(server: &Product) {
    assert!(server.is_running(), "the server has ended:\n{}", server.log());
    let body = json!({ "query": GOOD }).to_string().into_bytes();
    let (status, text) = send(&Client::new(), &server.graphql(), body).await;
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    assert_eq!(status, 200, "{text}");
    assert!(answer["data"]["boards"]["totalCount"].is_u64(), "{text}");
    let ready = reqwest::get(format!("{}/readyz", server.origin())).await.unwrap();
    assert!(ready.status().is_success());
}

async fn assert_refused(client: &Client, url: &str, one: Hostile) {
    let (status, text) = send(client, url, one.body).await;
    assert!(matches!(status, 400 | 413), "{}: {status} {text}", one.what);
    assert!(
        text.len() < 8_192,
        "{}: an answer of {} bytes",
        one.what,
        text.len()
    );
    if let Ok(answer) = serde_json::from_str::<Value>(&text) {
        assert!(answer.get("data").is_none(), "{}: {text}", one.what);
        let code = answer["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default();
        assert!(!code.is_empty() && code != "INTERNAL", "{}: {text}", one.what);
    }
}

/// Clients that send every hostile body once, all at a time. How many bodies that were.
async fn round(server: &Product, number: usize) -> u32 {
    let attack = |mark: usize| {
        let url = server.graphql();
        async move {
            let client = Client::new();
            let mut sent = 0;
            for one in hostile(mark) {
                assert_refused(&client, &url, one).await;
                sent += 1;
            }
            sent
        }
    };
    let attackers: Vec<_> = (0..CLIENTS)
        .map(|client| tokio::spawn(attack(number * CLIENTS + client)))
        .collect();
    let mut sent = 0;
    for attacker in attackers {
        sent += attacker.await.unwrap();
    }
    sent
}

/// The processor time of a good request.
async fn good_one(server: &Product) -> Option<Duration> {
    let client = Client::new();
    let before = server.processor_time();
    for _ in 0..GOOD_ONES {
        let body = json!({ "query": GOOD }).to_string().into_bytes();
        let (status, text) = send(&client, &server.graphql(), body).await;
        assert_eq!(status, 200, "{text}");
    }
    let used = before.zip(server.processor_time());
    used.map(|(before, after)| (after - before) / GOOD_ONES)
}

/// One body after the other: none of them keeps the server busy for long.
async fn assert_each_costs_little(server: &Product, mark: usize, good: Option<Duration>) {
    let client = Client::new();
    for one in hostile(mark) {
        let (what, before) = (one.what, server.processor_time());
        assert_refused(&client, &server.graphql(), one).await;
        if let (Some(before), Some(after), Some(good)) = (before, server.processor_time(), good) {
            let took = after.saturating_sub(before);
            assert!(
                took < good * ONE_TAKES_AT_MOST,
                "{what}: {took:?} of processor time, and a good request {good:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_documents_are_refused_before_the_database_hears_of_them() {
    let server = start();
    let before = statements(&server);
    assert_well(&server).await;
    let good = good_one(&server).await;
    let asked = statements(&server);
    assert!(
        asked > before,
        "statements do not show in the log:\n{}",
        server.log()
    );
    round(&server, 0).await;
    let (memory, busy) = (server.memory(), server.processor_time());
    let mut sent = 0;
    for number in 1..=ROUNDS {
        sent += round(&server, number).await;
    }
    let busy = busy.zip(server.processor_time());
    assert_each_costs_little(&server, (ROUNDS + 1) * CLIENTS, good).await;
    assert_eq!(
        statements(&server),
        asked,
        "a hostile document reached the database"
    );
    if let Some(((before, after), good)) = busy.zip(good) {
        let took = (after - before) / sent;
        assert!(
            took < good * ON_AVERAGE_AT_MOST,
            "a refusal took {took:?} of processor time, and a good request {good:?}"
        );
    }
    if let (Some(before), Some(after)) = (memory, server.memory()) {
        let grown = after.saturating_sub(before);
        assert!(
            grown < MEMORY_GROWS_AT_MOST,
            "memory grew by {} KiB over {ROUNDS} rounds",
            grown / 1024
        );
    }
    assert_well(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_endless_connections_are_ended_and_shut_nobody_out() {
    let server = std::sync::Arc::new(start());
    let slow = [
        headers_that_stall,
        headers_that_drip,
        body_that_stalls,
        body_without_end,
    ];
    let attackers: Vec<_> = (0..CLIENTS)
        .flat_map(|_| slow)
        .map(|attack| {
            let server = server.clone();
            tokio::task::spawn_blocking(move || attack(&server, PATIENCE))
        })
        .collect();
    // Bodies without end are ended at once; the others hold their connections for as long as the server waits.
    let holding = || {
        attackers
            .chunks(slow.len())
            .flat_map(|kinds| &kinds[..slow.len() - 1])
    };
    let is_under_attack = || !holding().any(tokio::task::JoinHandle::is_finished);
    let mut answered = 0;
    while is_under_attack() {
        assert_well(&server).await;
        // Whoever is answered only when an attack has ended was shut out.
        answered += usize::from(is_under_attack());
    }
    assert!(answered > 0, "others waited until the connections were ended");
    for (number, attacker) in attackers.into_iter().enumerate() {
        let ended = attacker.await.unwrap();
        assert!(
            ended.after < PATIENCE,
            "connection {number} was never ended: {ended:?}"
        );
        let expected = ["", "", "HTTP/1.1 408", "HTTP/1.1 413"][number % slow.len()];
        assert!(
            ended.answer.starts_with(expected),
            "connection {number}: {ended:?}"
        );
        assert!(ended.sent < 8 * 1024 * 1024, "connection {number}: {ended:?}");
    }
    assert_well(&server).await;
}

#[tokio::test]
async fn errors_say_their_code_and_their_request() {
    let server = demonstration();
    let client = Client::new();
    for (query, code) in [
        (
            "{ boards(after: \"nonsense\") { totalCount } }",
            "INVALID_ARGUMENT",
        ),
        (
            "{ board(id: \"x\", asOf: \"tomorrow\") { id } }",
            "INVALID_ARGUMENT",
        ),
        ("{ colour }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "mutation { boardUpdate(input: {id: \"x\", expectedVersion: 1}) { board { id } } }",
            "UNAUTHENTICATED",
        ),
    ] {
        let answer = client
            .post(server.graphql())
            .header("x-request-id", "judge-1")
            .json(&json!({ "query": query }))
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], code, "{answer}");
        assert_eq!(error["extensions"]["requestId"], "judge-1", "{answer}");
        assert!(
            !error["message"].as_str().unwrap().contains("parsing"),
            "{answer}"
        );
    }
}
