//! The judges of `tests/node`. Each is a program; its exit code is the verdict, and `node tests/node/run.mjs NAME` runs it
//! by hand.

use std::path::{Path, PathBuf};
use std::process::Command;

use harness::skip;

use super::{PROGRAM, demonstration};

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

/// The explorer works in a real browser, by keyboard, zoomed, in both themes, and asks no other host.
#[test]
fn the_explorer_works_in_a_browser() {
    judge("explorer.test.mjs");
}

fn folder() -> PathBuf {
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
        .arg(folder().join(script))
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
    if !folder().join("node_modules").is_dir() {
        skip("judges that run on Node", "run `npm ci` in tests/node");
        return false;
    }
    true
}
