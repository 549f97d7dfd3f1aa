//! Who sees drafts, reviews, renditions that nobody has checked, and by which name somebody is credited.

use harness::{Client, VIEWERS, both_databases, id};
use serde_json::{Value, json};

use super::{does, existing, on};

/// Those of the world's viewers who see an object.
async fn seen_by(world: &harness::World, kind: &str, name: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for viewer in VIEWERS {
        let query = "query($id: ID!) { node(id: $id) { id } }";
        let answer = world
            .client(viewer)
            .query(query, json!({ "id": id(kind, name) }))
            .await;
        if !answer.data("/node").is_null() {
            seen.push(*viewer);
        }
    }
    seen
}

async fn credit(client: &Client, contributor: &str) -> Value {
    let query = "query($id: ID!) { contributor(id: $id) { credit { visibility name } person { id } } }";
    let answer = client
        .query(query, json!({ "id": id("contributor", contributor) }))
        .await;
    answer.data("/contributor").clone()
}

both_databases! {
    /// Those who run the resource and those who work on this very version; no author of an earlier one, no adopter, no
    /// administrator of the platform.
    async fn a_draft_is_seen_by_those_who_work_on_it(world: World) {
        let working = ["visitor", "board-chair", "provider-user", "user-led-admin", "researcher", "council-admin"];
        for (kind, name) in [
            ("resource_version", "guide 3"),
            ("contributor", "guide 3 provider-user"),
            ("rendition", "guide 3 EASY_READ en"),
            ("resource_review", "guide 3 visitor"),
        ] {
            assert_eq!(seen_by(&world, kind, name).await, working, "{name}");
        }
        let query = "query($id: ID!) { resource(id: $id) { versions { totalCount } } }";
        for (viewer, number) in [("anonymous", 2), ("board-member", 2), ("platform-admin", 2), ("provider-user", 3)] {
            let answer = world.client(viewer).query(query, json!({ "id": id("resource", "guide") })).await;
            assert_eq!(*answer.data("/resource/versions/totalCount"), number, "{viewer}");
        }
    }

    /// Of what is published, everybody sees the formats that were checked, and nobody outside the reviews.
    async fn what_was_not_checked_is_seen_by_those_who_work_on_it(world: World) {
        assert_eq!(seen_by(&world, "rendition", "guide 2 EASY_READ en").await, VIEWERS);
        let working = ["board-member", "board-chair", "researcher", "council-admin"];
        for (kind, name) in [
            ("rendition", "guide 2 LARGE_PRINT en"),
            ("rendition", "guide 2 WELSH cy"),
            ("resource_review", "guide 2 board-chair"),
        ] {
            assert_eq!(seen_by(&world, kind, name).await, working, "{name}");
        }
    }

    /// What was withdrawn stays with those who worked on it and those who adopted it.
    async fn what_was_withdrawn_is_seen_by_its_adopters(world: World) {
        let close = ["board-member", "board-chair", "user-led-admin", "researcher", "council-admin"];
        assert_eq!(seen_by(&world, "resource_version", "recalled 1").await, close);
        assert_eq!(seen_by(&world, "resource", "recalled").await, VIEWERS);
    }

    async fn withdrawn_consent_hides_a_name_from_the_next_read(world: World) {
        let (public, chair) = (world.client("anonymous"), world.client("board-chair"));
        let shown = credit(&public, "guide 2 board-chair").await;
        assert_eq!(shown["credit"]["visibility"], "VISIBLE");
        assert!(shown["credit"]["name"].is_string() && shown["person"]["id"].is_string(), "{shown}");
        let hidden = json!({ "credit": { "visibility": "HIDDEN", "name": null }, "person": null });
        assert_eq!(credit(&public, "guide 2 board-member").await, hidden, "who has not consented");
        let consent = existing("consent", "board-chair PUBLISH_NAME");
        does(&chair, "consentWithdraw", on(&consent, json!({}))).await;
        assert_eq!(credit(&public, "guide 2 board-chair").await, hidden);
        // Even somebody who sees the person on the board does not learn what they did.
        assert_eq!(credit(&world.client("provider-user"), "guide 2 board-chair").await, hidden);
        assert_eq!(credit(&world.client("council-admin"), "guide 2 board-chair").await["credit"]["visibility"], "VISIBLE");
    }
}
