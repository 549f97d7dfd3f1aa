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

/// Every list below an object of a type, with the lists below those.
fn lists(object: &ObjectType) -> String {
    lists_of(object, |target| {
        let below = lists_of(target, |_| "totalCount nodes { id }".to_owned());
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

/// What a client is answered about some objects by a document of this name, and by how many statements.
async fn asked(
    client: &Client,
    document: &str,
    (object, selected): (&ObjectType, &str),
    ids: &[String],
) -> (Vec<Value>, usize) {
    let query = format!(
        "query {document}($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ id {selected} }} }} }}",
        object.name
    );
    let answer = client.query(&query, json!({ "ids": ids })).await;
    assert!(answer.json["errors"].is_null(), "{}", answer.text);
    let nodes = answer.data("/nodes").as_array().unwrap().clone();
    (nodes, answer.statements.len())
}

both_databases! {
    /// After the server has often found the same of one object, another of which something else is true is answered as by a server
    /// that has found nothing yet.
    async fn an_answer_does_not_depend_on_those_before_it(engine: Engine) {
        let world = open_world(engine).await;
        let (mut compared, mut at_once, mut asked_again) = (0, 0, 0);
        for object in CATALOGUE.objects() {
            let selected = lists(object);
            if selected.is_empty() {
                continue;
            }
            let ids = oracle::ids(world.connection(), object.source.table()).await;
            let ids: Vec<String> = ids.iter().map(|id| global_id::encode(object.prefix, *id)).collect();
            for viewer in SOME_VIEWERS {
                let client = world.client(viewer);
                // A document of each viewer's own: what is found for one is presumed for all of whom the same is known.
                let name = viewer.replace('-', "");
                let (mut expected, _) = asked(&client, &format!("Unlearnt{name}"), (object, &selected), &ids).await;
                expected.retain(|node| node["id"].is_string());
                expected.sort_by_key(|node| node.to_string().len());
                let (few, many) = expected.split_at(expected.len() / 2);
                for (document, often, others) in [("LearntOfFew", few, many), ("LearntOfMany", many, few)] {
                    let Some(often) = often.last() else { continue };
                    let others = others.iter().rev().take(OBJECTS);
                    let document = format!("{document}{name}");
                    let mut usual = 0;
                    for (place, expected) in std::iter::repeat_n(often, OFTEN).chain(others).enumerate() {
                        let ids = [expected["id"].as_str().unwrap().to_owned()];
                        let (learnt, statements) = asked(&client, &document, (object, &selected), &ids).await;
                        assert_eq!(&learnt[0], expected, "{viewer}, {document}");
                        compared += 1;
                        at_once += usize::from(statements == 1);
                        if place < OFTEN {
                            usual = statements;
                        }
                        asked_again += usize::from(statements > usual);
                    }
                }
            }
        }
        assert!(compared > 500, "only {compared} answers were compared");
        if engine == Engine::Postgres {
            assert!(at_once > compared / 2, "only {at_once} of {compared} were read by one statement");
            assert!(asked_again > 10, "only {asked_again} were presumed wrongly: the test looks at nothing");
        }
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
        let (mut shown, mut beyond_a_page) = (Vec::new(), 0);
        loop {
            let answer = chair.query(query, json!({ "id": id("board", "team-up"), "after": after })).await;
            let page = answer.data("/board/memberships").clone();
            for node in page["nodes"].as_array().unwrap() {
                if node["person"]["id"] != id("person", "board-chair") {
                    let needs = node["person"]["accessNeeds"]["nodes"].as_array().unwrap();
                    beyond_a_page += if after.is_null() { 0 } else { needs.len() };
                    shown.extend(needs.iter().map(|need| need["id"].clone()));
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
        assert!(beyond_a_page > 0, "the chair is shown the needs of a member who agreed to it, and who is not the first");
    }
}
