//! Points.

use super::*;

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
fn rows_that_are_named_count_each() {
    assert_eq!(
        cost(r#"{ nodes(ids: ["a", "b", "c"]) { id ... on Board { parent { id } } } }"#),
        Ok(6)
    );
    let query =
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Board { meetings(first: 10) { nodes { id } } } } }";
    let ids: Vec<_> = (0..100).collect();
    assert_eq!(cost_with(query, &json!({"ids": ids[..2]})), Ok(2 * (1 + 1 + 10)));
    assert_eq!(cost_with(query, &json!({"ids": []})), Ok(12));
    assert!(cost_with(query, &json!({"ids": ids})).is_ok());
    let deeper = query.replace("first: 10", "first: 20");
    assert!(cost_with(&deeper, &json!({"ids": ids})).is_err(), "2,200 points");
}

#[test]
fn rows_may_be_variables() {
    let query = "query ($n: Int) { boards(first: $n) { nodes { id } } }";
    assert_eq!(cost_with(query, &json!({"n": 40})), Ok(41));
    assert_eq!(cost_with(query, &json!({"n": null})), Ok(26));
    assert_eq!(cost_with(query, &json!({})), Ok(26));
    assert_eq!(
        cost_with(query, &json!({"n": 0})),
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
