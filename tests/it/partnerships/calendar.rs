//! What the server does by itself when a day comes.

use harness::{World, both_databases, id};
use roundtable_api::domains::partnerships::expiry::{expire_agreements, keep_agreements};
use roundtable_api::jobs::{JobSettings, Jobs};
use sea_orm::DbBackend;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::agreement::{draft, drafted, signs};
use super::does;

async fn status(world: &World, agreement: Value) -> Value {
    let query = "query($id: ID!) { dataSharingAgreement(id: $id) { status } }";
    let answer = world
        .client("platform-admin")
        .query(query, json!({ "id": agreement }))
        .await;
    answer.data("/dataSharingAgreement/status").clone()
}

both_databases! {
    async fn an_agreement_expires_on_its_day_and_the_server_says_so(world: World) {
        let store = world.node().app.store();
        let before = world.rows().await.audit_event.len();
        assert_eq!(expire_agreements(store, world.clock().now()).await.unwrap(), 0);
        world.clock().advance_days(304);
        assert_eq!(world.clock().today().to_string(), "2026-12-31");
        assert_eq!(expire_agreements(store, world.clock().now()).await.unwrap(), 2);
        assert_eq!(status(&world, id("data_sharing_agreement", "ashdown-boards").into()).await, "EXPIRED");
        assert_eq!(expire_agreements(store, world.clock().now()).await.unwrap(), 0);
        let events = world.rows().await.audit_event.split_off(before);
        assert_eq!(events.len(), 2, "{events:?}");
        for event in events {
            assert_eq!((event.action.as_str(), event.actor_user_id), ("data_sharing_agreement.expire", None));
            assert_eq!(event.request_id, "job:agreements");
        }
    }

    /// Signed by all before its first day, an agreement begins on that day.
    async fn a_complete_agreement_begins_on_its_first_day(world: World) {
        let store = world.node().app.store();
        let mut terms = draft(&["ashdown-council", "cedar-voices"]);
        terms["startsOn"] = "2026-03-04".into();
        let agreement = drafted(&world, terms).await;
        does(&world.client("council-admin"), "partnershipAgreementSign", signs(&agreement, "ashdown-council")).await;
        world.clock().advance_days(1);
        let signed = does(&world.client("user-led-admin"), "partnershipAgreementSign", signs(&agreement, "cedar-voices")).await;
        assert_eq!(signed["status"], "DRAFT");
        assert_eq!(keep_agreements(store, world.clock().now()).await.unwrap(), 0);
        world.clock().advance_days(1);
        assert_eq!(keep_agreements(store, world.clock().now()).await.unwrap(), 1);
        assert_eq!(status(&world, agreement).await, "ACTIVE");
        assert_eq!(status(&world, id("data_sharing_agreement", "ashdown-draft").into()).await, "DRAFT", "not all have signed it");
    }

    /// The jobs look at once when a node starts, and are brought to their end when it stops.
    async fn a_node_that_starts_makes_good_what_fell_due(world: World) {
        world.clock().advance_days(365);
        let stop = CancellationToken::new();
        let jobs = Jobs::start(&world.node().app, &JobSettings::default(), &stop);
        stop.cancel();
        jobs.ended().await;
        assert_eq!(status(&world, id("data_sharing_agreement", "ashdown-boards").into()).await, "EXPIRED");
    }

    /// Work of one name is done by one node at a time; SQLite has one node only.
    async fn one_node_at_a_time_does_a_job(world: World) {
        let store = world.node().app.store();
        let meanwhile = async || {
            let same = store.alone("work", async { "done" }).await.unwrap();
            (same, store.alone("other work", async { "done" }).await.unwrap())
        };
        let (same, other) = store.alone("work", meanwhile()).await.unwrap().unwrap();
        assert_eq!(same.is_none(), store.backend() == DbBackend::Postgres);
        assert_eq!(other, Some("done"));
        assert_eq!(store.alone("work", async { "done" }).await.unwrap(), Some("done"), "the lock is given back");
    }
}
