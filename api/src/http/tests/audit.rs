//! The public audits of GraphQL over HTTP (npm `graphql-http`), against a listening server.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tokio::net::TcpListener;

use super::*;
use crate::{http::serve, telemetry::spawn_blocking};

fn node_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/node")
}

#[tokio::test(flavor = "multi_thread")]
async fn all_audits_of_graphql_over_http_pass() {
    let folder = node_folder();
    if !folder.join("node_modules/graphql-http").is_dir() {
        #[expect(
            clippy::disallowed_methods,
            reason = "not a setting of the product: it says how to test"
        )]
        let is_required = std::env::var_os("ROUNDTABLE_REQUIRE_ALL").is_some();
        assert!(
            !is_required,
            "the audits are not installed: run `npm ci` in tests/node"
        );
        eprintln!("skipped: GraphQL over HTTP audits (run `npm ci` in tests/node to have them)");
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/graphql", listener.local_addr().unwrap());
    let serving = serve(listener, door(), HttpSettings::default(), std::future::pending());
    let mut node = Command::new("node");
    node.arg("graphql-http-audit.mjs")
        .arg(url)
        .current_dir(folder)
        .stdin(Stdio::null());
    let auditing = spawn_blocking("audits", move || node.output());
    let output = tokio::select! {
        output = auditing => output.unwrap().unwrap(),
        stopped = serving => panic!("{stopped:?}"),
    };
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.contains("61 of 61"), "{text}");
}
