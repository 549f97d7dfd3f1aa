//! The areas that come with the server.

use entity::id::GeographyId;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use entity::platform::audit_event;
use harness::both_databases;
use roundtable_api::domains::parties::reference::load;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};
use serde_json::json;

use super::ground::Ground;

/// How many there are: 151 councils, 9 regions, 5 council types, England.
const AREAS: usize = 166;

both_databases! {
    /// Every node loads them at its start; they are added once, with one event.
    async fn loading_at_every_start_adds_once_and_is_audited_once(world: World) {
        let now = world.clock().now();
        let store = world.node().app.store().clone();
        let test = Ground::over(world).await;
        let (one, other) = tokio::join!(load(&store, now), load(&store, now));
        let mut added = [one.unwrap(), other.unwrap()];
        added.sort_unstable();
        assert_eq!(added, [0, AREAS]);
        assert_eq!(load(&store, now).await.unwrap(), 0);
        assert_eq!(test.actions().await, ["geography.load"]);
        let loaded = Condition::all().add(audit_event::Column::Action.eq("geography.load"));
        let events = test.rows::<audit_event::Entity>(loaded).await;
        assert_eq!((events[0].actor_user_id, events[0].actor_service_account_id), (None, None));
    }

    /// They are open to everybody, each with the area it lies in where that is known.
    async fn everybody_reads_them(world: World) {
        load(world.node().app.store(), world.clock().now()).await.unwrap();
        let query = "{ geographies(filter: { nameContains: \"camden\" }) { nodes { name gss cassr parent { name parent { gss } } } } }";
        let answer = world.client("anonymous").query(query, json!({})).await;
        let london = json!({ "name": "London", "parent": { "gss": "E92000001" } });
        let camden = json!({ "name": "Camden", "gss": "E09000007", "cassr": "702", "parent": london });
        assert_eq!(answer.data("/geographies/nodes"), &json!([camden]));
    }

    /// An area that is there stays as it is, whoever put it there.
    async fn what_is_there_stays_as_it_is(world: World) {
        let now = world.clock().now();
        let store = world.node().app.store().clone();
        let test = Ground::over(world).await;
        test.insert(geography::ActiveModel {
            id: Set(GeographyId::new()),
            cassr: Set(Some("702".into())),
            name: Set("Camden, renamed".into()),
            level: Set(GeographyLevel::LocalAuthority),
            ..Default::default()
        })
        .await;
        assert_eq!(load(&store, now).await.unwrap(), AREAS - 1);
        let camden = Condition::all().add(geography::Column::Cassr.eq("702"));
        let found = test.rows::<geography::Entity>(camden).await;
        assert_eq!(found[0].name, "Camden, renamed");
    }
}
