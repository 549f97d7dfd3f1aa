//! How agreements are drafted, changed, signed and ended.

use harness::{World, both_databases, id, never};
use serde_json::{Value, json};

use super::{change, does, done, refused};

/// A draft between organisations of Ashdown Together.
pub(super) fn draft(parties: &[&str]) -> Value {
    let parties: Vec<_> = parties.iter().map(|name| id("organisation", name)).collect();
    json!({
        "partnershipId": id("partnership", "ashdown-together"),
        "title": "Boards we share",
        "purpose": "To plan meetings together.",
        "categories": ["BOARDS"],
        "lawfulBasis": "PUBLIC_TASK",
        "startsOn": "2026-03-02",
        "expiresOn": "2026-06-01",
        "partyOrganisationIds": parties,
    })
}

/// The council drafts it, and the agreement's id comes back.
pub(super) async fn drafted(world: &World, input: Value) -> Value {
    let agreement = does(
        &world.client("council-admin"),
        "partnershipAgreementCreate",
        input,
    )
    .await;
    agreement["id"].clone()
}

pub(super) fn signs(agreement: &Value, organisation: &str) -> Value {
    json!({ "id": agreement, "expectedVersion": 1, "organisationId": id("organisation", organisation) })
}

pub(super) fn ends(agreement: &Value, organisation: &str, version: i32) -> Value {
    json!({
        "id": agreement,
        "expectedVersion": version,
        "organisationId": id("organisation", organisation),
        "reason": "We no longer work together.",
    })
}

both_databases! {
    async fn an_agreement_binds_named_members_and_holds_when_all_have_signed(world: World) {
        let council = world.client("council-admin");
        let user_led = world.client("user-led-admin");
        let made = does(&council, "partnershipAgreementCreate", draft(&["ashdown-council", "cedar-voices"])).await;
        assert_eq!((&made["status"], &made["categories"]), (&json!("DRAFT"), &json!(["BOARDS"])));
        assert_eq!(made["parties"]["nodes"].as_array().unwrap().len(), 2);
        let first = does(&council, "partnershipAgreementSign", signs(&made["id"], "ashdown-council")).await;
        assert_eq!((&first["status"], &first["version"]), (&json!("DRAFT"), &json!(1)));
        let second = does(&user_led, "partnershipAgreementSign", signs(&made["id"], "cedar-voices")).await;
        assert_eq!((&second["status"], &second["version"]), (&json!("ACTIVE"), &json!(2)));
        let parties = second["parties"]["nodes"].as_array().unwrap();
        assert!(parties.iter().all(|party| party["signedAt"] == "2026-03-02T09:00:00Z"), "{parties:?}");
        let own = parties.iter().find(|party| party["organisation"]["id"] == id("organisation", "cedar-voices").as_str());
        assert_eq!(own.unwrap()["viewerCan"], json!({ "sign": true, "terminate": true }));
        let actions: Vec<_> = world.rows().await.audit_event.into_iter().map(|event| event.action).collect();
        assert!(actions.ends_with(&["agreement_party.sign".into(), "data_sharing_agreement.activate".into()]), "{actions:?}");
    }

    async fn everything_wrong_with_a_draft_is_said_at_once(world: World) {
        let council = world.client("council-admin");
        let mut wrong = draft(&["ashdown-council", "ashdown-council"]);
        wrong["title"] = "".into();
        wrong["purpose"] = " ".into();
        wrong["categories"] = json!(["BOARDS", "ACCESS_NEEDS"]);
        wrong["expiresOn"] = "2026-03-02".into();
        wrong["dpiaReference"] = "x".repeat(501).into();
        assert_eq!(refused(&council, "partnershipAgreementCreate", wrong).await, [
            "REQUIRED at input.title",
            "REQUIRED at input.purpose",
            "TOO_LONG at input.dpiaReference",
            "REQUIRED at input.specialCategoryCondition",
            "OUT_OF_RANGE at input.expiresOn",
            "RULE_BROKEN at input.partyOrganisationIds",
        ]);
        let mut nothing = draft(&["ashdown-council", "cedar-voices"]);
        nothing["categories"] = json!([]);
        assert_eq!(refused(&council, "partnershipAgreementCreate", nothing).await, ["REQUIRED at input.categories"]);
    }

    /// Invited, gone, hidden, absent: who is no active member looks the same.
    async fn only_active_members_are_parties(world: World) {
        let mut wrong = draft(&["ashdown-council", "elm-care", "hazel-trust", "gorse-voices"]);
        wrong["partyOrganisationIds"].as_array_mut().unwrap().push(never("organisation").into());
        let answer = change(&world.client("council-admin"), "partnershipAgreementCreate", wrong).await;
        let at = |place: u8| format!("NOT_FOUND at input.partyOrganisationIds.{place}");
        assert_eq!(answer.user_errors("answer"), [at(1), at(2), at(3), at(4)]);
        let mut messages: Vec<_> = answer.data("/answer/userErrors").as_array().unwrap().iter().map(|error| &error["message"]).collect();
        messages.dedup();
        assert_eq!(messages.len(), 1);
    }

    async fn only_the_lead_drafts(world: World) {
        let input = draft(&["ashdown-council", "cedar-voices"]);
        assert_eq!(refused(&world.client("user-led-admin"), "partnershipAgreementCreate", input.clone()).await, ["FORBIDDEN at input"]);
        let mut input = input;
        input["partnershipId"] = id("partnership", "fernley-next").into();
        let hidden = change(&world.client("council-admin"), "partnershipAgreementCreate", input.clone()).await;
        input["partnershipId"] = never("partnership").into();
        assert_eq!(hidden.text, change(&world.client("council-admin"), "partnershipAgreementCreate", input).await.text);
    }

    /// What was signed does not change.
    async fn an_agreement_changes_until_somebody_signs(world: World) {
        let council = world.client("council-admin");
        let agreement = drafted(&world, draft(&["ashdown-council", "cedar-voices"])).await;
        let input = json!({ "id": agreement, "expectedVersion": 1, "title": "Ours", "dpiaReference": " D1 ", "categories": ["MEMBERSHIPS", "BOARDS"] });
        let changed = does(&council, "partnershipAgreementUpdate", input).await;
        assert_eq!((&changed["title"], &changed["dpiaReference"]), (&json!("Ours"), &json!("D1")));
        assert_eq!(changed["categories"], json!(["BOARDS", "MEMBERSHIPS"]));
        let stale = signs(&agreement, "cedar-voices");
        let user_led = world.client("user-led-admin");
        assert_eq!(refused(&user_led, "partnershipAgreementSign", stale).await, ["CONFLICT at input.expectedVersion"], "it signs what it read");
        let input = json!({ "id": agreement, "expectedVersion": 2, "dpiaReference": null, "categories": ["ACCESS_NEEDS"], "title": "x" });
        assert_eq!(refused(&council, "partnershipAgreementUpdate", input).await, ["REQUIRED at input.specialCategoryCondition"]);
        let input = json!({ "id": agreement, "expectedVersion": 2, "dpiaReference": null });
        assert_eq!(does(&council, "partnershipAgreementUpdate", input).await["dpiaReference"], Value::Null);

        let mut current = signs(&agreement, "cedar-voices");
        current["expectedVersion"] = 3.into();
        does(&user_led, "partnershipAgreementSign", current).await;
        let late = json!({ "id": agreement, "expectedVersion": 3, "title": "Mine" });
        assert_eq!(refused(&council, "partnershipAgreementUpdate", late).await, ["RULE_BROKEN at input"]);
    }

    async fn each_party_signs_once_and_for_itself(world: World) {
        let council = world.client("council-admin");
        let agreement = drafted(&world, draft(&["ashdown-council", "birch-care"])).await;
        let user_led = world.client("user-led-admin");
        assert_eq!(refused(&user_led, "partnershipAgreementSign", signs(&agreement, "cedar-voices")).await, ["FORBIDDEN at input.organisationId"]);
        assert_eq!(refused(&user_led, "partnershipAgreementSign", signs(&agreement, "birch-care")).await, ["FORBIDDEN at input"]);
        does(&council, "partnershipAgreementSign", signs(&agreement, "ashdown-council")).await;
        assert_eq!(refused(&council, "partnershipAgreementSign", signs(&agreement, "ashdown-council")).await, ["ALREADY_EXISTS at input.organisationId"]);
        let wrong = json!({ "id": "nothing", "organisationId": "nothing", "expectedVersion": 1 });
        assert_eq!(refused(&council, "partnershipAgreementSign", wrong).await, ["NOT_FOUND at input.id", "NOT_FOUND at input.organisationId"]);
        world.clock().advance_days(120);
        let over = does(&council, "partnershipAgreementTerminate", ends(&agreement, "ashdown-council", 1)).await;
        assert_eq!(over["status"], "TERMINATED", "a draft that nobody wants any more is withdrawn");
    }

    async fn nobody_signs_what_is_over(world: World) {
        let agreement = drafted(&world, draft(&["ashdown-council", "cedar-voices"])).await;
        world.clock().advance_days(120);
        let found = refused(&world.client("council-admin"), "partnershipAgreementSign", signs(&agreement, "ashdown-council")).await;
        assert_eq!(found, ["EXPIRED at input.id"]);
    }

    /// Of two last signatures at once, the second sees the first.
    async fn two_last_signatures_at_once_bring_it_into_force(world: World) {
        let agreement = drafted(&world, draft(&["ashdown-council", "cedar-voices"])).await;
        let (council, user_led) = (world.client("council-admin"), world.client("user-led-admin"));
        let (one, other) = tokio::join!(
            change(&council, "partnershipAgreementSign", signs(&agreement, "ashdown-council")),
            change(&user_led, "partnershipAgreementSign", signs(&agreement, "cedar-voices")),
        );
        // An answer is read once the change is kept, so whoever signed first may see the other signature, too.
        let statuses = [one, other].map(|answer| done(&answer)["status"].as_str().unwrap().to_owned());
        assert!(statuses.contains(&"ACTIVE".to_owned()), "{statuses:?}");
        let trail: Vec<_> = world.rows().await.audit_event.into_iter().map(|event| event.action).collect();
        let times = |action: &str| trail.iter().filter(|done| *done == action).count();
        assert_eq!((times("agreement_party.sign"), times("data_sharing_agreement.activate")), (2, 1));
    }

    async fn any_one_party_ends_it_with_a_reason(world: World) {
        let user_led = world.client("user-led-admin");
        let agreement = json!(id("data_sharing_agreement", "ashdown-boards"));
        let mut input = ends(&agreement, "cedar-voices", 1);
        input["reason"] = " ".into();
        assert_eq!(refused(&user_led, "partnershipAgreementTerminate", input).await, ["REQUIRED at input.reason"]);
        let ended = does(&user_led, "partnershipAgreementTerminate", ends(&agreement, "cedar-voices", 1)).await;
        assert_eq!((&ended["status"], &ended["terminatedAt"]), (&json!("TERMINATED"), &json!("2026-03-02T09:00:00Z")));
        assert_eq!(ended["terminatedByOrganisation"]["id"], id("organisation", "cedar-voices").as_str());
        let last = world.rows().await.audit_event.into_iter().max_by_key(|event| event.sequence).unwrap();
        assert_eq!(last.reason.as_deref(), Some("We no longer work together."));
        let again = refused(&user_led, "partnershipAgreementTerminate", ends(&agreement, "cedar-voices", 2)).await;
        assert_eq!(again, ["ILLEGAL_TRANSITION at input.id"]);
        let draft = json!(id("data_sharing_agreement", "ashdown-draft"));
        let stranger = refused(&user_led, "partnershipAgreementTerminate", ends(&draft, "cedar-voices", 1)).await;
        assert_eq!(stranger, ["FORBIDDEN at input.organisationId"], "who is no party ends nothing");
    }

    /// A party that left still sees what it signed, and can end it.
    async fn a_party_that_left_can_end_what_it_signed(world: World) {
        let user_led = world.client("user-led-admin");
        let member = json!({ "id": id("partnership_member", "ashdown-together cedar-voices"), "expectedVersion": 1 });
        does(&user_led, "partnershipMemberLeave", member).await;
        let agreement = json!(id("data_sharing_agreement", "ashdown-boards"));
        assert_eq!(does(&user_led, "partnershipAgreementTerminate", ends(&agreement, "cedar-voices", 1)).await["status"], "TERMINATED");
        let query = "query($id: ID!) { dataSharingAgreement(id: $id) { id } }";
        let others = user_led.query(query, json!({ "id": id("data_sharing_agreement", "ashdown-draft") })).await;
        assert_eq!(others.data("/dataSharingAgreement"), &Value::Null, "of the others' it sees nothing any more");
    }
}
