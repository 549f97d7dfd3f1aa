//! Adoption of an exact version, and who asks about it.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{does, existing, on, refused};

async fn found(client: &Client, filter: Value) -> usize {
    let query = "query($filter: AdoptionFilter) { adoptions(filter: $filter) { totalCount nodes { id } } }";
    let answer = client.query(query, json!({ "filter": filter })).await;
    let nodes = answer.data("/adoptions/nodes").as_array().unwrap().len();
    assert_eq!(*answer.data("/adoptions/totalCount"), nodes);
    nodes
}

both_databases! {
    async fn a_version_is_pledged_adopted_shown_renewed_and_withdrawn(world: World) {
        let council = world.client("council-admin");
        let pledge = json!({
            "resourceVersionId": id("resource_version", "guide 2"),
            "organisationId": id("organisation", "ashdown-council"),
            "geographyId": id("geography", "ashdown"),
        });
        assert_eq!(refused(&world.client("board-chair"), "adoptionPledge", pledge.clone()).await, ["FORBIDDEN at input"]);
        let adoption = does(&council, "adoptionPledge", pledge.clone()).await;
        assert_eq!((&adoption["status"], &adoption["pledgedOn"]), (&json!("PLEDGED"), &json!("2026-03-02")));
        assert_eq!(adoption["geography"]["id"], id("geography", "ashdown"));
        assert_eq!(refused(&council, "adoptionPledge", pledge).await, ["ALREADY_EXISTS at input.organisationId"]);
        let shown = json!({ "evidence": "Forty people were asked." });
        let early = refused(&council, "adoptionEvidence", on(&adoption, shown.clone())).await;
        assert_eq!(early, ["ILLEGAL_TRANSITION at input.id"]);
        let adoption = does(&council, "adoptionAdopt", on(&adoption, json!({}))).await;
        assert_eq!((&adoption["adoptedOn"], &adoption["reviewDueOn"]), (&json!("2026-03-02"), &json!("2027-03-02")));
        let adoption = does(&council, "adoptionEvidence", on(&adoption, shown)).await;
        assert_eq!(adoption["status"], "EVIDENCED");
        let adoption = does(&council, "adoptionRenew", on(&adoption, json!({ "reviewDueOn": "2028-01-01" }))).await;
        assert_eq!((&adoption["renewedOn"], &adoption["reviewDueOn"]), (&json!("2026-03-02"), &json!("2028-01-01")));
        let of = json!({ "organisation": id("organisation", "ashdown-council") });
        let public = world.client("anonymous");
        assert_eq!(found(&public, of.clone()).await, 2);
        let ended = does(&council, "adoptionWithdraw", on(&adoption, json!({ "reason": "It did not fit." }))).await;
        assert_eq!(ended["withdrawnReason"], "It did not fit.");
        assert_eq!((found(&public, of.clone()).await, found(&council, of).await), (1, 3));
        let again = refused(&council, "adoptionAdopt", on(&ended, json!({}))).await;
        assert_eq!(again, ["ILLEGAL_TRANSITION at input.id"]);
    }

    /// Newer evidence stands beside what was shown before; nobody takes that away, not even in the database.
    async fn newer_evidence_takes_nothing_away(world: World) {
        let council = world.client("council-admin");
        let adoption = existing("adoption", "pledge 1 ashdown-council");
        let first = does(&council, "adoptionEvidence", on(&adoption, json!({ "evidence": "Forty people were asked." }))).await;
        world.clock().advance_days(30);
        let then = does(&council, "adoptionEvidence", on(&first, json!({ "evidence": "Sixty people were asked." }))).await;
        assert_eq!(then["evidence"], "Sixty people were asked.");
        let shown = |text: &str, at: &str, by: Value| (json!(text), json!(at), by);
        let told = |adoption: &Value| -> Vec<_> {
            let nodes = adoption["evidenceShown"]["nodes"].as_array().unwrap();
            nodes.iter().map(|of| (of["text"].clone(), of["shownAt"].clone(), of["byUser"]["id"].clone())).collect()
        };
        let council_admin = json!(id("user", "council-admin"));
        let before = shown("canary adoption_evidence pledge 1 ashdown-council first text.", "2026-02-20T09:00:00Z", Value::Null);
        assert_eq!(told(&then), [
            before.clone(),
            shown("Forty people were asked.", "2026-03-02T09:00:00Z", council_admin.clone()),
            shown("Sixty people were asked.", "2026-04-01T09:00:00Z", council_admin),
        ]);
        // Everybody reads what was shown; who showed it is for those who may read the account.
        let query = "query($id: ID!) { adoption(id: $id) { evidenceShown { totalCount nodes { text byUser { id } } } } }";
        let public = world.client("anonymous").query(query, json!({ "id": adoption["id"] })).await;
        assert_eq!(*public.data("/adoption/evidenceShown/totalCount"), 3);
        assert!(!public.text.contains(&id("user", "council-admin")), "{}", public.text);
        // With the adoption it is gone for others.
        does(&council, "adoptionWithdraw", on(&then, json!({ "reason": "It did not fit." }))).await;
        let public = world.client("anonymous").query(query, json!({ "id": adoption["id"] })).await;
        assert!(public.data("/adoption").is_null());
        let database = world.connection();
        for change in ["UPDATE adoption_evidence SET text = 'Better.'", "DELETE FROM adoption_evidence"] {
            let statement = sea_orm::Statement::from_string(database.get_database_backend(), change);
            let refused = sea_orm::ConnectionTrait::execute_raw(database, statement).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
    }

    async fn only_the_published_version_is_adopted(world: World) {
        let council = world.client("council-admin");
        for version in ["guide 1", "guide 3", "toolkit 1", "recalled 1"] {
            let pledge = json!({
                "resourceVersionId": id("resource_version", version),
                "organisationId": id("organisation", "ashdown-council"),
            });
            let refusal = refused(&council, "adoptionPledge", pledge).await;
            assert_eq!(refusal, ["INACTIVE at input.resourceVersionId"], "{version}");
        }
        // What was adopted goes on, but for what was withdrawn.
        let group = world.client("user-led-admin");
        let recalled = existing("adoption", "recalled 1 cedar-voices");
        assert_eq!(refused(&group, "adoptionRenew", on(&recalled, json!({}))).await, ["INACTIVE at input.id"]);
        does(&group, "adoptionWithdraw", on(&recalled, json!({ "reason": "It was recalled." }))).await;
    }

    async fn adopters_are_found_by_area_by_what_is_overdue_and_by_what_was_superseded(world: World) {
        let (public, group) = (world.client("anonymous"), world.client("user-led-admin"));
        assert_eq!(found(&public, json!({ "isOverdue": true })).await, 3);
        assert_eq!(found(&group, json!({ "isOverdue": true })).await, 4, "and their own of what was withdrawn");
        assert_eq!(found(&public, json!({ "isSuperseded": true })).await, 1);
        assert_eq!(found(&public, json!({ "geography": id("geography", "ashdown") })).await, 1);
        let query = "query($id: ID!) { organisation(id: $id) { adoptions { nodes { resourceVersion { number resource { id } } \
            service { id } } } } }";
        let page = public.query(query, json!({ "id": id("organisation", "birch-care") })).await;
        assert_eq!(*page.data("/organisation/adoptions/nodes"), json!([{
            "resourceVersion": { "number": 1, "resource": { "id": id("resource", "guide") } },
            "service": { "id": id("service", "birch-house-support") },
        }]));
    }
}
