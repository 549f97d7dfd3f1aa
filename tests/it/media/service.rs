//! Files in a service that speaks S3, by a stand-in that knows as much of it as is used.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::put;
use entity::media::loose_object;
use harness::{Template, World, both_databases};
use roundtable_api::objects::Place;
use sea_orm::{EntityTrait, IntoActiveModel};
use tokio::net::TcpListener;

use super::wire::*;

/// The bucket, by names of objects.
type Bucket = Arc<Mutex<BTreeMap<String, Bytes>>>;

async fn write(
    State(bucket): State<Bucket>,
    Path(name): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let signed = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if !signed.is_some_and(|signed| signed.starts_with("AWS4-HMAC-SHA256 Credential=the-key/")) {
        return StatusCode::FORBIDDEN.into_response();
    }
    bucket.lock().unwrap().insert(name, bytes);
    [(header::ETAG, "\"1\"")].into_response()
}

async fn read_part(State(bucket): State<Bucket>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(bytes) = bucket.lock().unwrap().get(&name).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let common = [
        (header::ETAG, "\"1\""),
        (header::LAST_MODIFIED, "Mon, 02 Mar 2026 09:00:00 GMT"),
    ];
    let Some(range) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return (common, bytes).into_response();
    };
    let (first, last) = range.trim_start_matches("bytes=").split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let last = last.min(bytes.len() - 1);
    let said = format!("bytes {first}-{last}/{}", bytes.len());
    let part = bytes.slice(first..=last);
    (
        StatusCode::PARTIAL_CONTENT,
        common,
        [(header::CONTENT_RANGE, said)],
        part,
    )
        .into_response()
}

async fn remove(State(bucket): State<Bucket>, Path(name): Path<String>) -> StatusCode {
    if name.ends_with("held") {
        return StatusCode::FORBIDDEN;
    }
    bucket.lock().unwrap().remove(&name);
    StatusCode::NO_CONTENT
}

/// Starts the stand-in; answers where.
async fn start(bucket: Bucket) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new()
        .route("/bucket/{*name}", put(write).get(read_part).delete(remove))
        .with_state(bucket);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

both_databases! {
    /// The same way in and out as with a folder: each piece is an object of the bucket, below the prefix, signed for.
    async fn files_lie_in_a_bucket(engine: Engine) {
        let bucket = Bucket::default();
        let endpoint = start(bucket.clone()).await;
        let world = World::new(engine, Template::World, move |settings| {
            settings.media.piece_bytes = 1_000;
            settings.objects.place = Place::S3;
            let s3 = &mut settings.objects.s3;
            s3.endpoint = Some(endpoint);
            s3.allow_http = true;
            s3.bucket = Some("bucket".to_owned());
            s3.prefix = Some("ours".to_owned());
            s3.access_key_id = Some("the-key".to_owned());
            s3.secret_access_key = Some("a secret".to_owned().into());
        })
        .await;
        let bytes = picture(2_500);
        let file = announce(&world, "visitor", input("image/png", bytes.len())).await;
        patch(&world, &file.address, 0, bytes[..1_100].to_vec()).await;
        let rest = patch(&world, &file.address, 1_100, bytes[1_100..].to_vec()).await;
        assert_eq!(rest.status, StatusCode::NO_CONTENT, "{}", rest.text());
        let names: Vec<String> = bucket.lock().unwrap().keys().cloned().collect();
        assert_eq!(names.len(), 4, "{names:?}");
        assert!(names.iter().all(|name| name.starts_with("ours/media/")), "{names:?}");
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
        let part = get(&world, &address, &[("range", "bytes=900-1200")]).await;
        assert_eq!(part.body, bytes[900..=1_200]);

        let page = b"<html>".to_vec();
        let refused = announce(&world, "visitor", input("image/png", page.len())).await;
        let heard = patch(&world, &refused.address, 0, page).await;
        assert_eq!(heard.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", heard.text());
        assert_eq!(bucket.lock().unwrap().len(), 4, "nothing of what was refused is left");

        // One object that the service does not remove keeps no other.
        for name in ["media/a-held", "media/b"] {
            world.node().app.media().unwrap().objects().put(name, picture(10).into()).await.unwrap();
            let row = loose_object::Model { name: name.to_owned(), remove_after: world.clock().now() };
            loose_object::Entity::insert(row.into_active_model()).exec(world.connection()).await.unwrap();
        }
        keep(&world).await;
        assert_eq!(bucket.lock().unwrap().len(), 5);
        let left: Vec<String> = world.rows().await.loose_object.into_iter().map(|row| row.name).collect();
        assert_eq!(left, ["media/a-held"]);
        world.close().await;
    }
}
