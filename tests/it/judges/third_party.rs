//! The judges of `tests/node`. Each is a program; its exit code is the verdict, and `node tests/node/run.mjs NAME` runs it
//! by hand.

use std::path::{Path, PathBuf};
use std::process::Command;

use entity::meetings::meeting;
use harness::{Engine, World, skip};
use roundtable_api::planner::global_id;
use sea_orm::{EntityTrait, Set};

use super::{PROGRAM, demonstration};
use crate::meetings::calendar;

/// The first version of Node that the judges' packages run on.
const OLDEST_NODE: u32 = 20;
/// The exit code of a judge that misses something; its last line says what.
const SKIPPED: i32 = 77;

/// The contract keeps the rules of graphql-eslint, its own and those of Relay.
#[test]
fn the_contract_keeps_the_rules_of_linters() {
    judge("judges/schema-lint.mjs");
}

/// Relay's compiler takes the contract, and a client with pages, refetches and mutations.
#[test]
fn relay_compiles_a_client() {
    judge("judges/relay-client.mjs");
}

/// GraphQL Code Generator makes types that TypeScript takes at its strictest.
#[test]
fn typescript_compiles_a_generated_client() {
    judge("judges/typescript-client.mjs");
}

/// Two federation composers take the printed schema, and a federated server answers `_entities` as it answers `node`.
#[test]
fn federation_composes_and_finds_entities() {
    judge("judges/federation.mjs");
}

/// graphql-js refuses what the server refuses, rule by rule.
#[test]
fn validation_agrees_with_graphql_js() {
    judge("judges/validation-agreement.mjs");
}

/// Every public audit of GraphQL over HTTP passes, whether it says must, should or may.
#[test]
fn every_audit_of_graphql_over_http_passes() {
    judge("graphql-http-audit.mjs");
}

/// The example clients in TypeScript, Python and Rust are built, and do their work against the demonstration.
#[test]
fn example_clients_do_their_work() {
    judge("judges/client-programs.mjs");
}

/// A real OpenID provider vouches for people, and changes its keys.
#[test]
fn an_openid_provider_vouches_for_people() {
    judge("oidc/oidc.test.mjs");
}

/// A calendar program's parser reads a calendar as it is meant, and finds in it what GraphQL answers.
#[test]
fn a_calendar_is_read_by_a_calendar_program() {
    judge("judges/calendar.mjs");
}

/// The tus protocol's own client uploads a file, breaks it off, resumes it and fetches it again.
#[test]
fn a_file_is_uploaded_by_the_protocols_own_client() {
    judge("judges/uploads.mjs");
}

/// And whatever boards, meetings and places are called.
#[tokio::test]
async fn a_calendar_of_hostile_names_is_read_by_a_calendar_program() {
    if !node_is_here() {
        return;
    }
    let world = World::fixed(Engine::Sqlite).await;
    let hostile = [
        (
            "team-up next",
            "Plans, budgets; and \\ more: \"all\" \\n \\, ^n",
            "Room 1, Floor 2; North \\",
        ),
        (
            "team-up started",
            "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Injected",
            "a\rb\nc",
        ),
        (
            "team-up held",
            &"\u{1f9d1}\u{200d}\u{1f91d}\u{200d}\u{1f9d1} Cyfarfod ".repeat(20),
            "\u{1f3db}",
        ),
        ("team-up second", "\u{7}\u{1b}[31mred\u{7f}", &" x".repeat(150)),
    ];
    for (name, title, venue) in hostile {
        // Past the rules of the API, which take no line breaks in titles.
        let row = meeting::ActiveModel {
            id: Set(harness::uuid("meeting", name).into()),
            title: Set(title.to_owned()),
            venue: Set(Some(venue.to_owned())),
            ..Default::default()
        };
        meeting::Entity::update(row)
            .exec(world.connection())
            .await
            .unwrap();
    }
    let (_, path) = calendar::feed(&world, "board-member").await;
    let (status, file) = calendar::get(&world, &path, &[]).await;
    assert_eq!(status, 200, "{file}");
    let rows = world.rows().await;
    let board = &rows
        .board
        .iter()
        .find(|board| board.id == harness::uuid("board", "team-up").into())
        .unwrap()
        .name;
    let shown = rows.meeting.iter().filter(|meeting| {
        meeting.board_id == harness::uuid("board", "team-up").into() && meeting.published_at.is_some()
    });
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let expected: Vec<_> = shown
        .map(|meeting| {
            serde_json::json!({
                "uid": format!("{}@roundtable", global_id::encode("meeting", meeting.id.0)),
                "summary": format!("{board}: {}", readable(&meeting.title)),
                "starts": instant(meeting.starts_at),
                "ends": instant(meeting.ends_at),
                "status": "CONFIRMED",
                "sequence": meeting.version - 1,
                "location": readable(meeting.venue.as_deref().unwrap()),
                "url": null,
            })
        })
        .collect();
    assert_eq!(expected.len(), 5);
    let folder = tempfile::tempdir().unwrap();
    let (calendar, wanted) = (
        folder.path().join("calendar.ics"),
        folder.path().join("expected.json"),
    );
    std::fs::write(&calendar, file).unwrap();
    std::fs::write(&wanted, serde_json::to_string(&expected).unwrap()).unwrap();
    let script = folder_of_judges().join("judges/calendar.mjs");
    let output = Command::new("node")
        .arg(script)
        .args([calendar, wanted])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    world.close().await;
}

/// What a calendar makes of a text: control characters go, but for line breaks.
fn readable(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines
        .chars()
        .filter(|character| !character.is_control() || *character == '\n')
        .collect();
    kept.trim().to_owned()
}

/// The explorer works in a real browser, by keyboard, zoomed, in both themes, and asks no other host.
#[test]
fn the_explorer_works_in_a_browser() {
    judge("explorer.test.mjs");
}

fn folder_of_judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node")
}

/// Runs a judge on the finished program and the shared demonstration.
#[track_caller]
fn judge(script: &str) {
    if !node_is_here() {
        return;
    }
    let server = demonstration();
    let output = Command::new("node")
        .arg(folder_of_judges().join(script))
        .env("ROUNDTABLE_BIN", PROGRAM)
        .env("ROUNDTABLE_TEST_ORIGIN", server.origin())
        .env("ROUNDTABLE_TEST_FOLDER", server.folder())
        .output()
        .unwrap();
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    match output.status.code() {
        Some(0) => {}
        Some(SKIPPED) => {
            let last = said.trim().lines().last().unwrap_or_default();
            skip(script, last.trim_start_matches("skipped: "));
        }
        _ => panic!(
            "{script} is not content ({}):\n{complained}\n{said}",
            output.status
        ),
    }
}

/// Whether judges can be run at all; says so at the end when they cannot.
fn node_is_here() -> bool {
    let version = Command::new("node").arg("--version").output().ok();
    let major = version.and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.trim_start_matches('v')
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    });
    if major.is_none_or(|major| major < OLDEST_NODE) {
        skip(
            "judges that run on Node",
            &format!("install Node {OLDEST_NODE} or later"),
        );
        return false;
    }
    if !folder_of_judges().join("node_modules").is_dir() {
        skip("judges that run on Node", "run `npm ci` in tests/node");
        return false;
    }
    true
}
