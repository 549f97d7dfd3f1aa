//! Files that several have to do with at the same time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use entity::media::media;
use futures_util::stream::unfold;
use harness::{Template, World, both_databases, id};
use roundtable_api::planner::global_id;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::wire::*;

/// A body that is sent as it is told, and ends when the sender is dropped.
fn told() -> (UnboundedSender<Vec<u8>>, Body) {
    let (sender, receiver) = unbounded_channel::<Vec<u8>>();
    let parts = unfold(receiver, |mut receiver| async move {
        let part = receiver.recv().await?;
        Some((Ok::<_, std::io::Error>(Bytes::from(part)), receiver))
    });
    (sender, Body::from_stream(parts))
}

/// Waits until the first piece of the only file is another object than before.
async fn first_piece(world: &World, other_than: Option<String>) -> String {
    for _ in 0..400 {
        let pieces = world.rows().await.media_piece;
        if let Some(first) = pieces.into_iter().find(|piece| piece.starts_at == 0)
            && Some(&first.object_name) != other_than.as_ref()
        {
            return first.object_name;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no piece arrived")
}

/// Changes a file's row behind everybody's back.
async fn set(world: &World, file: &Announced, column: media::Column, value: impl Into<Expr>) {
    let rows = world.rows().await.media;
    let row = rows
        .iter()
        .find(|row| global_id::encode("media", row.id.0) == file.id)
        .unwrap();
    media::Entity::update_many()
        .col_expr(column, value.into())
        .filter(media::Column::Id.eq(row.id))
        .exec(world.connection())
        .await
        .unwrap();
}

/// A file of which all has arrived, and that nobody has judged.
pub async fn complete(world: &World, bytes: Vec<u8>) -> Announced {
    let length = bytes.len();
    let file = announce(world, "visitor", input("image/png", length + 1_000)).await;
    let heard = patch(world, &file.address, 0, bytes).await;
    assert_eq!(heard.status, StatusCode::NO_CONTENT, "{}", heard.text());
    let length = i64::try_from(length).unwrap();
    set(world, &file, media::Column::Bytes, Expr::val(length)).await;
    file
}

both_databases! {
    /// The bytes of two who send different files to one address never mix: who began anew is heard.
    async fn two_files_never_mix(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| settings.media.piece_bytes = 1_000).await;
        let (one, mut other) = (picture(3_000), picture(3_000));
        other[100..].fill(7);
        let file = announce(&world, "visitor", input("image/png", 3_000)).await;
        let (first, first_body) = told();
        let (second, second_body) = told();
        let patched = patch(&world, &file.address, 0, first_body);
        let put = send(&world, Method::PUT, &file.address, &[], second_body);
        let begun = tokio::sync::Notify::new();
        let put = async {
            begun.notified().await;
            put.await
        };
        let told = async {
            first.send(one[..1_000].to_vec()).unwrap();
            let object = first_piece(&world, None).await;
            begun.notify_one();
            second.send(other[..1_000].to_vec()).unwrap();
            first_piece(&world, Some(object)).await;
            first.send(one[1_000..].to_vec()).unwrap();
            drop(first);
            tokio::time::sleep(Duration::from_millis(300)).await;
            second.send(other[1_000..].to_vec()).unwrap();
            drop(second);
        };
        let (patched, put, ()) = tokio::join!(patched, put, told);
        assert_eq!((patched.status, put.status), (StatusCode::CONFLICT, StatusCode::NO_CONTENT));
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, other);
        world.close().await;
    }

    /// What has arrived whole is judged, and nobody takes it back.
    async fn what_is_being_judged_is_not_taken_back(world: World) {
        let bytes = picture(1_000);
        let file = complete(&world, bytes.clone()).await;
        let mut other = bytes.clone();
        other[500] ^= 1;
        let put = send(&world, Method::PUT, &file.address, &[], other.into()).await;
        assert_eq!((put.status, put.header("upload-offset")), (StatusCode::CONFLICT, "1000"), "{}", put.text());
        assert_eq!(head(&world, &file.address).await.status, StatusCode::OK);
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body, bytes);
    }

    /// Who sends the last byte hears what became of the file, also when somebody else decided it.
    async fn the_last_to_send_hears_what_became_of_it(world: World) {
        let gone = [("tus-resumable", "1.0.0")];
        for (bytes, is_given_up, expected) in [
            (picture(1_000), false, StatusCode::NO_CONTENT),
            (b"<html>".repeat(10), false, StatusCode::UNPROCESSABLE_ENTITY),
            (picture(1_000), true, StatusCode::NOT_FOUND),
        ] {
            let length = bytes.len();
            let file = complete(&world, bytes).await;
            let (sender, body) = told();
            let last = patch(&world, &file.address, length, body);
            let others = async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                if is_given_up {
                    send(&world, Method::DELETE, &file.address, &gone, Body::empty()).await;
                } else {
                    head(&world, &file.address).await;
                }
                drop(sender);
            };
            let (heard, ()) = tokio::join!(last, others);
            assert_eq!(heard.status, expected, "{}", heard.text());
        }
    }

    /// Who uploaded a file for an organisation that they administer no longer neither reads nor changes it.
    async fn an_ended_administrator_keeps_nothing(world: World) {
        let mut input = input("image/png", 100);
        input["organisationId"] = json!(id("organisation", "ashdown-council"));
        let file = upload(&world, "council-admin", input, picture(100)).await;
        set(&world, &file, media::Column::UploadedByPersonId, Expr::val(harness::uuid("person", "visitor"))).await;
        assert_eq!(read(&world, "visitor", &file.id).await, Value::Null);
        let version = read(&world, "council-admin", &file.id).await["version"].clone();
        for (mutation, kind) in [("mediaUpdate", "MediaUpdateInput"), ("mediaDelete", "MediaDeleteInput")] {
            let query = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ code message path }} }} }}");
            let input = json!({ "input": { "id": file.id, "expectedVersion": version } });
            let answer = world.client("visitor").query(&query, input).await;
            assert_eq!(answer.user_errors(mutation), ["NOT_FOUND at input.id"]);
        }
        assert!(download(&world, "council-admin", &file.id).await.is_some());
    }
}
