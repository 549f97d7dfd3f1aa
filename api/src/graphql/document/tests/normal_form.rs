//! Fragments, merging, conditions.

use super::*;

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
        "{any{...Node{id} ...Board{name}}}"
    );
}

#[test]
fn unions_are_written_out_for_each_member_that_is_possible() {
    let query =
        "{ node(id: 1) { ... on BoardOrMeeting { __typename ... on Node { id } ... on Board { name } } } }";
    assert_eq!(
        normal(query),
        "{node(id:1){...Board{__typename id name} ...Meeting{__typename id}}}"
    );
    let query = "{ node(id: 1) { ... on Board { id } ... on Meeting { id } ... on Board { name } id ... on Board { name } } }";
    assert_eq!(
        normal(query),
        "{node(id:1){...Board{id name} ...Meeting{id} id ...Board{name}}}"
    );
}

#[test]
fn writing_unions_out_ends() {
    let members: Vec<_> = (0..8).map(|number| format!("T{number}")).collect();
    let objects: Vec<_> = members
        .iter()
        .map(|name| format!("type {name} implements I {{ next: I id: ID }}"))
        .collect();
    let (objects, members) = (objects.join(" "), members.join(" | "));
    let sdl = format!(
        "type Query {{ next: I }} interface I {{ next: I id: ID }} union U = {members} {objects} \
         type Other implements I {{ next: I id: ID }}"
    );
    let documents = Documents::new(&sdl, DocumentLimits::default()).unwrap();
    let query = format!(
        "{{ next {} {{ id }} {} }}",
        "{ ... on U { ... on I { next".repeat(10),
        "} } }".repeat(10)
    );
    let start = cpu_time::ThreadTime::now();
    let prepared = documents.prepare(&query, None).unwrap();
    let normal = prepared.normalised(&async_graphql::Variables::default());
    assert!(
        prepared
            .cost_of(&normal, &async_graphql::Variables::default())
            .is_err()
    );
    assert!(start.elapsed().as_secs() < 5, "in a debug build");
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
    assert_eq!(normal_with(query, &json!({"x": true})), "{a:board{name}}");
    assert_eq!(normal_with(query, &json!({"x": false})), "{a:board{id}}");
    let query = "query ($x: Boolean! $y: Boolean!) { a: board @skip(if: $x) { id } a: board @include(if: $y) { name } }";
    assert_eq!(
        normal_with(query, &json!({"x": false, "y": true})),
        "{a:board{id name}}"
    );
    assert_eq!(normal_with(query, &json!({"x": true, "y": false})), "{}");
    let query = "query ($x: Boolean = true) { ...F @skip(if: $x) ... @include(if: $x) { board { id } } } \
                 fragment F on Query { board { name } }";
    assert_eq!(normal_with(query, &json!({})), "{board{id}}");
    assert_eq!(normal_with(query, &json!({"x": false})), "{board{name}}");
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
        normal_with(query, &json!({"x": true})),
        "($v $w) {echo(value:$v) e:echo(filter:{size: $w})}"
    );
    assert_eq!(
        normal_with(query, &json!({"x": false})),
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
