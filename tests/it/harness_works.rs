//! The ground that the other tests stand on.

use harness::{NOW, Rows, VIEWERS, both_databases, id, never};
use roundtable_api::demo;
use serde_json::{Value, json};

const BOARD: &str = "query($id: ID!) { board(id: $id) { name } }";

/// Viewers of the demonstration's stories, and the viewer of the world who stands as they do.
const STAND_ALIKE: [(&str, &str); 3] = [
    ("norfolk-member", "board-member"),
    ("nottingham-admin", "council-admin"),
    ("manor-editor", "board-member"),
];
/// Not in the world yet. What commissioners read is tried by `outcomes::wall`, and by chance in `contract::oracle`.
const OWED: [&str; 1] = ["commissioner"];

#[test]
fn every_viewer_of_the_demonstration_is_in_the_world() {
    for viewer in demo::VIEWERS {
        let alike = STAND_ALIKE.iter().find(|(name, _)| *name == viewer.name);
        let name = alike.map_or(viewer.name, |(_, alike)| *alike);
        assert!(
            VIEWERS.contains(&name) || OWED.contains(&name),
            "add `{}` to tests/harness/world/mod.rs and its rows to people.rs",
            viewer.name
        );
    }
}

both_databases! {
    /// A request goes through the front door with a token of the local issuer, and its reads are counted.
    async fn a_viewer_reads_through_the_front_door(world: World) {
        let quiet = json!({ "id": id("board", "quiet") });
        let chair = world.client("user-led-admin").query(BOARD, quiet.clone()).await;
        assert_eq!(chair.data("/board/name"), "canary board quiet name.");
        assert_eq!(chair.statements.len(), 1, "{:?}", chair.statements);
        let stranger = world.client("stranger").query(BOARD, quiet).await;
        assert_eq!(stranger.data("/board"), &Value::Null);
        let nothing = world.client("stranger").query(BOARD, json!({ "id": never("board") })).await;
        assert_eq!(stranger.text, nothing.text);
    }

    /// Every viewer is who the world says.
    async fn every_viewer_signs_in(world: World) {
        for (name, client) in world.clients() {
            let answer = client.query("{ viewer { isSignedIn } }", Value::Null).await;
            assert_eq!(answer.data("/viewer/isSignedIn"), &Value::from(name != "anonymous"), "{name}");
        }
        let gone = world.client("gone").query("{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(gone.error_code(), Some("UNAUTHENTICATED"), "{}", gone.text);
    }

    /// Tests move the time, and the server follows.
    async fn the_clock_is_the_tests(world: World) {
        assert_eq!(world.clock().now().to_rfc3339(), NOW.replace('Z', "+00:00"));
        world.clock().advance_days(400);
        let answer = world.client("service-account").query("{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(answer.error_code(), Some("UNAUTHENTICATED"), "the account has expired: {}", answer.text);
        let answer = world.client("board-chair").query("{ viewer { isSignedIn } }", Value::Null).await;
        assert_eq!(answer.data("/viewer/isSignedIn"), true);
    }

    /// Every table of the database is among the harness's rows, and comes back as it went.
    async fn every_table_is_known(world: World) {
        let rows = world.rows().await;
        let expected = harness::world::rows();
        assert_eq!(rows.board_membership.len(), expected.board_membership.len());
        assert_eq!(rows.audit_event.len(), expected.audit_event.len());
        let mut known = Rows::tables();
        known.sort_unstable();
        assert_eq!(known, harness::tables(world.connection()).await, "add new tables to tests/harness/rows.rs");
    }
}
