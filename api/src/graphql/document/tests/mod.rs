//! The whole way from text to normal form, cost and refusal.

mod cost;
mod equivalence;
mod limits;
mod memory;
mod normal_form;

use std::fmt::Write;

use async_graphql::{
    Positioned,
    parser::types::{DocumentOperations, ExecutableDocument, Selection},
};
use serde_json::{Value as Json, json};

use super::*;

const SDL: &str = r"
    type Query {
        board(id: ID): Board
        boards(first: Int, last: Int, after: String): BoardConnection!
        list(first: Int = 10): [Board!]!
        node(id: ID!): Node
        nodes(ids: [ID!]!): [Node]!
        any: BoardOrMeeting
        echo(value: Int, list: [Int], filter: Filter): Int
    }
    type Mutation { boardUpdate(name: String): Board boardClose: Int }
    type Subscription { boardChanged: Board }
    interface Node { id: ID! }
    type Person implements Node { id: ID! }
    union BoardOrMeeting = Board | Meeting
    type Board implements Node { id: ID! name: String parent: Board meetings(first: Int): MeetingConnection! }
    type Meeting implements Node { id: ID! name: String place: String board: Board }
    type BoardConnection { edges: [BoardEdge!]! nodes: [Board!]! pageInfo: PageInfo! totalCount: Int }
    type BoardEdge { node: Board! cursor: String! }
    type MeetingConnection { nodes: [Meeting!]! }
    type PageInfo { hasNextPage: Boolean! }
    input Filter { name: String, size: Int }
";

fn documents() -> Documents {
    Documents::new(SDL, DocumentLimits::default()).unwrap()
}

fn refused(query: &str) -> (ErrorCode, String) {
    let rejection = documents().prepare(query, None).map(|_| ()).unwrap_err();
    (rejection.code, rejection.message().to_owned())
}

fn normal_with(query: &str, given: &Json) -> String {
    let prepared = documents().prepare(query, None).unwrap();
    let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
    printed(&prepared.normalised(&variables).document)
}

fn normal(query: &str) -> String {
    normal_with(query, &json!({}))
}

fn cost_with(query: &str, given: &Json) -> Result<u32, String> {
    let prepared = documents().prepare(query, None).unwrap();
    let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
    prepared
        .cost(&variables)
        .map_err(|rejection| rejection.message().to_owned())
}

fn cost(query: &str) -> Result<u32, String> {
    cost_with(query, &json!({}))
}

fn printed(document: &ExecutableDocument) -> String {
    assert!(document.fragments.is_empty());
    let DocumentOperations::Single(operation) = &document.operations else {
        panic!("anonymous")
    };
    let variables: Vec<_> = operation
        .node
        .variable_definitions
        .iter()
        .map(|one| format!("${}", one.node.name))
        .collect();
    let mut text = if variables.is_empty() {
        String::new()
    } else {
        format!("({}) ", variables.join(" "))
    };
    print(&operation.node.selection_set.node.items, &mut text);
    text
}

fn print(items: &[Positioned<Selection>], text: &mut String) {
    text.push('{');
    for (index, item) in items.iter().enumerate() {
        assert!(item.node.directives().is_empty());
        if index > 0 {
            text.push(' ');
        }
        match &item.node {
            Selection::Field(field) => {
                let field = &field.node;
                if let Some(alias) = &field.alias {
                    write!(text, "{alias}:").unwrap();
                }
                write!(text, "{}", field.name).unwrap();
                for (name, value) in &field.arguments {
                    write!(text, "({name}:{value})").unwrap();
                }
                if !field.selection_set.node.items.is_empty() {
                    print(&field.selection_set.node.items, text);
                }
            }
            Selection::InlineFragment(fragment) => {
                write!(
                    text,
                    "...{}",
                    fragment.node.type_condition.as_ref().unwrap().node.on
                )
                .unwrap();
                print(&fragment.node.selection_set.node.items, text);
            }
            Selection::FragmentSpread(_) => panic!("a spread is left"),
        }
    }
    text.push('}');
}
