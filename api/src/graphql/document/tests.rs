//! The whole way from text to normal form, cost and refusal.

use std::{fmt::Write, time::Instant};

use async_graphql::{
    Positioned,
    parser::types::{DocumentOperations, ExecutableDocument, Selection},
};
use serde_json::{Value as Json, json};

use super::*;

const SDL: &str = r#"
    type Query {
        board(id: ID): Board
        boards(first: Int, last: Int, after: String): BoardConnection!
        list(first: Int = 10): [Board!]!
        node(id: ID!): Node
        any: BoardOrMeeting
        echo(value: Int, list: [Int], filter: Filter): Int
    }
    type Mutation { boardUpdate(name: String): Board boardClose: Int }
    type Subscription { boardChanged: Board }
    interface Node { id: ID! }
    union BoardOrMeeting = Board | Meeting
    type Board implements Node { id: ID! name: String parent: Board meetings(first: Int): MeetingConnection! }
    type Meeting implements Node { id: ID! name: String place: String board: Board }
    type BoardConnection { edges: [BoardEdge!]! nodes: [Board!]! pageInfo: PageInfo! totalCount: Int }
    type BoardEdge { node: Board! cursor: String! }
    type MeetingConnection { nodes: [Meeting!]! }
    type PageInfo { hasNextPage: Boolean! }
    input Filter { name: String, size: Int }
"#;

fn documents() -> Documents {
    Documents::new(SDL, DocumentLimits::default()).unwrap()
}

fn refused(query: &str) -> (ErrorCode, String) {
    let rejection = documents().prepare(query, None).map(|_| ()).unwrap_err();
    (rejection.code, rejection.message().to_owned())
}

fn normal_with(query: &str, given: Json) -> String {
    let prepared = documents().prepare(query, None).unwrap();
    let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
    printed(&prepared.normalised(&variables).document)
}

fn normal(query: &str) -> String {
    normal_with(query, json!({}))
}

fn cost_with(query: &str, given: Json) -> Result<u32, String> {
    let prepared = documents().prepare(query, None).unwrap();
    let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
    prepared
        .cost(&variables)
        .map_err(|rejection| rejection.message().to_owned())
}

fn cost(query: &str) -> Result<u32, String> {
    cost_with(query, json!({}))
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

#[test]
fn fragments_are_written_out_and_fields_merged_in_order() {
    assert_eq!(
        normal(
            "{ board { id ...F parent { id } } b: board { id } } fragment F on Board { name id parent { name } }"
        ),
        "{board{id name parent{name id}} b:board{id}}"
    );
    assert_eq!(
        normal("{ ... { board { id } } ... on Query { board { name } } }"),
        "{board{id name}}"
    );
}

#[test]
fn fragments_on_an_interface_of_the_parent_are_written_out() {
    assert_eq!(
        normal("{ board { ... on Node { id } ... on BoardOrMeeting { ... on Board { name } } } }"),
        "{board{id name}}"
    );
}

#[test]
fn type_conditions_stay_under_abstract_parents_only() {
    assert_eq!(
        normal(
            "{ node(id: 1) { ...B ... on Node { __typename } id ... on Meeting { board { ... on Node { id } } } \
             ... on Meeting { board { name } } } } fragment B on Board { id name ... on Node { id } }"
        ),
        "{node(id:1){...Board{id name} __typename id ...Meeting{board{id name}}}}"
    );
    assert_eq!(
        normal("{ any { ... on Node { id } ... on Board { name } } }"),
        "{any{id ...Board{name}}}"
    );
}

#[test]
fn an_alternative_that_is_impossible_disappears() {
    let query =
        "{ node(id: 1) { ... on Board { ... on BoardOrMeeting { ... on Meeting { place } } name } } }";
    assert_eq!(normal(query), "{node(id:1){...Board{name}}}");
}

#[test]
fn skip_and_include_are_decided_for_each_request() {
    let query = "query ($x: Boolean!) { a: board @skip(if: $x) { id } a: board @include(if: $x) { name } }";
    assert_eq!(normal_with(query, json!({"x": true})), "{a:board{name}}");
    assert_eq!(normal_with(query, json!({"x": false})), "{a:board{id}}");
    let query = "query ($x: Boolean! $y: Boolean!) { a: board @skip(if: $x) { id } a: board @include(if: $y) { name } }";
    assert_eq!(
        normal_with(query, json!({"x": false, "y": true})),
        "{a:board{id name}}"
    );
    assert_eq!(normal_with(query, json!({"x": true, "y": false})), "{}");
    let query = "query ($x: Boolean = true) { ...F @skip(if: $x) ... @include(if: $x) { board { id } } } \
                 fragment F on Query { board { name } }";
    assert_eq!(normal_with(query, json!({})), "{board{id}}");
    assert_eq!(normal_with(query, json!({"x": false})), "{board{name}}");
    assert_eq!(
        normal("{ board { id @skip(if: true) name @include(if: true) } }"),
        "{board{name}}"
    );
}

#[test]
fn a_skipped_spread_does_not_hide_a_later_one() {
    assert_eq!(
        normal("{ ...F @skip(if: true) ...F } fragment F on Query { board { id } }"),
        "{board{id}}"
    );
}

#[test]
fn variables_that_are_no_longer_used_are_not_declared() {
    let query = "query ($x: Boolean! $v: Int $w: Int) { echo(value: $v) @include(if: $x) e: echo(filter: {size: $w}) }";
    assert_eq!(
        normal_with(query, json!({"x": true})),
        "($v $w) {echo(value:$v) e:echo(filter:{size: $w})}"
    );
    assert_eq!(
        normal_with(query, json!({"x": false})),
        "($w) {e:echo(filter:{size: $w})}"
    );
}

#[test]
fn equal_conditions_share_a_normal_form_and_different_ones_do_not() {
    let documents = documents();
    let query = "query ($x: Boolean! $v: Int) { echo(value: $v) board @include(if: $x) { id } }";
    let prepared = documents.prepare(query, None).unwrap();
    let id = |given: Json| {
        let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
        prepared.normalised(&variables).id
    };
    assert_eq!(id(json!({"x": true, "v": 1})), id(json!({"x": true, "v": 2})));
    assert_ne!(id(json!({"x": true})), id(json!({"x": false})));
}

#[test]
fn more_conditions_than_are_kept_still_work() {
    let mut declared = String::new();
    let mut fields = String::new();
    for number in 0..20 {
        write!(declared, "$v{number}: Boolean = {} ", number % 2 == 0).unwrap();
        write!(fields, "f{number}: echo @include(if: $v{number}) ").unwrap();
    }
    let printed = normal(&format!("query ({declared}) {{ {fields} }}"));
    assert_eq!(
        printed,
        "{f0:echo f2:echo f4:echo f6:echo f8:echo f10:echo f12:echo f14:echo f16:echo f18:echo}"
    );
}

#[test]
fn a_null_condition_is_refused() {
    let prepared = documents()
        .prepare("query ($x: Boolean = true) { echo @skip(if: $x) }", None)
        .unwrap();
    let refused = prepared
        .coerce_variables(json!({"x": null}).as_object().unwrap())
        .unwrap_err();
    assert_eq!(
        refused.message(),
        "Variable `$x` decides what is skipped or included: give it true or false."
    );
}

#[test]
fn kept_documents_are_the_same_ones() {
    let documents = documents();
    let text = "query A { board { id } } query B { board { name } }";
    let first = documents.prepare(text, Some("A")).unwrap();
    assert!(Arc::ptr_eq(&first, &documents.prepare(text, Some("A")).unwrap()));
    let other = documents.prepare(text, Some("B")).unwrap();
    assert_eq!(
        (first.name.as_deref(), other.name.as_deref()),
        (Some("A"), Some("B"))
    );
    assert!(documents.prepare("{ nothing }", None).is_err());
    assert!(documents.prepare("{ nothing }", None).is_err());
}

#[test]
fn an_operation_is_chosen_by_name() {
    let documents = documents();
    assert!(documents.prepare("{ echo }", Some("")).is_ok());
    let text = "query A { echo } mutation B { boardClose }";
    assert_eq!(
        documents.prepare(text, Some("B")).unwrap().kind,
        async_graphql::parser::types::OperationType::Mutation
    );
    let message = |name| documents.prepare(text, name).unwrap_err().message().to_owned();
    assert_eq!(
        message(None),
        "The document has several operations (A, B): say which by operationName."
    );
    assert_eq!(
        message(Some("C")),
        "The document has no operation named `C`; it has A, B."
    );
    assert_eq!(
        refused("fragment F on Query { echo }").1,
        "The document has no operation."
    );
}

#[test]
fn refusals_have_codes_places_and_all_problems() {
    let rejection = documents()
        .prepare("{\n  nothing\n  board { nobody }\n}", None)
        .unwrap_err();
    assert_eq!(rejection.code, ErrorCode::GraphqlValidationFailed);
    assert_eq!(rejection.problems.len(), 2);
    assert!(rejection.problems[0].message.contains("nothing"), "{rejection:?}");
    assert_eq!(
        (
            rejection.problems[0].locations[0].line,
            rejection.problems[0].locations[0].column
        ),
        (2, 3)
    );
    assert_eq!(refused("{").0, ErrorCode::GraphqlParseFailed);
    assert_eq!(refused("").0, ErrorCode::GraphqlParseFailed);
}

#[test]
fn validation_is_that_of_the_whole_specification() {
    for invalid in [
        "{ board { parent { a: id } parent { a: name } } }",
        "{ echo(value: \"a\") }",
        "{ echo(value: 1, value: 1) }",
        "query ($v: String) { echo(value: $v) }",
        "{ board }",
        "{ echo { id } }",
        "{ board { ...F } } fragment F on Meeting { id }",
        "{ echo } fragment Unused on Board { id }",
        "subscription { boardChanged { id } b: boardChanged { id } }",
        "{ echo @skip(if: true) @skip(if: true) }",
        "query ($v: Int) { echo }",
    ] {
        assert_eq!(
            refused(invalid).0,
            ErrorCode::GraphqlValidationFailed,
            "{invalid}"
        );
    }
}

#[test]
fn the_limits_of_an_operation_hold() {
    let deep = |levels: usize| {
        format!(
            "{{ board {} {{ id }} {} }}",
            "{ parent ".repeat(levels),
            "}".repeat(levels)
        )
    };
    assert!(documents().prepare(&deep(10), None).is_ok());
    assert_eq!(
        refused(&deep(11)).1,
        "The operation nests fields 13 deep; the limit is 12."
    );
    let aliases = |count: usize| {
        let fields: Vec<_> = (0..count).map(|number| format!("a{number}: echo")).collect();
        format!("{{ {} }}", fields.join(" "))
    };
    assert!(documents().prepare(&aliases(30), None).is_ok());
    assert_eq!(
        refused(&aliases(31)),
        (
            ErrorCode::LimitExceeded,
            "The operation has 31 aliases; the limit is 30.".to_owned()
        )
    );
    let directives = |count: usize| format!("{{ {} }}", "echo @skip(if: false) ".repeat(count));
    assert!(documents().prepare(&directives(50), None).is_ok());
    assert_eq!(
        refused(&directives(51)).1,
        "The operation has 51 directives; the limit is 50."
    );
}

#[test]
fn only_the_chosen_operation_meets_the_limits_of_operations() {
    let fields: Vec<_> = (0..31).map(|number| format!("a{number}: echo")).collect();
    let text = format!("query Large {{ {} }} query Small {{ echo }}", fields.join(" "));
    assert!(documents().prepare(&text, Some("Small")).is_ok());
    assert!(documents().prepare(&text, Some("Large")).is_err());
}

#[test]
fn objects_cost_one_and_scalars_nothing() {
    assert_eq!(cost("{ echo __typename }"), Ok(0));
    assert_eq!(cost("{ board { id parent { id name } } }"), Ok(2));
    assert_eq!(
        cost("{ board { id } board { name } }"),
        Ok(1),
        "merged fields are one"
    );
    assert_eq!(
        cost("{ any { ... on Board { parent { id } } ... on Meeting { board { id } } } }"),
        Ok(3)
    );
}

#[test]
fn rows_multiply_lists_and_not_page_information() {
    assert_eq!(
        cost("{ boards(first: 10) { nodes { id } pageInfo { hasNextPage } totalCount } }"),
        Ok(12)
    );
    assert_eq!(cost("{ boards(last: 10) { edges { node { id } } } }"), Ok(21));
    assert_eq!(cost("{ boards { nodes { id } } }"), Ok(26), "25 is the default");
    assert_eq!(
        cost("{ list { parent { id } } }"),
        Ok(11),
        "the contract's own default"
    );
    assert_eq!(
        cost("{ boards(first: 10) { nodes { meetings(first: 5) { nodes { id } } } } }"),
        Ok(1 + 10 * (1 + 1 + 5))
    );
}

#[test]
fn rows_may_be_variables() {
    let query = "query ($n: Int) { boards(first: $n) { nodes { id } } }";
    assert_eq!(cost_with(query, json!({"n": 40})), Ok(41));
    assert_eq!(cost_with(query, json!({"n": null})), Ok(26));
    assert_eq!(cost_with(query, json!({})), Ok(26));
    assert_eq!(
        cost_with(query, json!({"n": 0})),
        Err("Field `boards` needs `first` between 1 and 100, but it was 0.".to_owned())
    );
}

#[test]
fn first_and_last_are_bounded_and_exclusive() {
    assert_eq!(
        cost("{ boards(first: 101) { nodes { id } } }").unwrap_err(),
        "Field `boards` needs `first` between 1 and 100, but it was 101."
    );
    assert!(
        cost("{ boards(last: -1) { nodes { id } } }")
            .unwrap_err()
            .contains("`last` between 1 and 100")
    );
    assert!(
        cost("{ boards(first: 101) { totalCount } }").is_err(),
        "even where no rows are asked for"
    );
    assert_eq!(
        cost("{ boards(first: 1, last: 1) { nodes { id } } }").unwrap_err(),
        "Field `boards` takes `first` or `last`, not both."
    );
    assert_eq!(cost("{ boards(first: 1, last: null) { nodes { id } } }"), Ok(2));
}

#[test]
fn mutations_cost_ten_each_and_the_sum_is_limited() {
    assert_eq!(
        cost("mutation { boardUpdate { id } boardClose __typename }"),
        Ok(20)
    );
    let error = cost("{ boards(first: 100) { nodes { meetings(first: 100) { nodes { board { id } } } } } }")
        .unwrap_err();
    assert!(
        error.starts_with("The operation may cost 20201 points; the limit is 2000."),
        "{error}"
    );
    let levels = "boards(first: 100) { nodes { meetings(first: 100) { nodes { board { meetings(first: 100) { nodes { \
                  board { meetings(first: 100) { nodes { board { meetings(first: 100) { nodes { id";
    let query = format!("{{ {levels} {} }}", "}".repeat(levels.matches('{').count()));
    let limits = DocumentLimits {
        depth: 40,
        ..DocumentLimits::default()
    };
    let prepared = Documents::new(SDL, limits)
        .unwrap()
        .prepare(&query, None)
        .unwrap();
    let error = prepared.cost(&async_graphql::Variables::default()).unwrap_err();
    assert!(
        error.message().contains("4294967295 points"),
        "saturates: {error}"
    );
}

#[test]
fn introspection_of_current_tools_passes() {
    let type_reference = format!(
        "kind name {} kind name {}",
        "ofType { kind name ".repeat(9),
        "}".repeat(9)
    );
    let query = format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name }} subscriptionType {{ name }} \
         types {{ ...FullType }} directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description specifiedByURL isOneOf \
         fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated deprecationReason }} \
         inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated deprecationReason }} \
         fragment TypeRef on __Type {{ {type_reference} }}"
    );
    let prepared = documents().prepare(&query, None).unwrap();
    assert!(prepared.cost(&async_graphql::Variables::default()).unwrap() < 200);
}

#[test]
fn introspection_that_multiplies_is_refused() {
    let query = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(refused(query).0, ErrorCode::LimitExceeded);
    let deep = format!(
        "{{ __type(name: \"A\") {{ {} name {} }} }}",
        "ofType {".repeat(25),
        "}".repeat(25)
    );
    assert!(refused(&deep).1.contains("introspection fields 27 deep"));
}

/// Texts that have ended processes, or kept them busy for minutes, elsewhere.
#[test]
fn hostile_texts_are_answered_at_once() {
    let mut fan_out = String::from("{ ...F0 }");
    for level in 0..39 {
        write!(
            fan_out,
            " fragment F{level} on Query {{ ...F{n} ...F{n} }}",
            n = level + 1
        )
        .unwrap();
    }
    fan_out.push_str(" fragment F39 on Query { echo }");
    let same_key = format!("{{ {} }}", "board { id ".repeat(30) + &"}".repeat(30));
    let hostile = [
        "[".repeat(100_000),
        "{a".repeat(60_000),
        format!("{{ echo(list: {} }}", "[".repeat(100_000)),
        format!("{{ echo(filter: {} }}", "{a:".repeat(40_000)),
        format!("query ($v: {}) {{ echo }}", "[".repeat(50_000)),
        format!("{{ {} }}", "a".repeat(130_000)),
        format!("{{ echo(value: {}) }}", "9".repeat(130_000)),
        format!("{{ echo(value: \"{}\") }}", "\\u0000".repeat(20_000)),
        format!("{{ echo(value: \"\"\"{}\"\"\") }}", "\n ".repeat(60_000)),
        fan_out,
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned(),
        format!(
            "{{ {} }}",
            (0..5_000)
                .map(|number| format!("a{number}:echo "))
                .collect::<String>()
        ),
        format!("{{ echo {} }}", "@skip(if: true)".repeat(5_000)),
        format!("{{ {} }}", "echo ".repeat(1_900)),
        same_key,
        "#".repeat(130_000),
        "#\n".repeat(65_000),
        "\u{feff}".repeat(40_000),
        "\0".repeat(100_000),
        "{ echo(value: \"".to_owned() + &"x".repeat(100_000),
        "\"\"\"".repeat(40_000),
        "}".repeat(100_000),
        ")]}".repeat(40_000),
        "...".repeat(40_000),
        "$".repeat(9_000),
        "{...on Query".repeat(20),
        "query A { echo } ".repeat(1_900),
        "fragment F on Query { echo } ".repeat(1_400) + "{ ...F }",
        format!(
            "query ({}) {{ echo }}",
            (0..3_000)
                .map(|number| format!("$v{number}:Int "))
                .collect::<String>()
        ),
    ];
    let documents = documents();
    for text in hostile {
        let start = Instant::now();
        let result = documents.prepare(&text, None);
        if let Ok(prepared) = &result {
            let _ = prepared.cost(&async_graphql::Variables::default());
        }
        let took = start.elapsed().as_millis();
        let beginning: String = text.chars().take(40).collect();
        assert!(took < 1_500, "{took} ms in a debug build: {beginning}");
        if let Err(rejection) = result {
            assert!(
                rejection
                    .problems
                    .iter()
                    .all(|problem| problem.message.chars().count() <= 301),
                "{beginning}"
            );
        }
    }
}

#[test]
fn a_byte_order_mark_is_white_space() {
    assert!(documents().prepare("\u{feff}{ echo }", None).is_ok());
}
