//! The format that a reader is offered, and how resources are found.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{does, existing, on};

async fn best(client: &Client) -> Value {
    let query = "query($id: ID!) { resource(id: $id) { bestRendition { reason format rendition { id } } } }";
    let answer = client
        .query(query, json!({ "id": id("resource", "guide") }))
        .await;
    answer.data("/resource/bestRendition").clone()
}

both_databases! {
    async fn a_reader_is_offered_the_format_they_need(world: World) {
        let none = json!({ "reason": "NO_PREFERENCE", "format": "STANDARD", "rendition": null });
        assert_eq!(best(&world.client("anonymous")).await, none);
        let reader = world.client("stranger");
        let easy = id("rendition", "guide 2 EASY_READ en");
        // Their details say Easy Read, and a language that nothing is in.
        let shown = best(&reader).await;
        assert_eq!(shown, json!({ "reason": "OTHER_LANGUAGE", "format": "EASY_READ", "rendition": { "id": easy } }));
        let person = does(&reader, "personUpdate", on(&existing("person", "stranger"), json!({ "language": "en" }))).await;
        assert_eq!(best(&reader).await["reason"], "EXACT");
        let person = does(&reader, "personUpdate", on(&person, json!({ "preferredFormat": "PHOTO_SYMBOLS" }))).await;
        assert_eq!(best(&reader).await, json!({ "reason": "NEAREST_FORMAT", "format": "EASY_READ", "rendition": { "id": easy } }));
        // Large print is there, but nobody has checked it yet: it is not offered.
        does(&reader, "personUpdate", on(&person, json!({ "preferredFormat": "LARGE_PRINT" }))).await;
        assert_eq!(best(&reader).await, json!({ "reason": "STANDARD_ONLY", "format": "STANDARD", "rendition": null }));
    }

    async fn resources_are_found_by_topic_and_target_group(world: World) {
        let council = world.client("council-admin");
        let about = json!({ "topics": ["Home  Care", "money"], "targetGroups": ["DEMENTIA", "CARERS"] });
        does(&council, "resourceUpdate", on(&existing("resource", "guide"), about)).await;
        let query = "query($filter: ResourceFilter) { resources(filter: $filter) { nodes { id } } }";
        let public = world.client("anonymous");
        for (filter, number) in [
            (json!({ "topic": "HOME CARE" }), 1),
            (json!({ "topic": "home" }), 0),
            (json!({ "targetGroup": ["DEMENTIA"] }), 1),
            (json!({ "targetGroup": ["DEMENTIA", "CARERS"] }), 4),
            (json!({ "targetGroup": ["CHILDREN"] }), 0),
            (json!({ "status": ["WITHDRAWN"] }), 1),
            (json!({ "ownerOrganisation": id("organisation", "cedar-voices") }), 1),
        ] {
            let answer = public.query(query, json!({ "filter": filter })).await;
            assert_eq!(answer.data("/resources/nodes").as_array().unwrap().len(), number, "{filter}");
        }
    }
}
