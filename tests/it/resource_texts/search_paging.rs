//! Pages of a search.

use harness::{Client, both_databases};
use serde_json::{Value, json};

use super::{Text, publish};

const PAGE: &str = "query($query: String!, $first: Int, $after: String) { \
    resourceSearch(query: $query, first: $first, after: $after) { \
    edges { cursor node { title } } nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn page(client: &Client, query: &str, first: i32, after: Option<&str>) -> Value {
    let answer = client
        .query(PAGE, json!({ "query": query, "first": first, "after": after }))
        .await;
    answer.data("/resourceSearch").clone()
}

fn titles(page: &Value) -> Vec<String> {
    let title = |node: &Value| node["title"].as_str().unwrap().to_owned();
    let of_edges: Vec<_> = page["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| title(&edge["node"]))
        .collect();
    let of_nodes: Vec<_> = page["nodes"].as_array().unwrap().iter().map(title).collect();
    assert_eq!(of_edges, of_nodes);
    of_edges
}

/// Every third has the word in its title, and every fourth in its summary; every fifth is of oaks, too.
fn elms(number: i32) -> Text {
    let title = if number % 3 == 0 { "Elm" } else { "Tree" };
    let summary = (number % 4 == 0).then(|| "Elms.".to_owned());
    let oaks = if number % 5 == 0 { " Not an oak." } else { "" };
    (
        format!("{title} {number}"),
        summary,
        format!("An elm is a tree.{oaks}"),
    )
}

both_databases! {
    /// Each result once, in one order, whatever the size of pages; and what is published on the way moves nothing that is still to
    /// come.
    async fn pages_show_each_result_once(world: World) {
        publish(&world, 0..40, elms).await;
        let anyone = world.client("anonymous");
        let whole = titles(&page(&anyone, "elm", 100, None).await);
        let numbers = |titles: &[String]| -> Vec<i32> {
            titles.iter().map(|title| title.rsplit(' ').next().unwrap().parse().unwrap()).collect()
        };
        let found = numbers(&whole);
        // The title first, then the summary, then the text.
        assert!(found.is_sorted_by_key(|number| (number % 3 != 0, number % 3 != 0 && number % 4 != 0)), "{found:?}");
        let mut every = found.clone();
        every.sort_unstable();
        assert_eq!(every, Vec::from_iter(0..40));
        let without_oaks: Vec<i32> = found.into_iter().filter(|number| number % 5 != 0).collect();
        assert_eq!(numbers(&titles(&page(&anyone, "elm -oak", 100, None).await)), without_oaks);
        for (query, size) in [("elm", 1), ("elm", 7), ("elm", 20), ("elm", 39), ("elm", 40), ("elm -oak", 5), ("elm -oak", 19)] {
            let whole = titles(&page(&anyone, query, 100, None).await);
            let (mut seen, mut after) = (Vec::new(), None::<String>);
            loop {
                let page = page(&anyone, query, size, after.as_deref()).await;
                seen.extend(titles(&page));
                assert_eq!(page["pageInfo"]["hasPreviousPage"], after.is_some());
                assert_eq!(page["pageInfo"]["endCursor"], page["edges"].as_array().unwrap().last().unwrap()["cursor"]);
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = page["pageInfo"]["endCursor"].as_str().map(str::to_owned);
            }
            assert_eq!(seen, whole, "{query} in pages of {size}");
        }
        let first = page(&anyone, "elm", 20, None).await;
        publish(&world, 40..60, elms).await;
        let after = first["pageInfo"]["endCursor"].as_str();
        let rest = titles(&page(&anyone, "elm", 100, after).await);
        let kept: Vec<_> = rest.into_iter().filter(|title| whole.contains(title)).collect();
        assert_eq!(kept, whole[20..]);
    }

    async fn a_cursor_belongs_to_its_search(world: World) {
        publish(&world, 0..3, elms).await;
        let anyone = world.client("anonymous");
        let first = page(&anyone, "elm", 1, None).await;
        let cursor = first["pageInfo"]["endCursor"].as_str().unwrap();
        for (query, after) in [("tree", cursor), ("elm -oak", cursor), ("elm", "made up"), ("elm", "AAAA")] {
            let answer = anyone.query(PAGE, json!({ "query": query, "after": after })).await;
            assert_eq!(answer.json["errors"][0]["extensions"]["code"], "INVALID_ARGUMENT", "{query} {after}");
        }
        // The same words are the same search, however they are typed.
        assert_eq!(titles(&page(&anyone, " ELM ", 5, Some(cursor)).await).len(), 2);
    }

    async fn an_empty_page_has_no_cursors(world: World) {
        let none = page(&world.client("anonymous"), "nowhere", 5, None).await;
        assert_eq!(none["edges"], json!([]));
        assert_eq!(none["pageInfo"], json!({ "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null }));
    }

    async fn a_page_has_one_to_a_hundred_results(world: World) {
        let anyone = world.client("anonymous");
        for first in [0, -1, 101] {
            let answer = anyone.query(PAGE, json!({ "query": "elm", "first": first })).await;
            assert_eq!(answer.json["errors"][0]["extensions"]["code"], "INVALID_ARGUMENT", "{first}");
        }
    }
}
