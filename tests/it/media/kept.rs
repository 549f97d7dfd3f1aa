//! How long files are kept: while something points to them, and for a while after.

use chrono::TimeDelta;
use harness::{both_databases, id};
use serde_json::{Value, json};

use super::contested::complete;
use super::wire::*;

both_databases! {
    /// A file to which nothing points goes after a while, row and bytes; what something points to stays.
    async fn what_nothing_points_to_goes(world: World) {
        let file = upload(&world, "visitor", input("image/png", 100), picture(100)).await;
        let before = world.rows().await.media.len();
        keep(&world).await;
        assert_eq!(objects(&world).await.len(), 1);
        world.clock().advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        keep(&world).await;
        assert!(read(&world, "visitor", &file.id).await.is_object());
        world.clock().advance(TimeDelta::seconds(1));
        keep(&world).await;
        let rows = world.rows().await;
        assert!(rows.media.len() < before && rows.media_piece.is_empty() && rows.loose_object.is_empty());
        assert!(objects(&world).await.is_empty());
        assert_eq!(read(&world, "visitor", &file.id).await, Value::Null);
        // The application's, and what belongs to it.
        for name in ["interview", "captions", "transcript"] {
            let kept = read(&world, "visitor", &id("media", name)).await;
            assert!(kept.is_object() && kept["unreferencedSince"].is_null(), "{name}: {kept}");
        }
    }

    /// Bytes that could not be removed at once, because the node died, are removed later; a file whose node died when the last
    /// byte had come is judged later.
    async fn what_a_dead_node_left_is_made_good(world: World) {
        use entity::media::loose_object;
        use sea_orm::{EntityTrait, IntoActiveModel};
        let transfers = world.node().app.media().unwrap();
        transfers.objects().put("media/left/0", picture(10).into()).await.unwrap();
        let row = loose_object::Model {
            name: "media/left/0".to_owned(),
            remove_after: world.clock().now() + TimeDelta::hours(1),
        };
        loose_object::Entity::insert(row.into_active_model()).exec(world.connection()).await.unwrap();
        keep(&world).await;
        assert_eq!(objects(&world).await.len(), 1, "it may still be written");
        world.clock().advance(TimeDelta::hours(1));
        keep(&world).await;
        assert!(objects(&world).await.is_empty());
        assert!(world.rows().await.loose_object.is_empty());

        let arrived = complete(&world, picture(100)).await;
        assert_eq!(read(&world, "visitor", &arrived.id).await["status"], "EXPECTED");
        keep(&world).await;
        assert_eq!(read(&world, "visitor", &arrived.id).await["status"], "STORED");
    }

    /// Erasing a person removes the files that are theirs alone.
    async fn an_erased_person_leaves_no_files(world: World) {
        let file = upload(&world, "visitor", input("image/png", 100), picture(100)).await;
        let erase = "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { code message path } } }";
        let input = json!({ "input": { "id": id("person", "visitor"), "expectedVersion": 1, "reason": "They asked." } });
        let answer = world.client("visitor").query(erase, input.clone()).await;
        let answer = match answer.user_errors("personAnonymise").is_empty() {
            true => answer,
            false => world.client("platform-admin").query(erase, input).await,
        };
        assert!(answer.user_errors("personAnonymise").is_empty(), "{}", answer.text);
        keep(&world).await;
        assert_nothing_left(&world, &file.id).await;
        let own = world.rows().await.media;
        assert!(own.iter().all(|row| row.organisation_id.is_some()), "{own:?}");
    }
}
