//! No answer to anybody holds a text that is hidden from them, whichever way they ask; and what is hidden is answered with
//! the same bytes as what has never existed.
//!
//! The queries come from the contract: every list, every object by id, every edge from there and from there again. The
//! texts are the canaries of the fixed world; the oracle says which of them a viewer may read. The test goes both ways: a
//! canary that should be heard and is not says that the walk has missed a field.

use std::collections::BTreeMap;

use harness::{Client, VIEWERS, World, both_databases, never};
use roundtable_api::planner::declare::{FieldKind, FilterTest, ObjectType};
use roundtable_api::planner::{CATALOGUE, global_id};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::oracle::{Oracle, Seen};
use super::{open_world, oracle, privacy, selection};

/// A text of the world that tells where it comes from.
struct Canary {
    table: String,
    column: String,
    row: Option<Uuid>,
    text: String,
}

/// Every canary of the database, in whatever column of whatever table.
async fn canaries(world: &World) -> Vec<Canary> {
    let mut found = Vec::new();
    let database = world.connection();
    for (table, columns) in privacy::columns(database).await {
        let has_id = columns.iter().any(|column| column == "id");
        for column in &columns {
            let id = if has_id { "id" } else { "NULL" };
            let sql = format!(
                "SELECT CAST({column} AS text), {id} FROM {table} WHERE CAST({column} AS text) LIKE '%canary%'"
            );
            let statement = Statement::from_string(database.get_database_backend(), sql);
            for row in database.query_all_raw(statement).await.unwrap() {
                let value: String = row.try_get_by_index(0).unwrap();
                found.extend(value.match_indices("canary ").map(|(place, _)| {
                    let text = &value[place..];
                    Canary {
                        table: table.clone(),
                        column: column.clone(),
                        row: if has_id {
                            row.try_get_by_index(1).unwrap()
                        } else {
                            None
                        },
                        text: text[..=text.find('.').unwrap()].to_owned(),
                    }
                }));
            }
        }
    }
    assert!(found.len() > 200, "the world has lost its canaries");
    found
}

impl Canary {
    /// Whether the viewer may read it: the row, the group the column stands in, or neither when no field shows it.
    fn is_readable(&self, oracle: &Oracle<'_>) -> bool {
        let Some(object) = CATALOGUE
            .objects()
            .iter()
            .find(|object| object.source.table() == self.table)
        else {
            return false;
        };
        let Some(row) = self.row else { return false };
        let shows = |field: &&roundtable_api::planner::declare::Field| match &field.kind {
            FieldKind::Column(column) => column.column == self.column,
            FieldKind::Group { fields, .. } => fields.iter().any(
                |field| matches!(&field.kind, FieldKind::Column(column) if column.column == self.column),
            ),
            _ => false,
        };
        let Some(field) = object.fields.iter().find(shows) else {
            return false;
        };
        oracle.sees(object.name, row)
            && match &field.kind {
                FieldKind::Group {
                    type_name,
                    reader: Some(_),
                    ..
                } => oracle.may_read(type_name, row),
                _ => true,
            }
    }
}

/// Asks everything there is to ask, and gives back all that was answered.
async fn walk(world: &World, client: &Client) -> String {
    let mut heard = String::new();
    let mut ask = Vec::new();
    let mut every_id: Vec<String> = Vec::new();
    for object in CATALOGUE.objects() {
        let ids = global_ids(world, object).await;
        for some in ids.chunks(100) {
            let everything = selection::everything(object.name, 2, 20);
            let query = format!(
                "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {everything} }} }}",
                object.name
            );
            ask.push((query, json!({ "ids": some })));
        }
        every_id.extend(ids);
    }
    for field in selection::queries() {
        let target = field.ty.inner_named_type().as_str();
        match selection::required(field).as_slice() {
            [] if selection::is_connection(field) => {
                ask.push((
                    format!("{{ {}{} }}", field.name, selection::connection(target, 1, 100)),
                    Value::Null,
                ));
            }
            [] => ask.push((
                format!("{{ {} {} }}", field.name, selection::everything(target, 2, 20)),
                Value::Null,
            )),
            // One object by id, for objects of its type and of every other.
            ["id"] if selection::is_node(target) => {
                let object = CATALOGUE.object(CATALOGUE.by_name(target));
                for some in global_ids(world, object).await.chunks(50) {
                    let everything = selection::everything(target, 0, 1);
                    let aliases = some.iter().enumerate();
                    let fields =
                        aliases.map(|(n, id)| format!("a{n}: {}(id: \"{id}\") {everything} ", field.name));
                    ask.push((format!("{{ {} }}", fields.collect::<String>()), Value::Null));
                }
            }
            ["query"] => ask.push((
                format!("{{ {}(query: \"canary\", first: 100) {{ totalCount edges {{ title {{ text }} snippet {{ text }} }} }} }}", field.name),
                Value::Null,
            )),
            ["from", "to"] => {
                // Each version with itself: both sides are read in the same way.
                let object = CATALOGUE.object(CATALOGUE.by_name("ResourceVersion"));
                for some in global_ids(world, object).await.chunks(5) {
                    let aliases = some.iter().enumerate();
                    let fields = aliases.map(|(n, id)| {
                        format!("a{n}: {}(from: \"{id}\", to: \"{id}\") {{ body {{ text }} }} ", field.name)
                    });
                    ask.push((format!("{{ {} }}", fields.collect::<String>()), Value::Null));
                }
            }
            _ => {}
        }
    }
    for (query, variables) in ask {
        let answer = client.query(&query, variables).await;
        assert!(answer.json["errors"].is_null(), "{query}\n{}", answer.text);
        heard.push_str(&answer.text);
        heard.push('\n');
    }
    heard
}

async fn global_ids(world: &World, object: &ObjectType) -> Vec<String> {
    let ids = oracle::ids(world.connection(), object.source.table()).await;
    ids.into_iter()
        .map(|id| global_id::encode(object.prefix, id))
        .collect()
}

/// What some viewers may not read is in none of the answers to everything they can ask; what they may read is in some.
pub(super) async fn hear_what_they_may(world: &World, viewers: &[&str]) {
    let (rows, canaries, now) = (world.rows().await, canaries(world).await, world.clock().now());
    for name in viewers {
        let viewer = Seen::of(&rows, name, None, now).unwrap();
        let oracle = Oracle::new(&rows, &viewer, now);
        let heard = walk(world, &world.client(name)).await;
        let (mut leaked, mut missed) = (Vec::new(), Vec::new());
        for canary in &canaries {
            match (canary.is_readable(&oracle), heard.contains(&canary.text)) {
                (false, true) => leaked.push(format!("{}.{}: {}", canary.table, canary.column, canary.text)),
                (true, false) => missed.push(format!("{}.{}: {}", canary.table, canary.column, canary.text)),
                _ => {}
            }
        }
        assert!(
            leaked.is_empty(),
            "{name} hears what is hidden from them:\n{}",
            leaked.join("\n")
        );
        assert!(
            missed.is_empty(),
            "{name} should hear, and does not:\n{}",
            missed.join("\n")
        );
    }
}

/// To some viewers, a hidden object is answered with the bytes of one that has never existed, wherever its id is sent.
pub(super) async fn cannot_tell_hidden_from_absent(world: &World, viewers: &[&str]) {
    let (rows, now) = (world.rows().await, world.clock().now());
    for name in viewers {
        let viewer = Seen::of(&rows, name, None, now).unwrap();
        let oracle = Oracle::new(&rows, &viewer, now);
        for object in CATALOGUE.objects() {
            let ids = oracle::ids(world.connection(), object.source.table()).await;
            let hidden = ids.into_iter().filter(|id| !oracle.sees(object.name, *id));
            let hidden: Vec<_> = hidden.map(|id| global_id::encode(object.prefix, id)).collect();
            same_as_absent(&world.client(name), name, object, &hidden).await;
        }
    }
}

both_databases! {
    /// In the fixed world, for everybody.
    async fn nobody_hears_what_is_hidden_from_them(engine: Engine) {
        hear_what_they_may(&open_world(engine).await, VIEWERS).await;
    }

    /// The same.
    async fn hidden_equals_absent(engine: Engine) {
        cannot_tell_hidden_from_absent(&open_world(engine).await, VIEWERS).await;
    }

    /// Sifting a list by something hidden gives what sifting by nothing gives: otherwise the list would tell of the tie.
    async fn hidden_objects_sift_like_absent_ones(engine: Engine) {
        let world = open_world(engine).await;
        let (rows, now) = (world.rows().await, world.clock().now());
        let mut told = Vec::new();
        for (name, client) in world.clients() {
            let viewer = Seen::of(&rows, name, None, now).unwrap();
            let oracle = Oracle::new(&rows, &viewer, now);
            for field in selection::queries().filter(|field| selection::is_connection(field)) {
                let of = field.ty.inner_named_type().trim_end_matches("Connection");
                let object = CATALOGUE.object(CATALOGUE.by_name(of));
                for filter in &object.filters {
                    let FilterTest::Is(_, prefix) = filter.test else { continue };
                    let target = CATALOGUE.object(CATALOGUE.by_prefix(prefix).unwrap());
                    let ids = oracle::ids(world.connection(), target.source.table()).await;
                    for id in ids.into_iter().filter(|id| !oracle.sees(target.name, *id)) {
                        let query = format!(
                            "query($of: ID) {{ {}(filter: {{ {}: $of }}) {{ totalCount }} }}",
                            field.name, filter.name
                        );
                        let hidden = client.query(&query, json!({ "of": global_id::encode(prefix, id) })).await;
                        let absent = client.query(&query, json!({ "of": never(prefix) })).await;
                        if hidden.text != absent.text {
                            told.push(format!("{name}: {}(filter: {{ {}: {} {id} }})", field.name, filter.name, target.name));
                        }
                    }
                }
            }
        }
        assert!(
            told.is_empty(),
            "lists tell which of their rows belong to something hidden. A filter by id must ask for the row it names to be \
             visible, too (planner/statement.rs):\n{}",
            told.join("\n")
        );
    }
}

async fn same_as_absent(client: &Client, name: &str, object: &ObjectType, hidden: &[String]) {
    if hidden.is_empty() {
        return;
    }
    for some in hidden.chunks(100) {
        let absent = vec![never(object.prefix); some.len()];
        let query = format!(
            "query($ids: [ID!]!) {{ nodes(ids: $ids) {} }}",
            "{ __typename id }"
        );
        let (hidden, absent) = (
            client.query(&query, json!({ "ids": some })).await,
            client.query(&query, json!({ "ids": absent })).await,
        );
        assert_eq!(
            hidden.text, absent.text,
            "{name} can tell hidden {}s from absent ones",
            object.name
        );
    }
    let mut roots = BTreeMap::from([("node", "{ __typename id }".to_owned())]);
    for field in selection::queries().filter(|field| field.ty.inner_named_type() == object.name) {
        roots.insert(field.name.as_str(), selection::everything(object.name, 0, 1));
    }
    for (root, selected) in roots {
        let query = format!("query($id: ID!) {{ {root}(id: $id) {selected} }}");
        let (hidden, absent) = (
            client.query(&query, json!({ "id": hidden[0] })).await,
            client.query(&query, json!({ "id": never(object.prefix) })).await,
        );
        assert_eq!(
            hidden.text, absent.text,
            "{name} can tell by `{root}` a hidden {} from an absent one",
            object.name
        );
    }
}
