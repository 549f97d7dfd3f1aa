//! What the stories of Nottingham and Manor show to whom.

use super::*;

#[test]
fn whoever_did_not_agree_to_be_named_is_not_named() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ resources(first: 1, filter: { kind: [POLICY] }) { nodes { versions(first: 1) { nodes { contributors(first: 5) { nodes {
        role credit { visibility name } person { displayName } contribution { acceptedPence } } } } } } } }";
        let contributors = |answer: &Json| {
            answer["data"]["resources"]["nodes"][0]["versions"]["nodes"][0]["contributors"]["nodes"].clone()
        };
        let read = |role: &str, credit: Json, person: Json, pence: Json| json!({ "role": role, "credit": credit, "person": person, "contribution": pence });
        let named = |name: &str| json!({ "visibility": "VISIBLE", "name": name });
        let hidden = json!({ "visibility": "HIDDEN", "name": null });
        let seen = world.ask("Anonymous", query, Map::new()).await;
        let of_the_public = json!([
            read("AUTHOR", named("Winnie Aspinall"), Json::Null, Json::Null),
            read("REVIEWER", hidden, Json::Null, Json::Null),
            read("TESTER", named("Brook Residents"), Json::Null, Json::Null),
        ]);
        assert_eq!(contributors(&seen), of_the_public, "{seen}");
        // What she was paid is hers to read.
        let own = world.ask("manor-editor", query, Map::new()).await;
        assert_eq!(
            contributors(&own)[0]["contribution"],
            json!({ "acceptedPence": 6_000 }),
            "{own}"
        );
    });
}

#[test]
fn a_pledge_that_was_taken_back_is_told_to_whom_it_was_given() {
    on_a_worker(async || {
        let world = World::loaded().await;
        let query = "{ adoptions(filter: { status: [WITHDRAWN] }) { nodes { organisation { name } withdrawnReason } } }";
        let mut found = Vec::new();
        for viewer in ["Anonymous", "nottingham-admin", "stranger"] {
            let answer = world.ask(viewer, query, Map::new()).await;
            found.push(answer["data"]["adoptions"]["nodes"].as_array().unwrap().len());
        }
        assert_eq!(found, [0, 1, 0]);
    });
}
