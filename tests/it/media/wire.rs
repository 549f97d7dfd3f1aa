//! What every test of files needs: announcing one, and speaking to its address.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use harness::{Rows, World};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A picture that is one, of any length from 8 on.
pub fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((0..=255_u8).cycle().take(length.saturating_sub(8)));
    bytes
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut digest = roundtable_api::objects::RunningDigest::default();
    digest.update(bytes);
    digest.finish()
}

/// An announced file.
#[derive(Clone, Debug)]
pub struct Announced {
    /// Its global id.
    pub id: String,
    /// Where its bytes are sent.
    pub address: String,
}

const START: &str = "mutation($input: MediaUploadStartInput!) { mediaUploadStart(input: $input) { \
    media { id status bytes version } uploadUrl userErrors { code message path } } }";

/// What a picture of so many bytes is announced with.
pub fn input(media_type: &str, bytes: usize) -> Value {
    json!({ "fileName": "a file", "mediaType": media_type, "bytes": bytes.to_string() })
}

/// Announces a file.
pub async fn announce(world: &World, viewer: &str, input: Value) -> Announced {
    let answer = world.client(viewer).query(START, json!({ "input": input })).await;
    let started = answer.data("/mediaUploadStart");
    let text = |value: &Value| {
        let text = value.as_str();
        text.unwrap_or_else(|| panic!("{}", answer.text)).to_owned()
    };
    Announced {
        id: text(&started["media"]["id"]),
        address: text(&started["uploadUrl"]),
    }
}

/// The user errors of an announcement.
pub async fn refused_at_once(world: &World, viewer: &str, input: Value) -> Vec<String> {
    let answer = world.client(viewer).query(START, json!({ "input": input })).await;
    answer.user_errors("mediaUploadStart")
}

/// What an address answers.
#[derive(Debug)]
pub struct Heard {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Heard {
    /// A header as a text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The body as a text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request to an address of a node.
pub async fn send(
    world: &World,
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Heard {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = world.node().router.clone();
    let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Heard {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

/// Sends a part by the tus protocol.
pub async fn patch(world: &World, address: &str, offset: usize, body: impl Into<Body>) -> Heard {
    patch_with(world, address, offset, &[], body).await
}

/// The same with more headers.
pub async fn patch_with(
    world: &World,
    address: &str,
    offset: usize,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Heard {
    let offset = offset.to_string();
    let mut all = vec![
        ("tus-resumable", "1.0.0"),
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", &offset),
    ];
    all.extend_from_slice(headers);
    send(world, Method::PATCH, address, &all, body.into()).await
}

/// Asks how far a file has arrived.
pub async fn head(world: &World, address: &str) -> Heard {
    send(
        world,
        Method::HEAD,
        address,
        &[("tus-resumable", "1.0.0")],
        Body::empty(),
    )
    .await
}

/// Fetches a file.
pub async fn get(world: &World, address: &str, headers: &[(&str, &str)]) -> Heard {
    send(world, Method::GET, address, headers, Body::empty()).await
}

/// Uploads a file in one go; it must be good.
pub async fn upload(world: &World, viewer: &str, input: Value, bytes: Vec<u8>) -> Announced {
    let announced = announce(world, viewer, input).await;
    let heard = patch(world, &announced.address, 0, bytes).await;
    assert_eq!(heard.status, StatusCode::NO_CONTENT, "{}", heard.text());
    announced
}

/// What a viewer reads of a file; null when they may not.
pub async fn read(world: &World, viewer: &str, id: &str) -> Value {
    let query = "query($id: ID!) { media(id: $id) { status scan scanFinding detectedType sha256 bytes kind fileName language \
                 transcript captions { id } unreferencedSince downloadUrl version viewerCan { manage } } }";
    let answer = world.client(viewer).query(query, json!({ "id": id })).await;
    answer.data("/media").clone()
}

/// The address at which a viewer fetches a file.
pub async fn download(world: &World, viewer: &str, id: &str) -> Option<String> {
    let address = read(world, viewer, id).await["downloadUrl"].clone();
    address.as_str().map(ToOwned::to_owned)
}

/// The names of all objects there are.
pub async fn objects(world: &World) -> Vec<String> {
    let transfers = world.node().app.media().unwrap();
    transfers.objects().names().await.unwrap()
}

/// Nothing is left of a file: no row, no piece, no object.
pub async fn assert_nothing_left(world: &World, id: &str) {
    let rows: Rows = world.rows().await;
    let is_there = rows
        .media
        .iter()
        .any(|row| id.ends_with(&row.id.0.simple().to_string()));
    assert!(!is_there, "the row of {id} is still there");
    assert!(rows.media_piece.is_empty(), "{:?}", rows.media_piece);
    assert!(rows.loose_object.is_empty(), "{:?}", rows.loose_object);
    assert!(objects(world).await.is_empty(), "{:?}", objects(world).await);
}

/// Does what falls due by the clock.
pub async fn keep(world: &World) -> usize {
    let app = &world.node().app;
    app.media().unwrap().keep(app.clock().now()).await.unwrap()
}
