//! Papers that are versions of resources: who reads what of them, and when they are there (`domain.md` 2.2 and 2.6).

use chrono::TimeDelta;
use entity::resources::{rendition, resource_version};
use harness::{Client, both_databases, id, uuid};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::{does, refused, titles};

fn pinned(version: &str) -> Value {
    json!({
        "agendaItemId": id("agenda_item", "team-up next second"),
        "title": version,
        "resourceVersionId": id("resource_version", version),
    })
}

async fn late(client: &Client) -> Vec<String> {
    let query = format!(
        "{{ papers(filter: {{ isLate: true, meeting: \"{}\" }}) {{ nodes {{ title }} }} }}",
        id("meeting", "team-up next")
    );
    let found = titles(client, &query, "/papers").await;
    found
        .into_iter()
        .filter(|title| !title.starts_with("canary"))
        .collect()
}

both_databases! {
    /// The paper is read with the item, the version by whoever may read it anyway.
    async fn a_version_is_read_by_whoever_may_read_it(world: World) {
        let chair = world.client("board-chair");
        let draft = does(&chair, "paperAdd", pinned("guide 3")).await;
        assert_eq!(draft["resourceVersion"]["id"], id("resource_version", "guide 3"));
        assert_eq!((&draft["format"], &draft["mediaType"]), (&json!("STANDARD"), &Value::Null));
        let published = does(&chair, "paperAdd", pinned("guide 2")).await;
        let query = "query($id: ID!) { paper(id: $id) { title resourceVersion { title renditions { nodes { format } } } } }";
        for (viewer, reads_draft) in [
            ("board-chair", true), ("council-admin", true), ("visitor", true), ("board-member", false), ("anonymous", false),
        ] {
            let client = world.client(viewer);
            let seen = client.query(query, json!({ "id": draft["id"] })).await;
            assert_eq!(seen.data("/paper/title"), "guide 3", "{viewer}");
            assert_eq!(!seen.data("/paper/resourceVersion").is_null(), reads_draft, "{viewer}");
            assert_eq!(seen.text.contains("canary resource_version guide 3"), reads_draft, "{viewer}");
            let seen = client.query(query, json!({ "id": published["id"] })).await;
            assert_eq!(seen.data("/paper/resourceVersion/title"), "canary resource_version guide 2 title.", "{viewer}");
        }
        // What somebody cannot read they cannot pin, and what was withdrawn is no paper.
        assert_eq!(refused(&chair, "paperAdd", pinned("fernley-draft 1")).await, ["NOT_FOUND at input.resourceVersionId"]);
        assert_eq!(refused(&chair, "paperAdd", pinned("recalled 1")).await, ["INACTIVE at input.resourceVersionId"]);
    }

    /// A version is there in time when an accessible rendition of it was checked by then, and is not stale.
    async fn a_version_is_late_without_a_checked_rendition(world: World) {
        let chair = world.client("board-chair");
        for version in ["guide 2", "policy 1", "toolkit 1"] {
            // The chair runs the board that asked for these; the toolkit is nobody's on the board.
            let mutation = if version == "toolkit 1" { "council-admin" } else { "board-chair" };
            does(&world.client(mutation), "paperAdd", pinned(version)).await;
        }
        let stale = rendition::ActiveModel {
            id: Set(uuid("rendition", "policy 1 EASY_READ en").into()),
            checked_content_revision: Set(Some(1)),
            ..Default::default()
        };
        stale.update(world.connection()).await.unwrap();
        assert_eq!(late(&chair).await, [""; 0], "they are not due yet");
        world.clock().advance_days(8);
        let council = world.client("council-admin");
        assert_eq!(late(&council).await, ["policy 1"], "its rendition is stale");
        // Who may not read a rendition does not learn from the paper that there is one.
        assert_eq!(late(&world.client("anonymous")).await.len(), 2, "the policy, and the toolkit that is not public");

        // Checked again, but after the day.
        let again = rendition::ActiveModel {
            id: Set(uuid("rendition", "policy 1 EASY_READ en").into()),
            checked_content_revision: Set(Some(2)),
            checked_at: Set(Some(world.clock().now())),
            ..Default::default()
        };
        again.update(world.connection()).await.unwrap();
        assert_eq!(late(&council).await, ["policy 1"], "too late is late");
        let in_time: DateTimeUtc = world.clock().now() - TimeDelta::days(7);
        let before = rendition::ActiveModel {
            id: Set(uuid("rendition", "policy 1 EASY_READ en").into()),
            checked_at: Set(Some(in_time)),
            ..Default::default()
        };
        before.update(world.connection()).await.unwrap();
        assert_eq!(late(&council).await, [""; 0]);
        // The text changes: what was checked counts no more.
        let changed = resource_version::ActiveModel {
            id: Set(uuid("resource_version", "guide 2").into()),
            content_revision: Set(3),
            ..Default::default()
        };
        changed.update(world.connection()).await.unwrap();
        assert_eq!(late(&council).await, ["guide 2"]);
    }
}
