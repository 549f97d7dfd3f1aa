//! Pages: how long they are, and that nothing beyond them is read unasked.

use harness::{Template, World, both_databases, id};
use serde_json::{Value, json};

both_databases! {
    /// A page of nobody's choice, the longest page, and one that is too long.
    async fn settings_decide_how_long_pages_are(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.graphql.page_default = 2;
            settings.graphql.page_maximum = 3;
        });
        let world = world.await;
        let admin = world.client("platform-admin");
        for (arguments, length) in [("", 2), ("(first: 3)", 3), ("(last: 1)", 1)] {
            let query = format!("{{ organisations{arguments} {{ nodes {{ id }} }} }}");
            let answer = admin.query(&query, Value::Null).await;
            assert_eq!(answer.data("/organisations/nodes").as_array().unwrap().len(), length, "{arguments}");
        }
        let too_long = admin.query("{ organisations(first: 4) { nodes { id } } }", Value::Null).await;
        assert!(too_long.error_code().is_some(), "{}", too_long.text);
        let ids: Vec<_> = (0..4).map(|_| id("board", "team-up")).collect();
        let too_many = admin.query("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
        assert!(too_many.text.contains("at most 3 ids"), "{}", too_many.text);
        world.close().await;
    }

    /// Whether there is more is looked for on behalf of whoever asks: to find nothing may mean to pass over all that is hidden.
    async fn nothing_beyond_a_page_is_read_unasked(engine: Engine) {
        let world = World::new(engine, Template::World, |_| ()).await;
        let admin = world.client("platform-admin");
        for (asked, rows) in [
            ("nodes { id }", 2),
            ("edges { cursor node { id } } pageInfo { startCursor endCursor }", 2),
            ("nodes { id } pageInfo { hasNextPage }", 3),
            ("pageInfo { ...on PageInfo { more: hasPreviousPage } } nodes { id }", 3),
        ] {
            for argument in ["first: 2", "last: 2"] {
                let query = format!("{{ organisations({argument}) {{ {asked} }} }}");
                let answer = admin.query(&query, Value::Null).await;
                assert!(answer.json["errors"].is_null(), "{}", answer.text);
                assert_eq!(answer.rows, rows, "{query}");
            }
        }
        let page = "{ organisations(first: 2) { pageInfo { hasNextPage hasPreviousPage } } }";
        let page = admin.query(page, Value::Null).await;
        assert_eq!(page.data("/organisations/pageInfo"), &json!({ "hasNextPage": true, "hasPreviousPage": false }));
        world.close().await;
    }
}
