//! From the first draft to publication and the next version.

use harness::{World, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

/// What the audit says of changes, and why they were made.
async fn trail(world: &World) -> String {
    let events = world.rows().await.audit_event;
    let told = events.iter().map(|event| {
        format!(
            "{} {}",
            event.changed,
            event.reason.as_deref().unwrap_or_default()
        )
    });
    told.collect()
}

/// A resource of the council with an author, a reviewer with lived experience and a user group, and its version.
async fn begun(world: &World) -> (Value, Value) {
    let council = world.client("council-admin");
    let resource = does(
        &council,
        "resourceCreate",
        json!({
            "ownerOrganisationId": id("organisation", "ashdown-council"),
            "kind": "GUIDE",
            "title": "Handling money",
            "topics": ["Money"],
            "signerPersonId": id("person", "researcher"),
        }),
    )
    .await;
    let version = resource["versions"]["nodes"][0].clone();
    for (field, who, role, lived) in [
        ("personId", id("person", "board-member"), "AUTHOR", false),
        ("personId", id("person", "visitor"), "REVIEWER", true),
        (
            "organisationId",
            id("organisation", "cedar-voices"),
            "TESTER",
            false,
        ),
    ] {
        let input = json!({
            "resourceVersionId": version["id"], field: who, "role": role, "livedExperience": lived, "lead": role == "AUTHOR",
        });
        does(&council, "contributorAdd", input).await;
    }
    (resource, version)
}

fn review(version: &Value, verdict: &str) -> Value {
    json!({
        "resourceVersionId": version["id"], "contentRevision": version["contentRevision"], "verdict": verdict,
        "comment": "The second sentence is hard.",
    })
}

both_databases! {
    async fn it_is_written_reviewed_signed_off_and_published(world: World) {
        let (author, reviewer) = (world.client("board-member"), world.client("visitor"));
        let (signer, group, council) =
            (world.client("researcher"), world.client("user-led-admin"), world.client("council-admin"));
        let (resource, version) = begun(&world).await;
        let missing = refused(&author, "resourceVersionSubmit", on(&version, json!({}))).await;
        assert_eq!(missing, ["REQUIRED at input.id", "REQUIRED at input.id"], "a text and a licence");
        let text = json!({ "body": "Nobody hears this sentence before.", "licence": "CC-BY-4.0" });
        let version = does(&author, "resourceVersionUpdate", on(&version, text)).await;
        assert_eq!(version["contentRevision"], 2);
        assert_eq!(refused(&reviewer, "resourceReviewAdd", review(&version, "APPROVE")).await,
            ["INACTIVE at input.resourceVersionId"]);
        let early = refused(&signer, "resourceVersionSignOff", on(&version, json!({}))).await;
        assert_eq!(early, ["ILLEGAL_TRANSITION at input.id"]);
        let version = does(&author, "resourceVersionSubmit", on(&version, json!({}))).await;

        // Nobody reviews what they wrote, and nobody signs off what nobody with lived experience approved.
        assert_eq!(refused(&author, "resourceReviewAdd", review(&version, "APPROVE")).await, ["FORBIDDEN at input"]);
        assert_eq!(refused(&signer, "resourceVersionSignOff", on(&version, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let asked = does(&reviewer, "resourceReviewAdd", review(&version, "CHANGES")).await;
        let read = review(&version, "APPROVE");
        let version = does(&author, "resourceVersionUpdate", on(&version, json!({ "body": "It is easier now." }))).await;
        let late = refused(&reviewer, "resourceReviewAdd", read).await;
        assert_eq!(late, ["CONFLICT at input.contentRevision"], "an approval counts for the text that was read");
        does(&reviewer, "resourceReviewAdd", review(&version, "APPROVE")).await;
        assert_eq!(refused(&signer, "resourceVersionSignOff", on(&version, json!({}))).await,
            ["RULE_BROKEN at input.id"], "the changes are not settled");
        does(&author, "resourceReviewResolve", on(&asked, json!({ "resolution": "It is shorter." }))).await;
        assert_eq!(refused(&council, "resourceVersionSignOff", on(&version, json!({}))).await, ["FORBIDDEN at input"]);
        let version = does(&signer, "resourceVersionSignOff", on(&version, json!({}))).await;
        let late = refused(&author, "resourceVersionUpdate", on(&version, json!({ "body": "Late." }))).await;
        assert_eq!(late, ["INACTIVE at input.id"]);

        // It is published in a format that many can read, checked by those it is for.
        assert_eq!(refused(&council, "resourceVersionPublish", on(&version, json!({}))).await, ["RULE_BROKEN at input.id"]);
        let easy = json!({ "resourceVersionId": version["id"], "format": "EASY_READ", "body": "Short." });
        let easy = does(&author, "renditionAdd", easy).await;
        assert_eq!(refused(&council, "resourceVersionPublish", on(&version, json!({}))).await, ["RULE_BROKEN at input.id"]);
        assert_eq!(refused(&author, "renditionCheck", on(&easy, json!({ "contentRevision": 3 }))).await, ["FORBIDDEN at input"]);
        let old = refused(&group, "renditionCheck", on(&easy, json!({ "contentRevision": 2 }))).await;
        assert_eq!(old, ["CONFLICT at input.contentRevision"], "they tried another text");
        let easy = does(&group, "renditionCheck", on(&easy, json!({ "contentRevision": 3 }))).await;
        assert_eq!(easy["isStale"], false);
        assert_eq!(easy["checkedByOrganisation"]["id"], id("organisation", "cedar-voices"));
        assert_eq!(refused(&author, "renditionUpdate", on(&easy, json!({ "body": "Other." }))).await, ["INACTIVE at input.id"]);
        let version = does(&council, "resourceVersionPublish", on(&version, json!({}))).await;
        assert_eq!(version["status"], "PUBLISHED");
        let query = "query($id: ID!) { resource(id: $id) { title status versions { totalCount nodes { body \
            renditions { nodes { format } } reviews { totalCount } } } } }";
        let seen = world.client("anonymous").query(query, json!({ "id": resource["id"] })).await;
        assert_eq!(*seen.data("/resource"), json!({
            "title": "Handling money", "status": "PUBLISHED",
            "versions": { "totalCount": 1, "nodes": [{ "body": "It is easier now.",
                "renditions": { "nodes": [{ "format": "EASY_READ" }] }, "reviews": { "totalCount": 0 } }] },
        }));

        // What a draft said stands in no audit.
        assert!(!trail(&world).await.contains("Nobody hears this sentence"), "the audit keeps drafts");
    }

    async fn a_change_of_the_text_makes_renditions_stale_and_approvals_out_of_date(world: World) {
        let (author, signer) = (world.client("board-member"), world.client("researcher"));
        let version = existing("resource_version", "policy 1");
        let version = does(&author, "resourceVersionUpdate", on(&version, json!({ "summary": "In short." }))).await;
        assert_eq!(version["contentRevision"], 3);
        let query = "query($id: ID!) { rendition(id: $id) { isStale } }";
        let easy = json!({ "id": id("rendition", "policy 1 EASY_READ en") });
        assert_eq!(*author.query(query, easy).await.data("/rendition/isStale"), true);
        let refusal = refused(&signer, "resourceVersionSignOff", on(&version, json!({}))).await;
        assert_eq!(refusal, ["RULE_BROKEN at input.id"]);
        // What is not said in it does not count.
        let version = does(&author, "resourceVersionUpdate", on(&version, json!({ "licence": "CC0-1.0" }))).await;
        assert_eq!(version["contentRevision"], 3);
    }

    async fn another_version_takes_the_place_of_the_one_before(world: World) {
        let (council, author) = (world.client("council-admin"), world.client("provider-user"));
        let (reviewer, signer, group) =
            (world.client("visitor"), world.client("researcher"), world.client("user-led-admin"));
        let version = existing("resource_version", "guide 3");
        let version = does(&author, "resourceVersionSubmit", on(&version, json!({}))).await;
        // A rejection stands until the reviewer takes it back.
        let rejected = existing("resource_review", "guide 3 visitor");
        let settled = json!({ "resolution": "We talked." });
        assert_eq!(refused(&author, "resourceReviewResolve", on(&rejected, settled.clone())).await, ["RULE_BROKEN at input.id"]);
        does(&reviewer, "resourceReviewResolve", on(&rejected, settled)).await;
        does(&reviewer, "resourceReviewAdd", review(&version, "APPROVE")).await;
        let version = does(&signer, "resourceVersionSignOff", on(&version, json!({}))).await;
        let large = existing("rendition", "guide 3 LARGE_PRINT en");
        does(&group, "renditionCheck", on(&large, json!({ "contentRevision": 2 }))).await;
        let version = does(&council, "resourceVersionPublish", on(&version, json!({}))).await;
        assert_eq!(version["number"], 3);
        let rows = world.rows().await;
        let statuses: Vec<_> = (1..=3).map(|number| {
            let of = harness::uuid("resource_version", &format!("guide {number}"));
            rows.resource_version.iter().find(|row| row.id.0 == of).unwrap().status.to_string()
        }).collect();
        assert_eq!(statuses, ["SUPERSEDED", "SUPERSEDED", "PUBLISHED"]);
        let withdrawn = does(&council, "resourceVersionWithdraw", on(&version, json!({ "reason": "A mistake." }))).await;
        assert_eq!(withdrawn["withdrawnReason"], "A mistake.");
        assert!(!trail(&world).await.contains("A mistake."), "the reason is read where the version is");
        let query = "query($id: ID!) { resource(id: $id) { status versions { nodes { number } } } }";
        let seen = world.client("anonymous").query(query, json!({ "id": id("resource", "guide") })).await;
        assert_eq!(*seen.data("/resource"), json!({ "status": "WITHDRAWN", "versions": { "nodes": [{ "number": 1 }, { "number": 2 }] } }));
        let next = does(&council, "resourceVersionDraft", json!({ "resourceId": id("resource", "guide") })).await;
        assert_eq!((&next["number"], &next["status"]), (&json!(4), &json!("DRAFT")));
        // Nobody of an earlier version sees the next one before they are named for it.
        let query = "query($id: ID!) { node(id: $id) { id } }";
        for earlier in ["board-member", "provider-user", "visitor", "user-led-admin"] {
            let seen = world.client(earlier).query(query, json!({ "id": next["id"] })).await;
            assert!(seen.data("/node").is_null(), "{earlier}");
        }
    }

    async fn contributors_stay_from_sign_off_but_for_testers(world: World) {
        let council = world.client("council-admin");
        let add = |role: &str, version: &str| json!({
            "resourceVersionId": id("resource_version", version), "personId": id("person", "board-chair"), "role": role,
        });
        assert_eq!(refused(&council, "contributorAdd", add("EDITOR", "toolkit 1")).await, ["INACTIVE at input.resourceVersionId"]);
        does(&council, "contributorAdd", add("TESTER", "toolkit 1")).await;
        let author = existing("contributor", "toolkit 1 board-member");
        let kept = change(&council, "contributorUpdate", on(&author, json!({ "lead": false }))).await;
        assert_eq!(kept.user_errors("answer"), ["INACTIVE at input.id"]);
        // By which name they are credited stays the person's own to say.
        let own = does(&world.client("board-member"), "contributorUpdate", on(&author, json!({ "creditName": null }))).await;
        assert_eq!(own["credit"]["name"], Value::Null);
    }
}
