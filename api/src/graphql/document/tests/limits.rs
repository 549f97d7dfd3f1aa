//! What is refused, and what is not.

use cpu_time::ThreadTime;

use super::*;

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
        format!("{{ {} }}", "a:echo ".repeat(5_000)),
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
        format!("query ({}) {{ echo }}", "$v:Int ".repeat(3_000)),
    ];
    let documents = documents();
    for text in hostile {
        let start = ThreadTime::now();
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

#[test]
fn the_null_character_is_refused_in_every_spelling() {
    let documents = Documents::new("type Query { a(b: String): Int }", DocumentLimits::default()).unwrap();
    let prepare = |text: &str| documents.prepare(&format!("{{ a(b: \"{text}\") }}"), None);
    for text in ["\\u0000", "a\\u0000b", "\u{0}"] {
        assert_eq!(
            prepare(text).unwrap_err().message(),
            "Texts cannot have the character U+0000.",
            "{text:?}"
        );
    }
    for text in ["\\u0041", "u0000", "0000", "\\\\u", "\\u0001"] {
        assert!(prepare(text).is_ok(), "{text:?}");
    }
}
