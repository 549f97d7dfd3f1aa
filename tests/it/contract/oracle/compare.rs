//! The server against the oracle: every row and every edge, for every viewer, in worlds by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use harness::{Client, Engine, Rows, World, both_databases};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use roundtable_api::planner::declare::{FieldKind, FilterTest, ObjectType};
use roundtable_api::planner::{CATALOGUE, global_id};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};

use super::random::{DICE, PEOPLE, SERVICE, skeleton};
use super::search::judge_search;
use super::{Oracle, Seen};
use crate::contract::generous;

/// Where chance begins. A world in which server and oracle differ comes again with the same seed; put a test of its own
/// beside this one when you have found one.
const SEED: [u8; 32] = *b"roundtable: who reads which row.";
/// How many worlds; more with `ROUNDTABLE_ORACLE_CASES`.
const CASES: usize = 4;

both_databases! {
    /// Each viewer gets exactly the rows that the rules give them: by id, in lists, along edges, and in private groups.
    async fn the_server_shows_what_the_rules_say(engine: Engine) {
        let cases = std::env::var("ROUNDTABLE_ORACLE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            TestRng::from_seed(RngAlgorithm::ChaCha, &SEED),
        );
        for case in 0..=cases {
            let mut dice = if case == 0 {
                None
            } else {
                Some(proptest::collection::vec(proptest::num::u8::ANY, DICE).new_tree(&mut runner).unwrap())
            };
            let first = dice.as_ref().map_or_else(|| vec![0; DICE], ValueTree::current);
            let Err(mut difference) = judge(engine, &skeleton(&first)).await else { continue };
            // The smallest world that still differs, within reason.
            if let Some(dice) = &mut dice {
                for _ in 0..40 {
                    if !dice.simplify() {
                        break;
                    }
                    match judge(engine, &skeleton(&dice.current())).await {
                        Err(smaller) => difference = smaller,
                        Ok(()) => drop(dice.complicate()),
                    }
                }
            }
            panic!(
                "world {case}: {difference}\nEither the scope in policy/areas or the oracle in tests/it/contract/oracle reads \
                 the rule wrongly: see domain.md 3 and the table of the area's page."
            );
        }
    }
}

/// Compares everything in a world; says what differs.
async fn judge(engine: Engine, rows: &Rows) -> Result<(), String> {
    let world = World::of(engine, rows, generous).await;
    let mut outcome = Ok(());
    for subject in ["anonymous"].into_iter().chain(PEOPLE).chain([SERVICE]) {
        outcome = judge_account(&world, rows, subject).await;
        if outcome.is_err() {
            break;
        }
    }
    world.close().await;
    outcome
}

async fn judge_account(world: &World, rows: &Rows, subject: &str) -> Result<(), String> {
    let now = world.clock().now();
    let Some(usual) = Seen::of(rows, subject, None, now) else {
        return Ok(());
    };
    let client = world.client(subject);
    judge_viewer(world, &client, rows, &usual)
        .await
        .map_err(|difference| format!("{subject}: {difference}"))?;
    if usual.organisations.len() < 2 {
        return Ok(());
    }
    for acting in &usual.organisations {
        let seen = Seen::of(rows, subject, Some(*acting), now).unwrap();
        let client = client.acting_for_id(&global_id::encode("organisation", *acting));
        judge_viewer(world, &client, rows, &seen)
            .await
            .map_err(|difference| format!("{subject} for {acting}: {difference}"))?;
    }
    Ok(())
}

async fn judge_viewer(world: &World, client: &Client, rows: &Rows, seen: &Seen) -> Result<(), String> {
    let mut rows = rows.clone();
    let now = world.clock().now();
    for object in CATALOGUE.objects() {
        // What was shown of access needs stands in the audit by now.
        if object.name == "AuditEvent" {
            rows.audit_event = world.rows().await.audit_event;
        }
        judge_type(world, client, &Oracle::new(&rows, seen, now), object)
            .await
            .map_err(|difference| format!("{}: {difference}", object.name))?;
    }
    let oracle = Oracle::new(&rows, seen, now);
    judge_search(client, &oracle).await?;
    judge_lists(world, client, &oracle).await
}

/// Ids of a table with the values of one of its id columns.
pub async fn pointers(
    database: &DatabaseConnection,
    table: &str,
    column: &str,
) -> BTreeMap<Uuid, Option<Uuid>> {
    let sql = format!("SELECT id, {column} FROM {table}");
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
        .collect()
}

/// The ids of a table.
pub async fn ids(database: &DatabaseConnection, table: &str) -> Vec<Uuid> {
    pointers(database, table, "id").await.into_keys().collect()
}

pub(super) fn decoded(id: &Value) -> Uuid {
    global_id::decode(id.as_str().unwrap_or_default())
        .map(|(_, id)| id)
        .unwrap_or_default()
}

fn decoded_nodes(connection: &Value) -> BTreeSet<Uuid> {
    connection["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| decoded(&node["id"]))
        .collect()
}

async fn judge_type(
    world: &World,
    client: &Client,
    oracle: &Oracle<'_>,
    object: &ObjectType,
) -> Result<(), String> {
    let mut selection = String::from("id");
    for field in &object.fields {
        let _ = match &field.kind {
            FieldKind::ToOne { .. } => write!(selection, " {} {{ id }}", field.name),
            FieldKind::ToMany(edge) if edge.as_of.is_none() => write!(
                selection,
                " {}(first: 100{}) {{ totalCount nodes {{ id }} }}",
                field.name,
                unsifted(CATALOGUE.object(CATALOGUE.by_name(edge.target)))
            ),
            FieldKind::Group { reader: Some(_), .. } => write!(selection, " {} {{ visibility }}", field.name),
            _ => Ok(()),
        };
    }
    let query = format!(
        "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ {selection} }} }} }}",
        object.name
    );
    let all = ids(world.connection(), object.source.table()).await;
    let mut edges = BTreeMap::new();
    for field in &object.fields {
        let found = match &field.kind {
            FieldKind::ToOne { column, .. } => {
                pointers(world.connection(), object.source.table(), column).await
            }
            // What looks back is proved where it is told how: tests/it/boards.
            FieldKind::ToMany(edge) if edge.as_of.is_none() => {
                let target = CATALOGUE.object(CATALOGUE.by_name(edge.target));
                pointers(world.connection(), target.source.table(), edge.column).await
            }
            _ => continue,
        };
        edges.insert(field.name, found);
    }
    for some in all.chunks(100) {
        let asked: Vec<_> = some
            .iter()
            .map(|id| global_id::encode(object.prefix, *id))
            .collect();
        let answer = client.query(&query, json!({ "ids": asked })).await;
        for (id, node) in some.iter().zip(answer.data("/nodes").as_array().unwrap()) {
            let (shown, should) = (!node.is_null(), oracle.sees(object.name, *id));
            if shown != should {
                return Err(format!(
                    "{id} is {}, and should {}be",
                    word(shown),
                    if should { "" } else { "not " }
                ));
            }
            if shown {
                judge_fields(oracle, object, *id, node, &edges)
                    .map_err(|difference| format!("{id}: {difference}"))?;
            }
        }
    }
    Ok(())
}

const fn word(shown: bool) -> &'static str {
    if shown { "shown" } else { "hidden" }
}

type Edges = BTreeMap<&'static str, BTreeMap<Uuid, Option<Uuid>>>;

fn judge_fields(
    oracle: &Oracle<'_>,
    object: &ObjectType,
    id: Uuid,
    node: &Value,
    edges: &Edges,
) -> Result<(), String> {
    for field in &object.fields {
        let value = &node[field.name];
        match &field.kind {
            FieldKind::ToOne { target, reader, .. } => {
                let may_know =
                    reader.is_none() || oracle.may_read(&format!("{}.{}", object.name, field.name), id);
                let points_to = edges[field.name][&id];
                let should = points_to.filter(|target_id| may_know && oracle.sees(target, *target_id));
                let shown = (!value.is_null()).then(|| decoded(&value["id"]));
                if shown != should {
                    return Err(format!(
                        "`{}` shows {shown:?}, and should show {should:?}",
                        field.name
                    ));
                }
            }
            FieldKind::ToMany(edge) if edge.as_of.is_none() => {
                let children = edges[field.name]
                    .iter()
                    .filter(|(_, parent)| **parent == Some(id));
                let should = oracle.seen(edge.target, children.map(|(child, _)| *child));
                let shown = decoded_nodes(value);
                if shown != should {
                    return Err(format!(
                        "`{}` shows {shown:?}, and should show {should:?}",
                        field.name
                    ));
                }
                if value["totalCount"] != should.len() {
                    return Err(format!(
                        "`{}` counts {}, and shows {}",
                        field.name,
                        value["totalCount"],
                        should.len()
                    ));
                }
            }
            FieldKind::Group {
                reader: Some(_),
                type_name,
                ..
            } => {
                let should = if oracle.may_read(type_name, id) {
                    "VISIBLE"
                } else {
                    "HIDDEN"
                };
                if value["visibility"] != should {
                    return Err(format!(
                        "`{}` is {}, and should be {should}",
                        field.name, value["visibility"]
                    ));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The argument with which a list leaves out nothing that it leaves out of itself.
fn unsifted(object: &ObjectType) -> String {
    let usual = object
        .filters
        .iter()
        .filter(|filter| matches!(filter.test, FilterTest::Unless(_)));
    let named: Vec<String> = usual.map(|filter| format!("{}: true", filter.name)).collect();
    if named.is_empty() {
        return String::new();
    }
    format!(", filter: {{ {} }}", named.join(", "))
}

/// What a list at the root shows, page by page, and what it counts.
async fn whole_list(client: &Client, field: &str, object: &ObjectType) -> (BTreeSet<Uuid>, Value) {
    let all = unsifted(object);
    let query = format!(
        "query($after: String) {{ {field}(first: 100, after: $after{all}) \
         {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut shown, mut after) = (BTreeSet::new(), Value::Null);
    loop {
        let answer = client.query(&query, json!({ "after": after })).await;
        let list = answer.data(&format!("/{field}"));
        shown.extend(decoded_nodes(list));
        if list["pageInfo"]["hasNextPage"] != true {
            return (shown, list["totalCount"].clone());
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}

/// The lists at the root: all of a type that the viewer may read, and as many as they count.
async fn judge_lists(world: &World, client: &Client, oracle: &Oracle<'_>) -> Result<(), String> {
    use crate::contract::selection;
    for field in selection::queries().filter(|field| selection::is_connection(field)) {
        let of = field.ty.inner_named_type().trim_end_matches("Connection");
        let object = CATALOGUE.object(CATALOGUE.by_name(of));
        let should = oracle.seen(of, ids(world.connection(), object.source.table()).await);
        let (shown, count) = whole_list(client, field.name.as_str(), object).await;
        if shown != should || count != should.len() {
            return Err(format!(
                "`{}` shows {shown:?} and counts {count}, and should show {should:?}",
                field.name
            ));
        }
    }
    Ok(())
}
