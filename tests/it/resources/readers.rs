//! The format that a reader is offered, and how resources are found.

use entity::resources::{rendition, resource_version};
use harness::{Client, both_databases, id, uuid};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
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

    /// Without a text there is nothing to fall back to, and nobody is told that there is; without a rendition, the text is what
    /// it is for this reader.
    async fn where_there_is_nothing_for_a_reader_it_says_so(world: World) {
        let (reader, public) = (world.client("stranger"), world.client("anonymous"));
        let person = does(&reader, "personUpdate", on(&existing("person", "stranger"), json!({ "language": "en" }))).await;
        let person = does(&reader, "personUpdate", on(&person, json!({ "preferredFormat": "BRAILLE" }))).await;
        let nothing = json!({ "reason": "NONE", "format": "STANDARD", "rendition": null });
        assert_eq!(best(&reader).await["reason"], "STANDARD_ONLY");
        let film = resource_version::ActiveModel {
            id: Set(uuid("resource_version", "guide 2").into()),
            body: Set(None),
            ..Default::default()
        };
        film.update(world.connection()).await.unwrap();
        assert_eq!(best(&reader).await, nothing);
        let easy = id("rendition", "guide 2 EASY_READ en");
        let first = json!({ "reason": "NO_PREFERENCE", "format": "EASY_READ", "rendition": { "id": easy } });
        assert_eq!(best(&public).await, first, "nothing speaks against what is there");
        rendition::Entity::delete_many().exec(world.connection()).await.unwrap();
        assert_eq!(best(&reader).await, nothing);
        assert_eq!(best(&public).await, nothing);
        let text = resource_version::ActiveModel {
            id: Set(uuid("resource_version", "guide 2").into()),
            body: Set(Some("Ask first.".to_owned())),
            ..Default::default()
        };
        text.update(world.connection()).await.unwrap();
        assert_eq!(best(&reader).await["reason"], "STANDARD_ONLY");
        assert_eq!(best(&public).await["reason"], "NO_PREFERENCE");
        // Whoever wants just the text gets just that, though there is no rendition at all.
        does(&reader, "personUpdate", on(&person, json!({ "preferredFormat": "STANDARD" }))).await;
        assert_eq!(best(&reader).await, json!({ "reason": "EXACT", "format": "STANDARD", "rendition": null }));
        // Of a version it is the same, of several at once, published or not.
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on ResourceVersion { bestRendition { reason } } } }";
        let ids = json!([id("resource_version", "guide 1"), id("resource_version", "guide 2")]);
        let answer = reader.query(query, json!({ "ids": ids })).await;
        assert_eq!(answer.data("/nodes"), &json!([{ "bestRendition": { "reason": "EXACT" } }, { "bestRendition": { "reason": "EXACT" } }]));
        let draft = "query($id: ID!) { resource(id: $id) { bestRendition { reason } } }";
        let draft = world.client("council-admin").query(draft, json!({ "id": id("resource", "policy") })).await;
        assert_eq!(draft.data("/resource/bestRendition/reason"), "NONE");
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
