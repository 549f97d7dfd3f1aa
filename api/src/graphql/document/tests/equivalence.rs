//! Executing a normal form gives the same bytes as executing what the client wrote.
//!
//! The oracle is async-graphql's own executor on the original text, in every combination of the conditions. It is also the
//! executor of the normal form, so what is compared is only the rewriting.

use async_graphql::{
    EmptyMutation, EmptySubscription, Interface, Object, Request, Schema, Union, ValidationMode,
};

use super::*;

struct Query;

#[derive(Clone)]
struct Leaf {
    id: i32,
    name: String,
}

#[Object]
impl Leaf {
    async fn id(&self) -> i32 {
        self.id
    }

    async fn name(&self) -> String {
        self.name.clone()
    }
}

#[derive(Clone)]
struct Branch;

#[Object]
impl Branch {
    async fn id(&self) -> i32 {
        7
    }

    async fn name(&self) -> String {
        "branch".to_owned()
    }

    async fn echo(&self, value: i32) -> i32 {
        value
    }

    async fn child(&self) -> Leaf {
        Leaf {
            id: 8,
            name: "child".to_owned(),
        }
    }

    async fn parent(&self) -> Branch {
        Branch
    }

    async fn things(&self) -> Vec<Thing> {
        things()
    }
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "i32"), field(name = "name", ty = "String"))]
enum Thing {
    Leaf(Leaf),
    Branch(Branch),
}

#[derive(Union)]
enum Any {
    Leaf(Leaf),
    Branch(Branch),
}

fn things() -> Vec<Thing> {
    vec![
        Thing::Leaf(Leaf {
            id: 1,
            name: "leaf".to_owned(),
        }),
        Thing::Branch(Branch),
    ]
}

#[Object]
impl Query {
    async fn branch(&self) -> Branch {
        Branch
    }

    async fn things(&self) -> Vec<Thing> {
        things()
    }

    async fn any(&self) -> Vec<Any> {
        vec![
            Any::Branch(Branch),
            Any::Leaf(Leaf {
                id: 2,
                name: "any".to_owned(),
            }),
        ]
    }
}

const DOCUMENTS: [&str; 14] = [
    "{ branch { id @skip(if: $x) name child { id } child { name } id } }",
    "{ branch @skip(if: $x) { id } branch @include(if: $y) { name child { id } } }",
    "{ ...F b: branch { name } branch { child { name } } } fragment F on Query { branch { child { id } id } }",
    "{ ...F @include(if: $x) ...G } fragment F on Query { branch { id ...H } } fragment G on Query { branch { ...H @skip(if: $y) } } \
     fragment H on Branch { parent { name ... on Thing { id } } }",
    "{ things { id ... on Leaf { n: name } ... on Branch { child { id } } name } }",
    "{ things { ... on Branch { id } name ... on Branch { parent { id } } ... on Branch { parent { name } } __typename } }",
    "{ things { ... on Thing { id } ... on Branch @skip(if: $x) { child { id } } ... on Branch { child { name } } } }",
    "{ things { ... on Branch { ... on Thing { ... on Leaf { name } id } } } }",
    "{ any { __typename ... on Thing { id } ... on Leaf { name } ... on Thing { name } } }",
    "{ any { ...L ...B } } fragment L on Leaf { id } fragment B on Branch { id things { id ... on Branch { name } id } }",
    "{ things { ... on Leaf { id } ... on Branch { id } ... on Leaf { name } ... on Branch { child { id } } } }",
    "{ branch { a: echo(value: 1) b: echo(value: $n) a: echo(value: 1) @skip(if: $y) } }",
    "{ branch { ... @skip(if: $x) { ... @include(if: $y) { id } name } ... { parent { ... { id } } } } }",
    "{ branch { parent { parent { id } } ...P } } fragment P on Branch { parent { parent { name } child { id @include(if: $x) name } } }",
];

#[tokio::test]
async fn a_normal_form_gives_the_same_answer() {
    let strict = Schema::build(Query, EmptyMutation, EmptySubscription).finish();
    let fast = Schema::build(Query, EmptyMutation, EmptySubscription)
        .validation_mode(ValidationMode::Fast)
        .finish();
    let documents = Documents::new(&strict.sdl(), DocumentLimits::default()).unwrap();
    for document in DOCUMENTS {
        let declared: Vec<_> = [("$x", "Boolean!"), ("$y", "Boolean!"), ("$n", "Int!")]
            .into_iter()
            .filter(|(name, _)| document.contains(name))
            .map(|(name, kind)| format!("{name}: {kind}"))
            .collect();
        let declared = if declared.is_empty() {
            String::new()
        } else {
            format!("({})", declared.join(" "))
        };
        let text = format!("query {declared} {document}");
        for (x, y) in [(false, false), (false, true), (true, false), (true, true)] {
            let given = json!({"x": x, "y": y, "n": 3});
            let variables = async_graphql::Variables::from_json(given.clone());
            let expected = strict.execute(Request::new(&text).variables(variables)).await;
            assert!(expected.is_ok(), "{text}: {:?}", expected.errors);

            let prepared = documents.prepare(&text, None).unwrap();
            let variables = prepared.coerce_variables(given.as_object().unwrap()).unwrap();
            let mut request = Request::new("");
            request.set_parsed_query(prepared.normalised(&variables).document.clone());
            let found = fast.execute(request.variables(variables)).await;
            assert_eq!(
                serde_json::to_string(&found).unwrap(),
                serde_json::to_string(&expected).unwrap(),
                "{text} with x {x} and y {y}"
            );
        }
    }
}
