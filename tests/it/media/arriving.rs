//! Files on their way in: in parts, broken off, resumed, sent twice at the same time.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures_util::stream::iter;
use harness::{Engine, Template, World, both_databases};
use serde_json::json;

use super::wire::*;

/// A world whose pieces are short, so that a short file has several.
async fn world_of_short_pieces(engine: Engine) -> World {
    World::new(engine, Template::World, |settings| {
        settings.media.piece_bytes = 1_000
    })
    .await
}

both_databases! {
    /// A file arrives in parts, is stored, and is given out as it came.
    async fn a_file_arrives_in_parts(engine: Engine) {
        let world = world_of_short_pieces(engine).await;
        let bytes = picture(5_300);
        let mut input = input("image/png", bytes.len());
        input["sha256"] = json!(sha256(&bytes).to_uppercase());
        let file = announce(&world, "visitor", input).await;

        let asked = head(&world, &file.address).await;
        assert_eq!(asked.status, StatusCode::OK);
        assert_eq!((asked.header("upload-offset"), asked.header("upload-length")), ("0", "5300"));
        assert_eq!(asked.header("upload-expires"), "Tue, 03 Mar 2026 09:00:00 GMT");
        assert_eq!((asked.header("tus-resumable"), asked.header("cache-control")), ("1.0.0", "no-store"));

        let first = patch(&world, &file.address, 0, bytes[..2_500].to_vec()).await;
        assert_eq!((first.status, first.header("upload-offset")), (StatusCode::NO_CONTENT, "2500"));
        assert_eq!(read(&world, "visitor", &file.id).await["status"], "EXPECTED");
        assert_eq!(download(&world, "visitor", &file.id).await, None);
        let wrong = patch(&world, &file.address, 2_400, bytes[2_400..].to_vec()).await;
        assert_eq!((wrong.status, wrong.header("upload-offset")), (StatusCode::CONFLICT, "2500"));

        let second = patch(&world, &file.address, 2_500, bytes[2_500..].to_vec()).await;
        assert_eq!((second.status, second.header("upload-offset")), (StatusCode::NO_CONTENT, "5300"));
        let stored = read(&world, "visitor", &file.id).await;
        assert_eq!((&stored["status"], &stored["scan"]), (&json!("STORED"), &json!("CLEAN")));
        assert_eq!((&stored["sha256"], &stored["detectedType"]), (&json!(sha256(&bytes)), &json!("image/png")));
        assert_eq!(head(&world, &file.address).await.header("upload-offset"), "5300");

        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
        assert!(world.rows().await.loose_object.is_empty());
        world.close().await;
    }

    /// A connection that breaks leaves what has arrived, to the last byte; the upload goes on from there.
    async fn a_broken_upload_is_resumed(engine: Engine) {
        let world = world_of_short_pieces(engine).await;
        let bytes = picture(4_000);
        let mut input = input("image/png", bytes.len());
        input["sha256"] = json!(sha256(&bytes));
        let file = announce(&world, "visitor", input).await;
        let parts: Vec<Result<Bytes, std::io::Error>> = vec![
            Ok(bytes[..1_700].to_vec().into()),
            Ok(bytes[1_700..2_345].to_vec().into()),
            Err(std::io::ErrorKind::ConnectionReset.into()),
        ];
        let broken = patch(&world, &file.address, 0, Body::from_stream(iter(parts))).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST, "{}", broken.text());
        assert_eq!(head(&world, &file.address).await.header("upload-offset"), "2345");
        let rest = patch(&world, &file.address, 2_345, bytes[2_345..].to_vec()).await;
        assert_eq!(rest.status, StatusCode::NO_CONTENT, "{}", rest.text());
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
        world.close().await;
    }

    /// A part whose checksum is wrong is not taken, whole or in pieces; one whose checksum is right is.
    async fn a_part_is_what_its_checksum_says(engine: Engine) {
        let world = world_of_short_pieces(engine).await;
        let bytes = picture(2_500);
        let file = announce(&world, "visitor", input("image/png", bytes.len())).await;
        // The SHA-1 of nothing.
        let wrong = [("upload-checksum", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=")];
        let heard = patch_with(&world, &file.address, 0, &wrong, bytes.clone()).await;
        assert_eq!(heard.status.as_u16(), 460, "{}", heard.text());
        assert_eq!(head(&world, &file.address).await.header("upload-offset"), "0");
        assert!(objects(&world).await.is_empty());
        let unknown = [("upload-checksum", "crc32 AAAA")];
        let heard = patch_with(&world, &file.address, 0, &unknown, bytes.clone()).await;
        assert_eq!(heard.status, StatusCode::BAD_REQUEST);
        let right = format!("sha256 {}", base64(&sha256(&bytes)));
        let heard = patch_with(&world, &file.address, 0, &[("upload-checksum", &right)], bytes).await;
        assert_eq!(heard.status, StatusCode::NO_CONTENT, "{}", heard.text());
        assert_eq!(read(&world, "visitor", &file.id).await["status"], "STORED");
        world.close().await;
    }

    /// Of two that send the same part at the same time one is heard, and the file is whole.
    async fn two_at_once_make_one_file(engine: Engine) {
        let world = world_of_short_pieces(engine).await;
        let bytes = picture(9_999);
        let file = announce(&world, "visitor", input("image/png", bytes.len())).await;
        let one = patch(&world, &file.address, 0, bytes.clone());
        let other = patch(&world, &file.address, 0, bytes.clone());
        let (one, other) = tokio::join!(one, other);
        let heard = [one.status, other.status];
        assert!(heard.contains(&StatusCode::NO_CONTENT) || heard == [StatusCode::CONFLICT; 2], "{heard:?}");
        if !heard.contains(&StatusCode::NO_CONTENT) {
            // Each was faster once: what arrived is one file's beginning.
            let at: usize = head(&world, &file.address).await.header("upload-offset").parse().unwrap();
            let rest = patch(&world, &file.address, at, bytes[at..].to_vec()).await;
            assert_eq!(rest.status, StatusCode::NO_CONTENT, "{}", rest.text());
        }
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
        keep(&world).await;
        assert_eq!(objects(&world).await.len(), world.rows().await.media_piece.len());
        world.close().await;
    }

    /// PUT sends the whole file, and begins anew what was begun.
    async fn a_file_is_put_whole(world: World) {
        let bytes = picture(3_000);
        let file = announce(&world, "visitor", input("image/png", bytes.len())).await;
        patch(&world, &file.address, 0, vec![0; 100]).await;
        let put = send(&world, Method::PUT, &file.address, &[], bytes.clone().into()).await;
        assert_eq!(put.status, StatusCode::NO_CONTENT, "{}", put.text());
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
        assert_eq!(objects(&world).await.len(), 1);
    }

    /// An upload can be given up: nothing of it is kept.
    async fn an_upload_is_given_up(world: World) {
        let file = announce(&world, "visitor", input("image/png", 3_000)).await;
        patch(&world, &file.address, 0, picture(1_000)).await;
        let headers = [("tus-resumable", "1.0.0"), ("x-http-method-override", "DELETE")];
        let gone = send(&world, Method::POST, &file.address, &headers, Body::empty()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
        assert_eq!(head(&world, &file.address).await.status, StatusCode::NOT_FOUND);
        assert_nothing_left(&world, &file.id).await;
    }

    /// The address takes nothing after its time, and what was begun is removed.
    async fn an_upload_expires(world: World) {
        let file = announce(&world, "visitor", input("image/png", 3_000)).await;
        patch(&world, &file.address, 0, picture(1_000)).await;
        world.clock().advance(TimeDelta::hours(24));
        assert_eq!(head(&world, &file.address).await.status, StatusCode::GONE);
        assert_eq!(patch(&world, &file.address, 1_000, vec![0; 2_000]).await.status, StatusCode::GONE);
        keep(&world).await;
        assert_nothing_left(&world, &file.id).await;
    }

    /// Clients find out what the server speaks, and are told when they speak something else.
    async fn the_protocol_is_negotiated(world: World) {
        let file = announce(&world, "visitor", input("image/png", 3_000)).await;
        let asked = send(&world, Method::OPTIONS, &file.address, &[], Body::empty()).await;
        assert_eq!((asked.status, asked.header("tus-version")), (StatusCode::NO_CONTENT, "1.0.0"));
        assert_eq!(asked.header("tus-extension"), "checksum,expiration,termination");
        assert_eq!(asked.header("tus-checksum-algorithm"), "sha1,sha256");
        let other = send(&world, Method::HEAD, &file.address, &[("tus-resumable", "0.2.2")], Body::empty()).await;
        assert_eq!((other.status, other.header("tus-version")), (StatusCode::PRECONDITION_FAILED, "1.0.0"));
        let headers = [("tus-resumable", "1.0.0"), ("upload-offset", "0"), ("content-type", "image/png")];
        let other = send(&world, Method::PATCH, &file.address, &headers, vec![0; 10].into()).await;
        assert_eq!(other.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let other = get(&world, &file.address, &[]).await;
        assert_eq!(other.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(other.header("allow"), "HEAD, PATCH, PUT, DELETE, OPTIONS");
    }
}

/// Hexadecimal as Base64.
fn base64(hex: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = (number >> (18 - 6 * place)) & 63;
            text.push(if place <= three.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            });
        }
    }
    text
}
