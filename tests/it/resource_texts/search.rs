//! Finding what resources say: what is found, what is shown of it, and what nobody learns.

use entity::resources::kinds::ResourceVersionStatus;
use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{about, becomes, publish, write};

/// What a search answers: for each result the version, where the words were found, and the title and passage with brackets around
/// what was meant.
const SEARCH: &str = "query($query: String!, $filter: ResourceSearchFilter) { resourceSearch(query: $query, filter: $filter) { \
    totalCount leftOut edges { foundIn node { id } title { text matched } snippet { text matched } } } }";

async fn search(client: &Client, query: &str, filter: Value) -> Value {
    let answer = client
        .query(SEARCH, json!({ "query": query, "filter": filter }))
        .await;
    answer.data("/resourceSearch").clone()
}

/// The versions that a search finds, in order.
async fn found(client: &Client, query: &str) -> Vec<String> {
    found_among(client, query, Value::Null).await
}

async fn found_among(client: &Client, query: &str, filter: Value) -> Vec<String> {
    let results = search(client, query, filter).await;
    let edges = results["edges"].as_array().unwrap();
    assert_eq!(results["totalCount"], edges.len(), "{query}");
    edges
        .iter()
        .map(|edge| edge["node"]["id"].as_str().unwrap().to_owned())
        .collect()
}

fn version(name: &str) -> String {
    id("resource_version", name)
}

fn marked(segments: &Value) -> String {
    let segments = segments.as_array().unwrap().iter();
    let text = |segment: &Value| segment["text"].as_str().unwrap().to_owned();
    segments
        .map(|segment| match &segment["matched"] {
            Value::Bool(true) => format!("[{}]", text(segment)),
            _ => text(segment),
        })
        .collect()
}

async fn refusal(client: &Client, query: &str) -> String {
    let answer = client.query(SEARCH, json!({ "query": query })).await;
    let error = &answer.json["errors"][0];
    assert_eq!(
        error["extensions"]["code"], "INVALID_ARGUMENT",
        "{query}: {}",
        answer.text
    );
    error["message"].as_str().unwrap().to_owned()
}

both_databases! {
    /// As the contract says: PostgreSQL knows the beginning of a very long text, SQLite all of it.
    async fn a_very_long_text_is_found_as_far_as_the_contract_says(world: World) {
        let filling = "ordinary ".repeat(20_000);
        write(&world, "guide 2", "Long", None, &format!("Heron. {filling}Kingfisher.")).await;
        let public = world.client("anonymous");
        assert_eq!(found(&public, "heron").await, [version("guide 2")]);
        let is_whole = world.connection().get_database_backend() == sea_orm::DbBackend::Sqlite;
        assert_eq!(found(&public, "kingfisher").await.len(), usize::from(is_whole));
        let query = "{ __type(name: \"Query\") { fields { name description } } }";
        let answer = public.query(query, Value::Null).await;
        let fields = answer.data("/__type/fields").as_array().unwrap();
        let search = fields.iter().find(|field| field["name"] == "resourceSearch").unwrap();
        assert!(search["description"].as_str().unwrap().contains("first 150,000"), "{search}");
    }

    async fn words_are_found_in_any_form(world: World) {
        write(&world, "guide 2", "Caring at home", None, "Workers knock, and wait. The **Café** on Müller's corner; co-production.").await;
        write(&world, "pledge 1", "A pledge", None, "We ask before we decide. Homes are no offices.").await;
        let anyone = world.client("anonymous");
        for query in [
            "care", "cares", "CARING", "knocking", "cafe", "CAFÉ", "muller", "\"at home\"", "\"caring at home\"", "co-production",
            "production", "work* knock", "caring -decide", "“café on muller”", "the café",
        ] {
            assert_eq!(found(&anyone, query).await, [version("guide 2")], "{query}");
        }
        for query in ["\"home at\"", "caring -knocked", "carpet", "knockab*", "production-co", "caring decide"] {
            assert_eq!(found(&anyone, query).await, Vec::<String>::new(), "{query}");
        }
        // In the title before what is in the text.
        assert_eq!(found(&anyone, "home").await, [version("guide 2"), version("pledge 1")]);
    }

    async fn where_the_words_stand_decides_the_order(world: World) {
        write(&world, "guide 2", "Something else", None, "On the last page: meals.").await;
        write(&world, "pledge 1", "Another thing", Some("About meals."), "Text.").await;
        write(&world, "fernley-guide 1", "Meals together", None, "Text.").await;
        let results = search(&world.client("anonymous"), "meal", Value::Null).await;
        let places: Vec<_> = results["edges"].as_array().unwrap().iter()
            .map(|edge| (edge["node"]["id"].as_str().unwrap(), edge["foundIn"].as_str().unwrap())).collect();
        let (title, introduction, text) = (version("fernley-guide 1"), version("pledge 1"), version("guide 2"));
        assert_eq!(places, [(&*title, "TITLE"), (&*introduction, "INTRODUCTION"), (&*text, "TEXT")]);
    }

    async fn topics_are_searched_and_follow_their_resource(world: World) {
        let anyone = world.client("anonymous");
        about(&world, "pledge", &["hot meals", "transport"]).await;
        assert_eq!(found(&anyone, "transport").await, [version("pledge 1")]);
        assert_eq!(found(&anyone, "\"hot meals\"").await, [version("pledge 1")]);
        about(&world, "pledge", &["voting"]).await;
        assert_eq!(found(&anyone, "transport").await, Vec::<String>::new());
        assert_eq!(found(&anyone, "votes").await, [version("pledge 1")]);
        let about = json!({ "topic": "Voting" });
        assert_eq!(found_among(&anyone, "pledge", about).await, [version("pledge 1")]);
    }

    async fn what_is_written_counts_at_once(world: World) {
        let anyone = world.client("anonymous");
        write(&world, "guide 2", "First", None, "walnut").await;
        assert_eq!(found(&anyone, "walnut").await, [version("guide 2")]);
        write(&world, "guide 2", "First", None, "hazel").await;
        assert_eq!(found(&anyone, "walnut").await, Vec::<String>::new());
        assert_eq!(found(&anyone, "hazel").await, [version("guide 2")]);
    }

    async fn what_is_over_counts_at_once(world: World) {
        let anyone = world.client("anonymous");
        write(&world, "guide 2", "Elm", None, "elm").await;
        for (status, expected) in [
            (ResourceVersionStatus::Superseded, vec![]),
            (ResourceVersionStatus::Published, vec![version("guide 2")]),
        ] {
            becomes(&world, "guide 2", status).await;
            assert_eq!(found(&anyone, "elm").await, expected, "{status:?}");
            let any = json!({ "status": ["PUBLISHED", "SUPERSEDED"] });
            assert_eq!(found_among(&anyone, "elm", any).await, [version("guide 2")], "{status:?}");
        }
    }

    /// Drafts are their authors' own, also for who wrote the version before; what was withdrawn stays with its adopters.
    async fn what_may_not_be_read_is_not_found(world: World) {
        let all = json!({ "status": ["DRAFT", "REVIEW", "SIGNED_OFF", "PUBLISHED", "SUPERSEDED", "WITHDRAWN"] });
        for name in ["guide 1", "guide 2", "guide 3", "policy 1", "toolkit 1", "recalled 1", "fernley-draft 1"] {
            write(&world, name, "Wolfram", Some("Wolfram"), "Wolfram").await;
        }
        for (who, expected) in [
            ("anonymous", vec!["guide 1", "guide 2"]),
            ("provider-user", vec!["guide 1", "guide 2", "guide 3"]),
            ("board-member", vec!["guide 1", "guide 2", "policy 1", "recalled 1", "toolkit 1"]),
            ("stranger", vec!["fernley-draft 1", "guide 1", "guide 2"]),
            ("user-led-admin", vec!["guide 1", "guide 2", "guide 3", "policy 1", "recalled 1", "toolkit 1"]),
        ] {
            let mut ids = found_among(&world.client(who), "wolfram", all.clone()).await;
            ids.sort();
            let mut expected: Vec<_> = expected.into_iter().map(version).collect();
            expected.sort();
            assert_eq!(ids, expected, "{who}");
        }
        // Without being asked for, what is over is not there.
        assert_eq!(found(&world.client("anonymous"), "wolfram").await, [version("guide 2")]);
    }

    /// Not in number, nor in order, nor in what is shown: whatever is written where the viewer may not read, the answer has the
    /// same bytes.
    async fn what_is_hidden_changes_nothing(world: World) {
        write(&world, "guide 2", "Lunch and supper", None, "Lunch lunch supper.").await;
        write(&world, "pledge 1", "Supper and lunch", None, "Supper supper lunch.").await;
        write(&world, "fernley-guide 1", "Meals", None, "Supper, lunch.").await;
        let anyone = world.client("anonymous");
        let ask = async || {
            let mut heard = String::new();
            for query in ["lunch", "supper", "lunch supper", "supp*", "\"lunch supper\"", "meals -breakfast"] {
                heard += &anyone.query(SEARCH, json!({ "query": query })).await.text;
            }
            heard
        };
        let before = ask().await;
        assert!(before.contains(&version("guide 2")));
        for name in ["guide 3", "policy 1", "toolkit 1", "recalled 1", "fernley-draft 1"] {
            write(&world, name, "Lunch", Some("lunch lunch"), &"lunch supper ".repeat(200)).await;
        }
        assert_eq!(ask().await, before);
    }

    /// Of a text that is longer than an index takes, the beginning is found; and no text is refused for its length, not even one whose
    /// characters become many when they are taken apart.
    async fn long_texts_are_found_by_their_beginning(world: World) {
        let anyone = world.client("anonymous");
        let words: String = (0..120_000).map(|number| format!("w{number} ")).collect();
        write(&world, "guide 2", "Long", None, &format!("Walnut {words}")).await;
        assert_eq!(found(&anyone, "walnut w100").await, [version("guide 2")]);
        write(&world, "guide 2", "Long", None, &format!("Hazel {}", "\u{fdfa} ".repeat(100_000))).await;
        assert_eq!(found(&anyone, "hazel").await, [version("guide 2")]);
    }

    async fn results_are_narrowed(world: World) {
        let anyone = world.client("anonymous");
        write(&world, "guide 2", "Oak", None, "oak").await;
        write(&world, "pledge 1", "Oak", None, "oak").await;
        let of = |owner: &str| json!({ "ownerOrganisation": id("organisation", owner) });
        assert_eq!(found_among(&anyone, "oak", of("cedar-voices")).await, [version("pledge 1")]);
        assert_eq!(found_among(&anyone, "oak", of("fernley-council")).await, Vec::<String>::new());
        let another_kind = json!({ "ownerOrganisation": id("person", "visitor") });
        assert_eq!(found_among(&anyone, "oak", another_kind).await, Vec::<String>::new());
        assert_eq!(found_among(&anyone, "oak", json!({ "kind": ["GUIDE"] })).await.len(), 2);
        assert_eq!(found_among(&anyone, "oak", json!({ "kind": ["VIDEO", "TOOL"] })).await, Vec::<String>::new());
    }

    /// Stretches of plain text: what the author typed is never markup, and what was meant is told apart.
    async fn results_show_what_was_meant(world: World) {
        let body = "# Start\n\nNothing of it here. ".to_owned() + &"More words. ".repeat(40)
            + "\n\nThen **carers** say <script>alert(1)</script> [what they need](https://example.org) to care well.\n\n"
            + &"And more. ".repeat(40);
        write(&world, "guide 2", "Needs of carers", None, &body).await;
        let results = search(&world.client("anonymous"), "need carers", Value::Null).await;
        let edge = &results["edges"][0];
        assert_eq!(marked(&edge["title"]), "[Needs] of [carers]");
        let snippet = marked(&edge["snippet"]);
        assert!(snippet.contains("Then [carers] say <script>alert(1)</script> what they [need] to care well."), "{snippet}");
        assert!(snippet.starts_with("… ") && snippet.ends_with(" …"), "{snippet}");
        assert!(!snippet.contains("https://") && !snippet.contains("**"), "{snippet}");
    }

    async fn a_search_that_can_find_nothing_says_why(world: World) {
        let anyone = world.client("anonymous");
        for (query, helps) in [
            ("", "Say what to look for"),
            (" \"\" * - ", "Say what to look for"),
            ("the of and", "almost every text"),
            ("-care", "say what to look for, too"),
            (&"long ".repeat(60), "can have 200"),
            ("a1 b2 c3 d4 e5 f6 g7 h8 i9 j0 k1 l2 m3 n4 o5 p6 q7", "can have 16"),
        ] {
            let message = refusal(&anyone, query).await;
            assert!(message.contains(helps), "{query}: {message}");
        }
        let results = search(&anyone, "the canary", Value::Null).await;
        assert_eq!(results["leftOut"], json!(["the"]));
    }

    /// Whatever is typed means something: no operator of either database gets through.
    async fn nothing_that_is_typed_is_an_error(world: World) {
        let anyone = world.client("anonymous");
        for query in [
            "canary\"", "\"canary", "canary'", "'canary' & !", "canary & | ! ( ) <-> :*", "canary:A", "canary:*", "canary OR", "AND canary",
            "NOT canary", "NEAR(canary text, 2)", "title : canary", "{title text} : canary", "^canary", "canary + text", "canary*text",
            "canary; DROP TABLE resource_version", "canary\\", "canary\u{1}7", "canary -- text", "canary $1 ? ?1", "canary -",
            "ca\u{301}nary", "🦽 canary 👩🏽‍🦽", "canary \u{202e}", "канарейка canary*", "%canary%", "_canary", "canary\ncanary\tcanary",
            "resource_version_words MATCH canary", "rank canary", "c* a* n*",
        ] {
            let answer = anyone.query(SEARCH, json!({ "query": query })).await;
            assert!(answer.json["errors"].is_null(), "{query:?}: {}", answer.text);
        }
    }

    /// However many results: the page (in two, where titles and introductions do not fill it), the versions with what is joined, and one for
    /// each list below them.
    async fn statements_do_not_grow_with_results(world: World) {
        publish(&world, 0..30, |number| (format!("Elm {number}"), None, "elm".into())).await;
        let anyone = world.client("anonymous");
        let ask = async |first: i32| {
            let query = "query($first: Int) { resourceSearch(query: \"elm\", first: $first) { \
                edges { title { text } node { title resource { title ownerOrganisation { name } } renditions(first: 2) { nodes { format } } } } } }";
            let answer = anyone.query(query, json!({ "first": first })).await;
            let edges = answer.data("/resourceSearch/edges").as_array().unwrap();
            assert_eq!(edges.len(), usize::try_from(first).unwrap());
            assert!(edges.iter().all(|edge| edge["node"]["resource"]["ownerOrganisation"]["name"].is_string()), "{}", answer.text);
            answer.statements.len()
        };
        // On PostgreSQL what is found comes with the renditions below it.
        let is_in_parts = world.connection().get_database_backend() == sea_orm::DbBackend::Sqlite;
        let expected = if is_in_parts { (3, 4) } else { (2, 3) };
        assert_eq!((ask(2).await, ask(30).await), expected);
    }

    async fn a_search_costs_what_it_is(world: World) {
        let anyone = world.client("anonymous");
        let results = |times: usize| -> String {
            let one = |n| format!("a{n}: resourceSearch(query: \"canary\", first: 20) {{ edges {{ node {{ bodyHtml }} }} }} ");
            format!("{{ {} }}", (0..times).map(one).collect::<String>())
        };
        assert!(anyone.query(&results(2), Value::Null).await.json["errors"].is_null());
        let answer = anyone.query(&results(5), Value::Null).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["code"], "COST_LIMIT_EXCEEDED", "{}", answer.text);
    }
}
