//! What is refused, and why; and that nothing of it is kept.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures_util::stream::iter;
use harness::{Template, World, both_databases};
use serde_json::{Value, json};

use super::wire::*;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Files that are not what they say, and a part of the reason that is given.
fn bad() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let drawing =
        |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").into_bytes();
    vec![
        ("image/png", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), "image/gif"),
        ("video/mp4", picture(100), "image/png"),
        (
            "text/plain",
            b"<!DOCTYPE html><script>alert(1)</script>".to_vec(),
            "web page",
        ),
        (
            "image/jpeg",
            b"<html><script>alert(1)</script>".to_vec(),
            "web page",
        ),
        ("text/plain", b"#!/bin/sh\nrm -rf /\n".to_vec(), "program"),
        (
            "application/pdf",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec(),
            "program",
        ),
        ("text/csv", b"a,b\n\0c,d\n".to_vec(), "UTF-8"),
        ("application/gzip", b"a,b\n".to_vec(), "application/gzip"),
        (
            "application/gzip",
            b"\x1f\x8b\x08 and no more".to_vec(),
            "unpacked",
        ),
        ("image/svg+xml", drawing("<script>alert(1)</script>"), "script"),
        ("image/svg+xml", drawing("<rect onload=\"alert(1)\"/>"), "onload"),
        (
            "image/svg+xml",
            drawing("<image href=\"http://example.org/a\"/>"),
            "outside",
        ),
        (
            "text/vtt",
            b"1\n00:00:01,000 --> 00:00:02,000\nSubRip".to_vec(),
            "WEBVTT",
        ),
        (DOCX, package(1_000, 900_000_000), "200 times"),
        (DOCX, package(1_000, 2_000_000_000), "unpacked"),
        ("application/epub+zip", package(1_000, 1_000), "announced"),
        (DOCX, b"PK\x03\x04 and no more".to_vec(), "damaged"),
    ]
}

/// A document of Word with so many bytes in it, which says that they would be so many unpacked.
fn package(length: usize, unpacked: u32) -> Vec<u8> {
    package_of(vec![b'a'; length], unpacked)
}

/// The same of some packed bytes.
fn package_of(content: Vec<u8>, unpacked: u32) -> Vec<u8> {
    let (mut bytes, mut listed) = (Vec::new(), Vec::new());
    for (name, content, unpacked) in [
        // Empty, packed.
        ("[Content_Types].xml", vec![3, 0], 0),
        ("word/document.xml", content, unpacked),
    ] {
        let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let sizes = [
            u32::try_from(content.len()).unwrap().to_le_bytes(),
            u32::to_le_bytes(unpacked),
        ]
        .concat();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        bytes.extend(
            [
                b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".as_slice(),
                &sizes,
                &name_length,
                b"\0\0",
            ]
            .concat(),
        );
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend(content);
        let head = b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".as_slice();
        listed.extend([head, &sizes, &name_length, &[0; 12], &offset, name.as_bytes()].concat());
    }
    let (starts_at, length) = (
        u32::try_from(bytes.len()).unwrap(),
        u32::try_from(listed.len()).unwrap(),
    );
    bytes.extend(listed);
    bytes.extend(
        [
            b"PK\x05\x06\0\0\0\0\x02\0\x02\0".as_slice(),
            &length.to_le_bytes(),
            &starts_at.to_le_bytes(),
            b"\0\0",
        ]
        .concat(),
    );
    bytes
}

both_databases! {
    /// A file that is not what was announced is refused with the reason, and nothing of it is kept but the reason.
    async fn what_is_something_else_leaves_nothing(world: World) {
        for (media_type, bytes, reason) in bad() {
            let file = announce(&world, "visitor", input(media_type, bytes.len())).await;
            let heard = patch(&world, &file.address, 0, bytes).await;
            assert_eq!(heard.status, StatusCode::UNPROCESSABLE_ENTITY, "{media_type}: {}", heard.text());
            assert!(heard.text().contains(reason), "{reason}: {}", heard.text());
            assert_eq!(head(&world, &file.address).await.status, StatusCode::NOT_FOUND);
            assert_eq!(read(&world, "visitor", &file.id).await, Value::Null);
            assert_nothing_left(&world, &file.id).await;
        }
        let audited = world.rows().await.audit_event;
        let refusals: Vec<_> = audited.iter().filter(|event| event.action == "media.refuse").collect();
        assert_eq!(refusals.len(), bad().len());
        assert!(refusals.iter().all(|event| event.reason.is_some()));
    }

    /// A package is as long as it is, whatever its directory says.
    async fn a_directory_that_lies_is_found_out(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.media.unpacked_bytes = 100_000).await;
        // DEFLATE without packing (RFC 1951, section 3.2.4): three blocks, of which the last says so.
        let mut content = Vec::new();
        for is_last in [0, 0, 1] {
            content.extend([is_last, 0x50, 0xc3, 0xaf, 0x3c]);
            content.extend([b'a'; 50_000]);
        }
        let bytes = package_of(content, 1_000);
        let file = announce(&world, "visitor", input(DOCX, bytes.len())).await;
        let heard = patch(&world, &file.address, 0, bytes).await;
        assert_eq!(heard.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", heard.text());
        assert_nothing_left(&world, &file.id).await;
        world.close().await;
    }

    /// What was announced with a digest must have it.
    async fn another_digest_leaves_nothing(world: World) {
        let bytes = picture(2_000);
        let mut input = input("image/png", bytes.len());
        input["sha256"] = json!(sha256(b"something else"));
        let file = announce(&world, "visitor", input).await;
        let heard = patch(&world, &file.address, 0, bytes.clone()).await;
        assert_eq!(heard.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", heard.text());
        assert!(heard.text().contains(&sha256(&bytes)), "{}", heard.text());
        assert_nothing_left(&world, &file.id).await;
    }

    /// What is longer than announced is refused as soon as that shows, whether the client says its length or not.
    async fn what_is_too_long_leaves_nothing(world: World) {
        let file = announce(&world, "visitor", input("image/png", 1_000)).await;
        let heard = patch_with(&world, &file.address, 0, &[("content-length", "1001")], picture(1_001)).await;
        assert_eq!(heard.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", heard.text());
        assert_nothing_left(&world, &file.id).await;

        let file = announce(&world, "visitor", input("image/png", 1_000)).await;
        let parts = [picture(900), vec![1; 90], vec![2; 11]].map(|part| Ok::<_, std::io::Error>(Bytes::from(part)));
        let heard = patch(&world, &file.address, 0, Body::from_stream(iter(parts))).await;
        assert_eq!(heard.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", heard.text());
        assert_nothing_left(&world, &file.id).await;
    }

    /// What cannot be taken is said before a byte is sent.
    async fn what_cannot_be_taken_is_said_at_once(world: World) {
        let with = |field: &str, value: Value| {
            let mut input = input("image/png", 1_000);
            input[field] = value;
            input
        };
        for (input, expected) in [
            (with("fileName", json!("../../etc/passwd")), "INVALID_FORMAT at input.fileName"),
            (with("fileName", json!("C:\\plan.pdf")), "INVALID_FORMAT at input.fileName"),
            (with("mediaType", json!("text/html")), "INVALID_FORMAT at input.mediaType"),
            (with("mediaType", json!("application/zip")), "INVALID_FORMAT at input.mediaType"),
            (with("bytes", json!("67108865")), "OUT_OF_RANGE at input.bytes"),
            (with("bytes", json!("0")), "OUT_OF_RANGE at input.bytes"),
            (with("sha256", json!("abc")), "INVALID_FORMAT at input.sha256"),
            (with("durationSeconds", json!(5)), "RULE_BROKEN at input.durationSeconds"),
        ] {
            assert_eq!(refused_at_once(&world, "visitor", input).await, [expected]);
        }
        let mut fernley = input("image/png", 1_000);
        fernley["organisationId"] = json!(harness::id("organisation", "ashdown-council"));
        assert_eq!(refused_at_once(&world, "visitor", fernley).await, ["FORBIDDEN at input"]);
        assert_eq!(refused_at_once(&world, "service-account", input("image/png", 1)).await, ["REQUIRED at input.organisationId"]);
    }

    /// Nobody fills the disk: so many announced files, and so many bytes.
    async fn there_is_room_for_so_much(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.media.open_uploads = 2;
            settings.media.person_bytes = 10_000;
        })
        .await;
        let too_long = refused_at_once(&world, "researcher", input("image/png", 10_001)).await;
        assert_eq!(too_long, ["LIMIT_EXCEEDED at input.bytes"]);
        upload(&world, "researcher", input("image/png", 5_000), picture(5_000)).await;
        announce(&world, "researcher", input("image/png", 1_000)).await;
        announce(&world, "researcher", input("image/png", 1_000)).await;
        assert_eq!(refused_at_once(&world, "researcher", input("image/png", 1)).await, ["LIMIT_EXCEEDED at input"]);
        // Another's room is their own.
        announce(&world, "board-member", input("image/png", 1_000)).await;
        world.close().await;
    }
}
