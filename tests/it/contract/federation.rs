//! Where an operator asks for it, a gateway reads our objects by their keys: what it gets is what `nodes` answers to the same
//! viewer, from as many statements.

use harness::{Engine, Template, World, both_databases, id, never};
use roundtable_api::planner::{CATALOGUE, global_id};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::{generous, open_world, selection};

const ENTITIES: &str = "query($given: [_Any!]!) { _entities(representations: $given) { __typename } }";

async fn federated(engine: Engine) -> World {
    let change = |settings: &mut roundtable_api::config::Settings| {
        generous(settings);
        settings.federation.enabled = true;
    };
    World::new(engine, Template::World, change).await
}

/// Ids of a type: every row, and one that has never been there.
async fn ids(world: &World, table: &str, prefix: &str) -> Vec<String> {
    let database = world.connection();
    let sql = format!("SELECT id FROM {table} ORDER BY id LIMIT 90");
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    let rows = rows.iter().map(|row| row.try_get_by_index::<Uuid>(0).unwrap());
    rows.map(|id| global_id::encode(prefix, id))
        .chain([never(prefix)])
        .collect()
}

both_databases! {
    /// To the value, to the statement, for every viewer and type.
    async fn entities_are_what_nodes_are(engine: Engine) {
        let world = federated(engine).await;
        let mut shown = 0;
        for object in CATALOGUE.objects() {
            let name = object.name;
            let ids = ids(&world, object.source.table(), object.prefix).await;
            let selected = format!("{{ __typename ... on {name} {} }}", selection::everything(name, 1, 3));
            let by_id = format!("query($given: [ID!]!) {{ nodes(ids: $given) {selected} }}");
            let by_key = format!("query($given: [_Any!]!) {{ _entities(representations: $given) {selected} }}");
            let keys: Vec<_> = ids.iter().map(|id| json!({ "__typename": name, "id": id })).collect();
            for (viewer, client) in world.clients() {
                let nodes = client.query(&by_id, json!({ "given": ids })).await;
                let entities = client.query(&by_key, json!({ "given": keys })).await;
                assert_eq!(entities.data("/_entities"), nodes.data("/nodes"), "{name} as {viewer}");
                assert_eq!(entities.statements.len(), nodes.statements.len(), "{name} as {viewer}");
                shown += nodes.data("/nodes").as_array().unwrap().iter().filter(|node| !node.is_null()).count();
            }
        }
        assert!(shown > 500, "only {shown} objects were compared");
        world.close().await;
    }

    /// A key of another type names nothing; what is no key is refused, with a word on what would be right.
    async fn a_key_is_a_type_and_an_id(engine: Engine) {
        let world = federated(engine).await;
        let chair = world.client("board-chair");
        let given = json!([{ "__typename": "Organisation", "id": id("board", "team-up") }, { "__typename": "Board", "id": "7" }]);
        let answer = chair.query(ENTITIES, json!({ "given": given })).await;
        assert_eq!(answer.data("/_entities"), &json!([null, null]));
        for (given, says) in [
            (json!([{ "__typename": "Board" }]), "`representations[0]` needs `__typename` and `id`"),
            (json!(["board"]), "`representations[0]` needs `__typename` and `id`"),
            (json!([{ "__typename": "PageInfo", "id": "x" }]), "`representations[0]` names a type that has no key"),
        ] {
            let answer = chair.query(ENTITIES, json!({ "given": given })).await;
            assert_eq!(answer.error_code(), Some("INVALID_ARGUMENT"), "{}", answer.text);
            assert!(answer.text.contains(says), "{}", answer.text);
        }
        world.close().await;
    }

    /// `_service` tells a composer the same as `schema --federation`; a server that nobody asked for it has neither field.
    async fn a_gateway_is_served_only_where_it_is_expected(engine: Engine) {
        let world = federated(engine).await;
        let answer = world.client("anonymous").query("{ _service { sdl } }", Value::Null).await;
        assert_eq!(answer.data("/_service/sdl"), &roundtable_api::graphql::federation_sdl());
        world.close().await;
        let world = open_world(engine).await;
        for query in ["{ _service { sdl } }", "{ _entities(representations: []) { __typename } }"] {
            let answer = world.client("board-chair").query(query, Value::Null).await;
            assert_eq!(answer.error_code(), Some("GRAPHQL_VALIDATION_FAILED"), "{}", answer.text);
        }
        world.close().await;
    }
}
