//! Texts as they are shown, and what changed between two.

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::write;

const TEXTS: &str = "query($id: ID!) { resourceVersion(id: $id) { bodyHtml bodyPlain bodyWords } }";
const DIFFERENCE: &str = "query($from: ID!, $to: ID!) { resourceVersionDifference(from: $from, to: $to) { \
    from { number } to { number } title { kind text } summary { kind text } body { kind text } \
    insertedWords deletedWords equalWords } }";

fn versions(from: &str, to: &str) -> Value {
    json!({ "from": id("resource_version", from), "to": id("resource_version", to) })
}

/// The text of one side.
fn side(segments: &Value, without: &str) -> String {
    let kept = segments
        .as_array()
        .unwrap()
        .iter()
        .filter(|segment| segment["kind"] != without);
    kept.map(|segment| segment["text"].as_str().unwrap()).collect()
}

both_databases! {
    async fn texts_are_shown_safely(world: World) {
        let body = "# Being heard\n\nAsk **first**. [Evil](javascript:alert(1)) <img src=x onerror=alert(1)>\n";
        write(&world, "guide 2", "Guide", None, body).await;
        let answer = world.client("anonymous").query(TEXTS, json!({ "id": id("resource_version", "guide 2") })).await;
        assert_eq!(answer.data("/resourceVersion"), &json!({
            "bodyHtml": "<h2>Being heard</h2>\n<p>Ask <strong>first</strong>. <a rel=\"nofollow noopener\">Evil</a> \
                &lt;img src=x onerror=alert(1)&gt;</p>\n",
            "bodyPlain": "Being heard\nAsk first. Evil <img src=x onerror=alert(1)>\n",
            "bodyWords": 8,
        }));
    }

    async fn two_versions_are_compared_word_by_word(world: World) {
        write(&world, "guide 1", "Guide", Some("For workers."), "Workers tell people what happens.").await;
        write(&world, "guide 2", "Guide", None, "Workers ask people what should happen.").await;
        let answer = world.client("anonymous").query(DIFFERENCE, versions("guide 1", "guide 2")).await;
        let difference = answer.data("/resourceVersionDifference");
        assert_eq!((&difference["from"]["number"], &difference["to"]["number"]), (&json!(1), &json!(2)));
        assert_eq!(difference["title"], json!([{ "kind": "EQUAL", "text": "Guide" }]));
        assert_eq!(difference["summary"], json!([{ "kind": "DELETED", "text": "For workers." }]));
        let body = &difference["body"];
        assert_eq!(side(body, "INSERTED"), "Workers tell people what happens.");
        assert_eq!(side(body, "DELETED"), "Workers ask people what should happen.");
        assert_eq!(body[1], json!({ "kind": "DELETED", "text": "tell" }));
        assert_eq!(body[2], json!({ "kind": "INSERTED", "text": "ask" }));
        let words = ["insertedWords", "deletedWords", "equalWords"].map(|field| difference[field].as_i64().unwrap());
        assert_eq!(words, [3, 4, 4]);
    }

    /// A version that may not be read is as one that never was: not even whether it differs is told.
    async fn a_version_that_may_not_be_read_is_not_compared(world: World) {
        let anyone = world.client("anonymous");
        let author = world.client("provider-user");
        let with_draft = versions("guide 2", "guide 3");
        assert!(author.query(DIFFERENCE, with_draft.clone()).await.data("/resourceVersionDifference").is_object());
        let hidden = anyone.query(DIFFERENCE, with_draft).await;
        let absent = anyone.query(DIFFERENCE, versions("guide 2", "no such version")).await;
        assert_eq!(hidden.data("/resourceVersionDifference"), &Value::Null);
        assert_eq!(hidden.text, absent.text);
        let turned = anyone.query(DIFFERENCE, versions("guide 3", "guide 2")).await;
        assert_eq!(turned.text, absent.text);
        let wrong_kind = json!({ "from": id("resource_version", "guide 2"), "to": id("person", "visitor") });
        assert_eq!(anyone.query(DIFFERENCE, wrong_kind).await.text, absent.text);
    }
}
