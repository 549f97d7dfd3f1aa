//! Who may read and do what, as one table: generated from the contract, so that what is new appears by itself.
//!
//! The table is `snapshots/matrix.md`. When it changes, read the difference as an auditor would: every line that opens
//! more than before is a decision. `ROUNDTABLE_UPDATE=1 cargo test -p roundtable-tests matrix` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use harness::{Answer, Client, Engine, Template, VIEWERS, World, both_databases};
use roundtable_api::planner::declare::{FieldKind, ObjectType};
use roundtable_api::planner::{CATALOGUE, global_id};
use serde_json::{Value, json};

use super::{mutations, open_world, oracle, selection};

const HEADING: &str = "# Who may read and do what in the fixed world of the tests

Rows of a type: how many the viewer reads, of how many there are. A private group: of how many of those they read the
fields. A list: how many it counts. A mutation: what a well-formed attempt is answered.
";

type Table = BTreeMap<String, Vec<String>>;

/// For each type, and each private group of it, how many rows a viewer reads.
async fn types(world: &World, client: &Client, table: &mut Table) {
    for object in CATALOGUE.objects() {
        let groups: Vec<_> = object
            .fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Group { reader: Some(_), .. }))
            .map(|field| field.name)
            .collect();
        let (all, nodes) = read(world, client, object, &groups).await;
        push(table, format!("{} (of {all})", object.name), nodes.len());
        for group in groups {
            let visible = nodes
                .iter()
                .filter(|node| node[group]["visibility"] == "VISIBLE")
                .count();
            push(table, format!("{}.{group}", object.name), visible);
        }
    }
}

async fn read(world: &World, client: &Client, object: &ObjectType, groups: &[&str]) -> (usize, Vec<Value>) {
    let ids = oracle::ids(world.connection(), object.source.table()).await;
    let selected: String = groups
        .iter()
        .map(|group| format!(" {group} {{ visibility }}"))
        .collect();
    let query = format!(
        "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ id{selected} }} }} }}",
        object.name
    );
    let mut nodes = Vec::new();
    for some in ids.chunks(100) {
        let some: Vec<_> = some
            .iter()
            .map(|id| global_id::encode(object.prefix, *id))
            .collect();
        let answer = client.query(&query, json!({ "ids": some })).await;
        nodes.extend(
            answer
                .data("/nodes")
                .as_array()
                .unwrap()
                .iter()
                .filter(|node| !node.is_null())
                .cloned(),
        );
    }
    (ids.len(), nodes)
}

/// How many rows each list at the root counts.
async fn lists(client: &Client, table: &mut Table) {
    for field in selection::queries().filter(|field| selection::is_connection(field)) {
        let answer = client
            .query(&format!("{{ {} {{ totalCount }} }}", field.name), Value::Null)
            .await;
        push(
            table,
            field.name.to_string(),
            answer.data(&format!("/{}/totalCount", field.name)),
        );
    }
}

fn push(table: &mut Table, row: String, cell: impl ToString) {
    let cell = cell.to_string();
    table
        .entry(row)
        .or_default()
        .push(if cell == "0" { "–".to_owned() } else { cell });
}

/// What a well-formed attempt is answered.
fn verdict(mutation: &str, answer: &Answer) -> String {
    if let Some(code) = answer.error_code() {
        return code.to_owned();
    }
    match answer.user_errors(mutation).first() {
        None => "**yes**".to_owned(),
        Some(error) => error.split(' ').next().unwrap_or_default().to_owned(),
    }
}

/// Each viewer tries each mutation; a world in which something was done is not used again.
async fn attempts(engine: Engine, table: &mut Table) {
    for (number, case) in mutations::cases().into_iter().enumerate() {
        let before = mutations::cases().into_iter().take(number);
        let before = before.filter(|other| other.mutation == case.mutation).count();
        // A mutation that can be sent in different ways has a row for each.
        let row = match before {
            0 => case.mutation.to_owned(),
            before => format!("{} ({})", case.mutation, before + 1),
        };
        let mut world: Option<World> = None;
        for viewer in VIEWERS {
            let here = match world.take() {
                Some(world) => world,
                None => {
                    let world = World::new(engine, Template::World, |_| ()).await;
                    case.arrange(&world).await;
                    world
                }
            };
            let answer = here
                .client(viewer)
                .query(&case.document(), case.variables())
                .await;
            let verdict = verdict(case.mutation, &answer);
            if verdict == "**yes**" {
                here.close().await;
            } else {
                world = Some(here);
            }
            push(table, row.clone(), verdict);
        }
        if let Some(world) = world {
            world.close().await;
        }
    }
}

fn write(text: &mut String, title: &str, table: &Table) {
    let _ = write!(text, "\n## {title}\n\n| | {} |\n|---|", VIEWERS.join(" | "));
    let _ = writeln!(text, "{}", "---|".repeat(VIEWERS.len()));
    for (row, cells) in table {
        let _ = writeln!(text, "| {row} | {} |", cells.join(" | "));
    }
}

both_databases! {
    /// The table is as it was when somebody last read it.
    async fn the_table_is_as_it_was_agreed(engine: Engine) {
        let world = open_world(engine).await;
        let (mut of_types, mut of_lists, mut of_mutations) = (Table::new(), Table::new(), Table::new());
        for (_, client) in world.clients() {
            types(&world, &client, &mut of_types).await;
            lists(&client, &mut of_lists).await;
        }
        attempts(engine, &mut of_mutations).await;
        let mut text = HEADING.to_owned();
        write(&mut text, "Types", &of_types);
        write(&mut text, "Lists", &of_lists);
        write(&mut text, "Mutations", &of_mutations);
        world.close().await;
        compare(&text);
    }
}

fn compare(text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/contract/snapshots/matrix.md");
    if std::env::var_os("ROUNDTABLE_UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<_> = text
        .lines()
        .filter(|line| !agreed.lines().any(|agreed| agreed == *line))
        .map(|line| format!("+ {line}"))
        .chain(
            agreed
                .lines()
                .filter(|line| !text.lines().any(|now| now == *line))
                .map(|line| format!("- {line}")),
        )
        .collect();
    assert!(
        text == agreed,
        "who may do what has changed. Read each line as an auditor would; when it is meant, write the table anew with\n  \
         ROUNDTABLE_UPDATE=1 cargo test -p roundtable-tests matrix\n{}",
        changed.join("\n")
    );
}
