//! How a partnership is set up, changed, activated, handed over and closed.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{change, does, refused};

fn new_partnership() -> Value {
    json!({
        "leadOrganisationId": id("organisation", "ashdown-council"),
        "name": "Ashdown Home Care",
        "purpose": "Care at home that people would choose.",
        "startsOn": "2026-03-01",
    })
}

both_databases! {
    /// Whoever sets a partnership up leads it: the organisation is its first member in the same breath.
    async fn the_lead_is_the_first_member(world: World) {
        let made = does(&world.client("council-admin"), "partnershipCreate", new_partnership()).await;
        assert_eq!(made["terms"]["status"], "FORMING");
        assert_eq!(made["members"]["nodes"], json!([
            { "role": "LEAD", "status": "ACTIVE", "organisation": { "id": id("organisation", "ashdown-council") } }
        ]));
        assert_eq!(made["viewerCan"]["activate"], true);
        let actions: Vec<_> = world.rows().await.audit_event.into_iter().map(|event| event.action).collect();
        assert!(actions.ends_with(&["partnership.create".into(), "partnership_member.join".into()]), "{actions:?}");
    }

    async fn everything_wrong_with_a_new_partnership_is_said_at_once(world: World) {
        let wrong = json!({
            "leadOrganisationId": id("board", "team-up"),
            "name": " ", "purpose": "", "startsOn": "2026-03-02", "endsOn": "2026-03-01",
        });
        assert_eq!(refused(&world.client("council-admin"), "partnershipCreate", wrong).await, [
            "NOT_FOUND at input.leadOrganisationId",
            "REQUIRED at input.name",
            "REQUIRED at input.purpose",
            "OUT_OF_RANGE at input.endsOn",
        ]);
    }

    async fn only_its_administrator_lets_an_organisation_lead(world: World) {
        let (hidden, absent) = (id("organisation", "elm-care"), never("organisation"));
        let mut input = new_partnership();
        assert_eq!(refused(&world.client("user-led-admin"), "partnershipCreate", input.clone()).await, ["FORBIDDEN at input"]);
        input["leadOrganisationId"] = hidden.into();
        let hidden = change(&world.client("council-admin"), "partnershipCreate", input.clone()).await;
        input["leadOrganisationId"] = absent.into();
        let absent = change(&world.client("council-admin"), "partnershipCreate", input).await;
        assert_eq!(hidden.user_errors("answer"), ["NOT_FOUND at input.leadOrganisationId"]);
        assert_eq!(hidden.text, absent.text);
    }

    /// Absent stays, null empties.
    async fn a_patch_changes_what_it_names(world: World) {
        let lead = world.client("council-admin");
        let partnership = id("partnership", "ashdown-together");
        let input = json!({ "id": partnership, "expectedVersion": 1, "name": " New name ", "endsOn": "2027-01-01" });
        let changed = does(&lead, "partnershipUpdate", input).await;
        assert_eq!((&changed["name"], &changed["version"]), (&json!("New name"), &json!(2)));
        assert_eq!(changed["terms"]["endsOn"], "2027-01-01");
        assert_eq!(changed["terms"]["purpose"], "canary partnership ashdown-together purpose.");
        let changed = does(&lead, "partnershipUpdate", json!({ "id": partnership, "expectedVersion": 2, "endsOn": null })).await;
        assert_eq!(changed["terms"]["endsOn"], Value::Null);
        assert_eq!(changed["name"], "New name");
        let wrong = json!({ "id": partnership, "expectedVersion": 3, "name": "", "purpose": " ", "endsOn": "2020-01-01", "startsOn": "2026-01-01" });
        assert_eq!(refused(&lead, "partnershipUpdate", wrong).await, [
            "REQUIRED at input.name", "REQUIRED at input.purpose", "OUT_OF_RANGE at input.endsOn",
        ]);
        let wrong = json!({ "id": partnership, "expectedVersion": 3, "endsOn": "2020-01-01" });
        assert_eq!(refused(&lead, "partnershipUpdate", wrong).await, ["OUT_OF_RANGE at input.endsOn"]);
    }

    /// A partnership works with at least two active organisations, one of them user-led (domain.md 2.1).
    async fn it_takes_two_of_which_one_is_user_led(world: World) {
        let lead = world.client("stranger");
        let input = json!({ "id": id("partnership", "fernley-next"), "expectedVersion": 1 });
        let alone = refused(&lead, "partnershipActivate", input.clone()).await;
        assert_eq!(alone, ["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"], "one is alone and not user-led");
        let member = json!({ "id": id("partnership_member", "fernley-next cedar-voices"), "expectedVersion": 1 });
        does(&world.client("user-led-admin"), "partnershipMemberAccept", member).await;
        let active = does(&lead, "partnershipActivate", input).await;
        assert_eq!(active["terms"]["status"], "ACTIVE");
        let again = json!({ "id": id("partnership", "fernley-next"), "expectedVersion": 2 });
        assert_eq!(refused(&lead, "partnershipActivate", again).await, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn a_closed_partnership_stays_as_it_was(world: World) {
        let lead = world.client("council-admin");
        let partnership = id("partnership", "ashdown-together");
        let input = json!({ "id": partnership, "expectedVersion": 1, "reason": "Our work is done." });
        let closed = does(&lead, "partnershipClose", input).await;
        assert_eq!((&closed["terms"]["status"], &closed["terms"]["endsOn"]), (&json!("CLOSED"), &json!("2026-03-02")));
        let last = world.rows().await.audit_event.into_iter().max_by_key(|event| event.sequence).unwrap();
        assert_eq!((last.action.as_str(), last.reason.as_deref()), ("partnership.close", Some("Our work is done.")));
        let update = json!({ "id": partnership, "expectedVersion": 2, "name": "Later" });
        assert_eq!(refused(&lead, "partnershipUpdate", update).await, ["INACTIVE at input.id"]);
        let again = json!({ "id": partnership, "expectedVersion": 2 });
        assert_eq!(refused(&lead, "partnershipClose", again).await, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn the_lead_goes_to_another_active_member(world: World) {
        let lead = world.client("council-admin");
        let hand_over = |to: &str, role: &str| json!({
            "id": id("partnership", "ashdown-together"), "expectedVersion": 1,
            "newLeadOrganisationId": id("organisation", to), "formerLeadRole": role,
        });
        assert_eq!(refused(&lead, "partnershipLeadHandOver", hand_over("gorse-voices", "USER_LED")).await, [
            "INACTIVE at input.newLeadOrganisationId", "RULE_BROKEN at input.formerLeadRole",
        ]);
        assert_eq!(refused(&lead, "partnershipLeadHandOver", hand_over("elm-care", "ADVISOR")).await, [
            "NOT_FOUND at input.newLeadOrganisationId",
        ]);
        let after = does(&lead, "partnershipLeadHandOver", hand_over("cedar-voices", "COMMISSIONER")).await;
        assert_eq!(after["viewerCan"]["update"], false);
        let role_of = |name| {
            let members = after["members"]["nodes"].as_array().unwrap();
            let found = members.iter().find(|member| member["organisation"]["id"] == id("organisation", name).as_str());
            found.map(|member| member["role"].clone()).unwrap_or_default()
        };
        assert_eq!((role_of("ashdown-council"), role_of("cedar-voices")), (json!("COMMISSIONER"), json!("LEAD")));
        let update = json!({ "id": id("partnership", "ashdown-together"), "expectedVersion": 2, "name": "Ours" });
        assert_eq!(refused(&lead, "partnershipUpdate", update.clone()).await, ["FORBIDDEN at input"]);
        does(&world.client("user-led-admin"), "partnershipUpdate", update).await;
    }

    /// What `viewerCan` says is what the mutations do.
    async fn viewer_can_says_what_the_mutations_do(world: World) {
        let query = "query($id: ID!) { partnership(id: $id) { viewerCan { update writeAgreement createInitiative } } }";
        for (viewer, leads, works) in [
            ("council-admin", true, true), ("user-led-admin", false, true), ("provider-user", false, false),
            ("stranger", false, false), ("platform-admin", false, false), ("anonymous", false, false),
        ] {
            let answer = world.client(viewer).query(query, json!({ "id": id("partnership", "ashdown-together") })).await;
            let expected = json!({ "update": leads, "writeAgreement": leads, "createInitiative": works });
            assert_eq!(answer.data("/partnership/viewerCan"), &expected, "{viewer}");
        }
    }
}
