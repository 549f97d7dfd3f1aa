//! On PostgreSQL the levels of a page are asked for by one statement. It presumes of the rows above what was found of them before: an
//! answer must not depend on what was asked before it.

use harness::{Client, Engine, World, both_databases, id};
use roundtable_api::planner::declare::{FieldKind, ObjectType};
use roundtable_api::planner::{CATALOGUE, global_id};
use serde_json::{Value, json};

use super::{open_world, oracle};

/// Viewers of different standing.
const SOME_VIEWERS: [&str; 3] = ["board-chair", "council-admin", "visitor"];
/// More often than it takes the server to presume something.
const OFTEN: usize = 9;
/// So many objects of a type are looked at.
const OBJECTS: usize = 6;

/// Every list below an object of a type, with the lists below those counted.
fn lists(object: &ObjectType) -> String {
    lists_of(object, |target| {
        let below = lists_of(target, |_| "totalCount".to_owned());
        format!("totalCount nodes {{ id {below} }} pageInfo {{ hasNextPage }}")
    })
}

fn lists_of(object: &ObjectType, selected: impl Fn(&ObjectType) -> String) -> String {
    let lists = object.fields.iter().filter_map(|field| match &field.kind {
        FieldKind::ToMany(edge) => {
            let target = CATALOGUE
                .objects()
                .iter()
                .find(|object| object.name == edge.target)?;
            Some(format!("{}(first: 2) {{ {} }} ", field.name, selected(target)))
        }
        _ => None,
    });
    lists.collect()
}

/// What a client is answered about some objects by a document of this name.
async fn asked(
    client: &Client,
    document: &str,
    (object, selected): (&ObjectType, &str),
    ids: &[String],
) -> Vec<Value> {
    let query = format!(
        "query {document}($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ id {selected} }} }} }}",
        object.name
    );
    let answer = client.query(&query, json!({ "ids": ids })).await;
    assert!(answer.json["errors"].is_null(), "{}", answer.text);
    answer.data("/nodes").as_array().unwrap().clone()
}

both_databases! {
    /// After the server has often found the same of one object, another of which something else is true is answered as by a server
    /// that has found nothing yet.
    async fn an_answer_does_not_depend_on_those_before_it(engine: Engine) {
        if engine == Engine::Sqlite {
            // There nothing is asked together, and nothing presumed.
            return;
        }
        let world = open_world(engine).await;
        let mut compared = 0;
        for object in CATALOGUE.objects() {
            let selected = lists(object);
            if selected.is_empty() {
                continue;
            }
            let ids = oracle::ids(world.connection(), object.source.table()).await;
            let ids: Vec<String> = ids.iter().map(|id| global_id::encode(object.prefix, *id)).collect();
            for viewer in SOME_VIEWERS {
                let client = world.client(viewer);
                let mut expected = asked(&client, "Unlearnt", (object, &selected), &ids).await;
                expected.retain(|node| node["id"].is_string());
                expected.sort_by_key(|node| node.to_string().len());
                let (few, many) = expected.split_at(expected.len() / 2);
                for (document, often, others) in [("LearntOfFew", few, many), ("LearntOfMany", many, few)] {
                    let Some(often) = often.last() else { continue };
                    let others = others.iter().rev().take(OBJECTS);
                    for expected in std::iter::repeat_n(often, OFTEN).chain(others) {
                        let ids = [expected["id"].as_str().unwrap().to_owned()];
                        let learnt = asked(&client, document, (object, &selected), &ids).await;
                        assert_eq!(&learnt[0], expected, "{viewer}, {document}");
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 500, "only {compared} answers were compared");
        world.close().await;
    }

    /// A page of three levels, the third time it is asked for.
    async fn a_page_is_one_statement_on_postgresql(engine: Engine) {
        let query = "query($id: ID!) { board(id: $id) { name memberships(first: 5) { totalCount nodes { stage \
            person { displayName affiliations(first: 3) { nodes { kind } } } } } seats(first: 5) { nodes { label } } } }";
        let world = World::new(engine, harness::Template::World, |_| ()).await;
        let client = world.client("board-chair");
        let mut statements = Vec::new();
        for _ in 0..3 {
            let answer = client.query(query, json!({ "id": id("board", "team-up") })).await;
            assert!(!answer.data("/board/memberships/nodes").as_array().unwrap().is_empty(), "{}", answer.text);
            statements = answer.statements;
        }
        let expected = if engine == Engine::Postgres { 1 } else { 5 };
        assert_eq!(statements.len(), expected, "{}", statements.join("\n"));
        world.close().await;
    }

    /// Whether there is more is found by reading one row more, and what stands below that one is read with it: it is shown to nobody,
    /// so nobody is said to have seen it.
    async fn what_is_below_the_row_beyond_a_page_was_not_shown(world: World) {
        let query = "query($id: ID!, $after: String) { board(id: $id) { memberships(first: 1, after: $after) { \
            nodes { person { id accessNeeds { nodes { id } } } } pageInfo { hasNextPage endCursor } } } }";
        let chair = world.client("board-chair");
        let mut after = Value::Null;
        let mut shown = Vec::new();
        loop {
            let answer = chair.query(query, json!({ "id": id("board", "team-up"), "after": after })).await;
            let page = answer.data("/board/memberships").clone();
            for node in page["nodes"].as_array().unwrap() {
                if node["person"]["id"] != id("person", "board-chair") {
                    shown.extend(node["person"]["accessNeeds"]["nodes"].as_array().unwrap().iter().map(|need| need["id"].clone()));
                }
            }
            let entries = world.rows().await.audit_event;
            let read = entries.iter().filter(|entry| entry.action == "special_category.read").count();
            assert_eq!(read, shown.len(), "after {after}: {}", answer.text);
            if page["pageInfo"]["hasNextPage"] != true {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert!(!shown.is_empty(), "the chair is shown the needs of a member who agreed to it");
    }
}
