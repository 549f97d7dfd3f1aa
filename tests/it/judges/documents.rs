//! Bodies that are meant to exhaust a server: its stack, its memory, its time, its database. They are built here and stored
//! nowhere. Each must be refused.

use std::fmt::Write;

use serde_json::{Value, json};

/// A body for `/graphql`, and what it is.
pub(super) struct Hostile {
    pub(super) what: &'static str,
    pub(super) body: Vec<u8>,
}

/// All of them, each with `mark` in it, so that no two rounds are the same to a cache.
pub(super) fn hostile(mark: usize) -> Vec<Hostile> {
    let mut all: Vec<_> = documents()
        .into_iter()
        .map(|(what, text)| Hostile {
            what,
            body: body(&format!("#{mark}\n{text}"), &Value::Null),
        })
        .collect();
    all.extend(variables(mark));
    all.extend(bodies(mark));
    all
}

fn body(query: &str, variables: &Value) -> Vec<u8> {
    json!({ "query": query, "variables": variables })
        .to_string()
        .into_bytes()
}

fn documents() -> Vec<(&'static str, String)> {
    let wide = |count: usize| (0..count).fold(String::new(), |text, n| text + &format!("a{n}:__typename "));
    let many_fields = "viewer{isSignedIn}".repeat(6_000);
    vec![
        (
            "deep: lists in an argument",
            format!("{{ boards(first: {}", "[".repeat(100_000)),
        ),
        (
            "deep: objects in an argument",
            format!("{{ boards(filter: {}", "{a:".repeat(30_000)),
        ),
        ("deep: selections", "{a".repeat(50_000)),
        (
            "deep: types of a variable",
            format!("query ($a: {}", "[".repeat(50_000)),
        ),
        ("deep: fields that exist", {
            let step = "hostOrganisation{parent{";
            format!("{{board(id:\"x\"){{{}id{}}}}}", step.repeat(8), "}}".repeat(8))
        }),
        (
            "deep: inline fragments",
            format!("{{{}", "...on Query{".repeat(5_000)),
        ),
        ("wide: aliases", format!("{{{}}}", wide(5_000))),
        ("wide: a few aliases too many", format!("{{{}}}", wide(31))),
        (
            "wide: directives",
            format!("{{__typename {}}}", "@skip(if:true)".repeat(5_000)),
        ),
        (
            "wide: variables",
            format!("query ({}) {{__typename}}", "$a:Int ".repeat(3_500)),
        ),
        ("wide: a long name", format!("{{{}}}", "a".repeat(125_000))),
        (
            "wide: a long number",
            format!("{{boards(first:{}){{totalCount}}}}", "9".repeat(125_000)),
        ),
        (
            "fanned out: fragments in fragments",
            fan_out("viewer{isSignedIn}"),
        ),
        (
            "fanned out: a cycle",
            "{...A} fragment A on Query{...B ...B} fragment B on Query{...A ...A}".into(),
        ),
        (
            "fanned out: introspection",
            "{__schema{types{fields{type{fields{type{fields{name}}}}}}}}".into(),
        ),
        ("fanned out: pages of pages", {
            "{boards(first:100){nodes{seats(first:100){nodes{board{memberships(first:100){nodes{id}}}}}}}}"
                .into()
        }),
        ("fanned out: a page of each of many ids", {
            let ids = "\"x\",".repeat(100);
            format!("{{nodes(ids:[{ids}]){{...on Board{{memberships(first:100){{nodes{{id}}}}}}}}}}")
        }),
        ("repeated: operations", "query A{__typename} ".repeat(1_500)),
        (
            "repeated: fragments",
            "fragment F on Query{__typename} ".repeat(1_200) + "{...F}",
        ),
        ("repeated: fields", format!("{{{many_fields}}}")),
        ("repeated: fields to compare", {
            let pair = "board(id:\"x\"){id} ".repeat(900);
            format!("{{{pair}board(id:\"y\"){{id}}}}")
        }),
        ("broken: brackets", "}".repeat(100_000)),
        ("broken: strings", "\"\"\"".repeat(30_000)),
        (
            "broken: an open string",
            format!("{{boards(after:\"{}", "x".repeat(100_000)),
        ),
        ("broken: byte order marks", "\u{feff}".repeat(20_000)),
        ("broken: null characters", "\0".repeat(20_000)),
        ("broken: dollars", "$".repeat(9_000)),
    ]
}

/// 2 to the power of 39 fields, once it is written out.
fn fan_out(field: &str) -> String {
    let mut text = String::from("{...F0}");
    for level in 0..39 {
        let next = level + 1;
        write!(text, " fragment F{level} on Query{{...F{next} ...F{next}}}").unwrap();
    }
    write!(text, " fragment F39 on Query{{{field}}}").unwrap();
    text
}

fn variables(mark: usize) -> Vec<Hostile> {
    let query = format!("#{mark}\nquery ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id }} }}");
    let name = format!("query ($filter: BoardFilter) {{ boards(filter: $filter) {{ totalCount }} }} #{mark}");
    let fields: serde_json::Map<_, _> = (0..5_000).map(|n| (format!("a{n}"), Value::Null)).collect();
    let of = |what, query: &str, variables: Value| Hostile {
        what,
        body: body(query, &variables),
    };
    vec![
        of("variables: many ids", &query, json!({ "ids": vec!["x"; 30_000] })),
        of(
            "variables: null ids",
            &query,
            json!({ "ids": vec![Value::Null; 30_000] }),
        ),
        of(
            "variables: fields that are not there",
            &name,
            json!({ "filter": fields }),
        ),
    ]
}

fn bodies(mark: usize) -> Vec<Hostile> {
    let one = format!("{{\"query\":\"{{__typename}} #{mark}\"}}");
    let of = |what, body: String| Hostile {
        what,
        body: body.into_bytes(),
    };
    vec![
        of("JSON: deep", "[".repeat(200_000)),
        of("JSON: deep variables", {
            format!(
                "{{\"query\":\"{{__typename}} #{mark}\",\"variables\":{}",
                "{\"a\":".repeat(40_000)
            )
        }),
        of(
            "JSON: a batch too long",
            format!("[{}]", vec![one; 5_000].join(",")),
        ),
        of(
            "a body too long",
            format!("{{\"query\":\"{}\"}}", " ".repeat(1024 * 1024)),
        ),
    ]
}
