//! A long upload to the program as people run it: in flat memory, killed in the middle, and resumed.
//!
//! It is as long as `ROUNDTABLE_UPLOAD_MEBIBYTES` says, by default 96: twelve pieces, far more than the
//! program may hold. The measurement that counts:
//!
//! ```sh
//! ROUNDTABLE_UPLOAD_MEBIBYTES=1024 cargo test -p roundtable-tests media::killed -- --nocapture
//! ```

use std::time::Instant;

use futures_util::stream::{StreamExt, iter, pending};
use harness::{Place, Template, both_databases};
use reqwest::{Body, Client, StatusCode};
use roundtable_api::objects::RunningDigest;
use serde_json::{Value, json};

use crate::durability::server::Server;

const MEBIBYTE: usize = 1024 * 1024;
/// How much more the program may hold in the middle of a long upload than before it, in bytes: a few pieces, and what the
/// allocator keeps. Less than half of the file, at which it is killed.
const FLAT: u64 = 32 * 1024 * 1024;

/// A mebibyte of the film; the first begins as films do.
fn mebibyte(number: usize) -> Vec<u8> {
    let mut pattern: Vec<u8> = (0..=250).collect();
    pattern.rotate_left(number % 251);
    let mut bytes = pattern.repeat(MEBIBYTE / 251 + 1);
    bytes.truncate(MEBIBYTE);
    if number == 0 {
        bytes[..32].copy_from_slice(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41");
    }
    bytes
}

/// Sends the film from a byte on, up to a mebibyte; if that is not its end, the connection stays open then.
async fn send(address: &str, from: usize, to: usize, mebibytes: usize) -> Option<StatusCode> {
    let parts = (from / MEBIBYTE..to).map(move |number| {
        let skipped = from.saturating_sub(number * MEBIBYTE);
        Ok::<_, std::io::Error>(mebibyte(number).split_off(skipped))
    });
    let parts = iter(parts);
    let body = if to < mebibytes {
        Body::wrap_stream(parts.chain(pending()))
    } else {
        Body::wrap_stream(parts)
    };
    let request = Client::new()
        .patch(address)
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", from.to_string())
        .body(body);
    request.send().await.ok().map(|response| response.status())
}

/// How far it has arrived.
async fn offset(address: &str) -> usize {
    let asked = Client::new()
        .head(address)
        .header("tus-resumable", "1.0.0")
        .send()
        .await
        .unwrap();
    assert_eq!(asked.status(), StatusCode::OK);
    asked.headers()["upload-offset"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

async fn ask(server: &Server, query: &str, variables: Value) -> Value {
    server.door().ask("visitor", query, variables).await.unwrap()
}

both_databases! {
    /// What has arrived when the server is killed is there when it is back; the rest follows; the file is what was sent.
    async fn a_long_upload_survives_a_kill(engine: Engine) {
        let mebibytes: usize = std::env::var("ROUNDTABLE_UPLOAD_MEBIBYTES").map_or(96, |text| text.parse().unwrap());
        let mut digest = RunningDigest::default();
        (0..mebibytes).for_each(|number| digest.update(&mebibyte(number)));
        let sha256 = digest.finish();
        let place = Place::new(engine, Template::World).await;
        let server = Server::start(&place).await;
        let start = "mutation($input: MediaUploadStartInput!) { mediaUploadStart(input: $input) { media { id } uploadUrl \
                     userErrors { message } } }";
        let input = json!({ "fileName": "film.mp4", "mediaType": "video/mp4", "bytes": (mebibytes * MEBIBYTE).to_string(),
            "sha256": sha256 });
        let started = ask(&server, start, json!({ "input": input })).await;
        let started = &started["data"]["mediaUploadStart"];
        let path = started["uploadUrl"].as_str().unwrap_or_else(|| panic!("{started}")).to_owned();
        let file = started["media"]["id"].clone();

        let before = server.memory();
        let begun = Instant::now();
        let address = format!("{}{path}", server.door().origin());
        let sending = tokio::spawn({
            let address = address.clone();
            async move { send(&address, 0, mebibytes * 3 / 4, mebibytes).await }
        });
        let mut most = before;
        while offset(&address).await < mebibytes / 2 * MEBIBYTE {
            most = most.max(server.memory());
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        server.kill();
        assert_eq!(sending.await.unwrap(), None, "the server was killed in the middle");

        let server = Server::start(&place).await;
        let address = format!("{}{path}", server.door().origin());
        let arrived = offset(&address).await;
        assert!((mebibytes / 2 * MEBIBYTE..mebibytes * MEBIBYTE).contains(&arrived), "{arrived}");
        let again = server.memory();
        let sending = tokio::spawn({
            let address = address.clone();
            async move { send(&address, arrived, mebibytes, mebibytes).await }
        });
        let mut most_again = again;
        while !sending.is_finished() {
            most_again = most_again.max(server.memory());
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(sending.await.unwrap(), Some(StatusCode::NO_CONTENT));
        let took = begun.elapsed().as_secs_f64();
        let stored = "query($id: ID!) { media(id: $id) { status sha256 downloadUrl } }";
        let stored = ask(&server, stored, json!({ "id": file })).await["data"]["media"].clone();
        assert_eq!((&stored["status"], &stored["sha256"]), (&json!("STORED"), &json!(sha256)));

        let address = format!("{}{}", server.door().origin(), stored["downloadUrl"].as_str().unwrap());
        let begun = Instant::now();
        let mut fetched = Client::new().get(address).send().await.unwrap();
        let (mut digest, mut length) = (RunningDigest::default(), 0);
        while let Some(part) = fetched.chunk().await.unwrap() {
            digest.update(&part);
            length += part.len();
            most_again = most_again.max(server.memory());
        }
        assert_eq!((length, digest.finish()), (mebibytes * MEBIBYTE, sha256));
        let [before, most, again, most_again] = [before, most, again, most_again].map(|bytes| bytes / 1024 / 1024);
        eprintln!(
            "{mebibytes} MiB: sent in {took:.1} s with a kill in between, fetched in {:.1} s; memory {before} to {most} MiB, \
             after the kill {again} to {most_again} MiB",
            begun.elapsed().as_secs_f64()
        );
        let flat = FLAT / 1024 / 1024;
        assert!(most - before < flat && most_again - again < flat, "memory is not flat");
        server.kill();
        place.remove().await;
    }
}
