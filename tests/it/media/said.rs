//! What is said about a file: its name, its language, its captions and its transcript.

use entity::resources::rendition;
use harness::{Answer, World, both_databases, id, uuid};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};

use super::wire::*;

const UPDATE: &str = "mutation($input: MediaUpdateInput!) { mediaUpdate(input: $input) { \
    media { id fileName language transcript captions { id } transcriptFile { id } version } userErrors { code message path } } }";

async fn update(world: &World, viewer: &str, id: &str, version: i32, more: Value) -> Answer {
    let mut input = more;
    input["id"] = json!(id);
    input["expectedVersion"] = json!(version);
    world
        .client(viewer)
        .query(UPDATE, json!({ "input": input }))
        .await
}

both_databases! {
    /// Captions are a checked file of their own; a transcript is a text or a file.
    async fn recordings_have_captions_and_a_transcript(world: World) {
        let film = id("media", "film");
        let captions = b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello.\n".to_vec();
        let mut input = input("text/vtt", captions.len());
        input["organisationId"] = json!(id("organisation", "ashdown-council"));
        input["language"] = json!("CY");
        let captions = upload(&world, "council-admin", input, captions).await;
        assert_eq!(read(&world, "council-admin", &captions.id).await["kind"], "CAPTIONS");
        assert_eq!(read(&world, "council-admin", &captions.id).await["language"], "cy");
        let said = json!({ "captionMediaId": captions.id, "transcript": "Hello.", "fileName": "A day.mp4" });
        let answer = update(&world, "council-admin", &film, 1, said).await;
        assert!(answer.user_errors("mediaUpdate").is_empty(), "{}", answer.text);
        assert_eq!(answer.data("/mediaUpdate/media/captions/id"), &json!(captions.id));
        assert_eq!(answer.data("/mediaUpdate/media/transcript"), "Hello.");

        for (said, expected) in [
            (json!({ "captionMediaId": film }), "RULE_BROKEN at input.captionMediaId"),
            (json!({ "transcriptMediaId": captions.id }), "RULE_BROKEN at input.transcriptMediaId"),
            (json!({ "captionMediaId": id("media", "interview") }), "FORBIDDEN at input.captionMediaId"),
            (json!({ "captionMediaId": id("media", "fernley") }), "NOT_FOUND at input.captionMediaId"),
            (json!({ "fileName": "a/b" }), "INVALID_FORMAT at input.fileName"),
            (json!({ "language": "English please" }), "INVALID_FORMAT at input.language"),
        ] {
            let answer = update(&world, "council-admin", &film, 2, said).await;
            assert_eq!(answer.user_errors("mediaUpdate"), [expected]);
        }
        // What a recording needs stays as long as it does.
        let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { deletedMediaId userErrors { code message path } } }";
        let version = read(&world, "council-admin", &captions.id).await["version"].clone();
        let input = json!({ "input": { "id": captions.id, "expectedVersion": version } });
        let answer = world.client("council-admin").query(delete, input).await;
        assert_eq!(answer.user_errors("mediaDelete"), ["RULE_BROKEN at input.id"]);
        let input = json!({ "input": { "id": film, "expectedVersion": 2 } });
        let answer = world.client("council-admin").query(delete, input).await;
        assert!(answer.user_errors("mediaDelete").is_empty(), "{}", answer.text);
        assert_eq!(read(&world, "council-admin", &film).await, Value::Null);
    }

    /// What was handed in stays what it was, until it is taken back; its name for people may change.
    async fn what_was_handed_in_keeps_its_captions(world: World) {
        let file = id("media", "interview");
        for (said, field) in [
            (json!({ "captionMediaId": null }), "captionMediaId"),
            (json!({ "transcriptMediaId": null }), "transcriptMediaId"),
        ] {
            let answer = update(&world, "visitor", &file, 1, said).await;
            assert_eq!(answer.user_errors("mediaUpdate"), [format!("RULE_BROKEN at input.{field}")]);
        }
        let same = json!({ "captionMediaId": id("media", "captions"), "fileName": "me.mp4" });
        let answer = update(&world, "visitor", &file, 1, same).await;
        assert!(answer.user_errors("mediaUpdate").is_empty(), "{}", answer.text);
        let take_back = "mutation($input: ApplicationWithdrawInput!) { applicationWithdraw(input: $input) { userErrors { code message path } } }";
        let mine = json!({ "input": { "id": id("application", "co-ordinator visitor"), "expectedVersion": 1 } });
        let answer = world.client("visitor").query(take_back, mine).await;
        assert!(answer.user_errors("applicationWithdraw").is_empty(), "{}", answer.text);
        let answer = update(&world, "visitor", &file, 2, json!({ "captionMediaId": null })).await;
        assert!(answer.user_errors("mediaUpdate").is_empty(), "{}", answer.text);
    }

    /// Captions and transcripts of what a version shows can be mended until it is signed off; from then on they are what people
    /// agreed to. Its name for people may change.
    async fn a_version_that_was_signed_off_keeps_its_captions(world: World) {
        let film = id("media", "film");
        let captions = b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello.\n".to_vec();
        let mut input = input("text/vtt", captions.len());
        input["organisationId"] = json!(id("organisation", "ashdown-council"));
        let captions = upload(&world, "council-admin", input, captions).await;
        let mut version = 1;
        for (of, stays) in [
            ("guide 3", false),
            ("policy 1", false),
            ("toolkit 1", true),
            ("guide 2", true),
            ("guide 1", true),
            ("recalled 1", true),
        ] {
            let shows = |media: Option<&str>| rendition::ActiveModel {
                id: Set(uuid("rendition", &format!("{of} LARGE_PRINT en")).into()),
                media_id: Set(media.map(|name| uuid("media", name).into())),
                body: Set(media.is_none().then(|| "Text".to_owned())),
                ..Default::default()
            };
            shows(Some("film")).update(world.connection()).await.unwrap();
            let said = format!("Said of {of}.");
            for (field, new) in [("captionMediaId", json!(captions.id)), ("transcript", json!(said)), ("captionMediaId", Value::Null)] {
                let answer = update(&world, "council-admin", &film, version, json!({ field: new })).await;
                let is_same = stays && field == "captionMediaId" && new.is_null();
                let expected = if stays && !is_same { vec![format!("RULE_BROKEN at input.{field}")] } else { Vec::new() };
                assert_eq!(answer.user_errors("mediaUpdate"), expected, "{of}: {field}");
                version += i32::from(expected.is_empty());
            }
            let renamed = update(&world, "council-admin", &film, version, json!({ "fileName": "film.mp4" })).await;
            assert!(renamed.user_errors("mediaUpdate").is_empty(), "{of}: {}", renamed.text);
            version += 1;
            shows(None).update(world.connection()).await.unwrap();
        }
        let film = read(&world, "council-admin", &film).await;
        assert_eq!(film["transcript"], "Said of policy 1.");
    }

    /// Whoever may only read a file says nothing about it.
    async fn only_its_owner_says_what_it_is(world: World) {
        let answer = update(&world, "board-chair", &id("media", "interview"), 1, json!({ "fileName": "mine" })).await;
        assert_eq!(answer.user_errors("mediaUpdate"), ["FORBIDDEN at input"]);
        let answer = update(&world, "stranger", &id("media", "interview"), 1, json!({ "fileName": "mine" })).await;
        assert_eq!(answer.user_errors("mediaUpdate"), ["NOT_FOUND at input.id"]);
    }

    /// The same announcement twice is one, and gives the same address.
    async fn an_announcement_is_repeated_safely(world: World) {
        let mut input = input("image/png", 100);
        input["idempotencyKey"] = json!("once-and-no-more");
        let one = announce(&world, "visitor", input.clone()).await;
        let again = announce(&world, "visitor", input).await;
        assert_eq!((one.id, one.address), (again.id, again.address));
    }
}
