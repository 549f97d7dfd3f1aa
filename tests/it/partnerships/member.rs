//! How organisations are invited, accept, decline and leave.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{change, does, refused};

fn invite(partnership: &str, organisation: &str, role: &str) -> Value {
    json!({
        "partnershipId": id("partnership", partnership),
        "organisationId": id("organisation", organisation),
        "role": role,
    })
}

fn member(name: &str, version: i32) -> Value {
    json!({ "id": id("partnership_member", name), "expectedVersion": version })
}

both_databases! {
    async fn an_invited_organisation_accepts_for_itself(world: World) {
        let lead = world.client("stranger");
        let invited = does(&lead, "partnershipMemberInvite", invite("fernley-next", "gorse-voices", "USER_LED")).await;
        assert_eq!((&invited["status"], &invited["joinedOn"]), (&json!("INVITED"), &Value::Null));
        assert_eq!(invited["viewerCan"], json!({ "accept": false, "decline": false, "leave": false }));
        let input = json!({ "id": invited["id"], "expectedVersion": 1 });
        assert_eq!(refused(&lead, "partnershipMemberAccept", input).await, ["FORBIDDEN at input"]);

        let guest = world.client("user-led-admin");
        let joined = does(&guest, "partnershipMemberAccept", member("fernley-next cedar-voices", 1)).await;
        assert_eq!((&joined["status"], &joined["joinedOn"]), (&json!("ACTIVE"), &json!("2026-03-02")));
        assert_eq!(joined["viewerCan"]["leave"], true);
        let again = refused(&guest, "partnershipMemberAccept", member("fernley-next cedar-voices", 2)).await;
        assert_eq!(again, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn an_invitation_keeps_every_rule(world: World) {
        let lead = world.client("council-admin");
        for (organisation, role, expected) in [
            ("ashdown-council", "LEAD", vec!["ALREADY_EXISTS at input.organisationId", "RULE_BROKEN at input.role"]),
            ("hazel-trust", "USER_LED", vec!["INACTIVE at input.organisationId", "RULE_BROKEN at input.role"]),
            ("birch-care", "PROVIDER", vec!["ALREADY_EXISTS at input.organisationId"]),
        ] {
            let found = refused(&lead, "partnershipMemberInvite", invite("ashdown-together", organisation, role)).await;
            assert_eq!(found, expected, "{organisation}");
        }
        let wrong = json!({ "partnershipId": "nothing", "organisationId": "nothing", "role": "ADVISOR" });
        assert_eq!(refused(&lead, "partnershipMemberInvite", wrong).await, [
            "NOT_FOUND at input.partnershipId", "NOT_FOUND at input.organisationId",
        ]);
        let onlooker = world.client("user-led-admin");
        let found = refused(&onlooker, "partnershipMemberInvite", invite("ashdown-together", "gorse-voices", "ADVISOR")).await;
        assert_eq!(found, ["FORBIDDEN at input"]);
    }

    async fn hidden_partnerships_and_organisations_look_absent_to_who_invites(world: World) {
        let lead = world.client("council-admin");
        let mut input = invite("fernley-next", "gorse-voices", "ADVISOR");
        let hidden = change(&lead, "partnershipMemberInvite", input.clone()).await;
        input["partnershipId"] = never("partnership").into();
        assert_eq!(hidden.text, change(&lead, "partnershipMemberInvite", input).await.text);
        let mut input = invite("ashdown-together", "elm-care", "ADVISOR");
        let hidden = change(&lead, "partnershipMemberInvite", input.clone()).await;
        assert_eq!(hidden.user_errors("answer"), ["NOT_FOUND at input.organisationId"]);
        input["organisationId"] = never("organisation").into();
        assert_eq!(hidden.text, change(&lead, "partnershipMemberInvite", input).await.text);
    }

    async fn a_declined_invitation_can_be_made_again(world: World) {
        let guest = world.client("user-led-admin");
        let wrong = refused(&guest, "partnershipMemberLeave", member("fernley-next cedar-voices", 1)).await;
        assert_eq!(wrong, ["ILLEGAL_TRANSITION at input.id"], "who is only invited declines");
        let mut input = member("fernley-next cedar-voices", 1);
        input["reason"] = "x".repeat(2_001).into();
        assert_eq!(refused(&guest, "partnershipMemberDecline", input.clone()).await, ["TOO_LONG at input.reason"]);
        input["reason"] = "Not this year.".into();
        let declined = does(&guest, "partnershipMemberDecline", input).await;
        assert_eq!((&declined["status"], &declined["leftOn"]), (&json!("LEFT"), &json!("2026-03-02")));
        does(&world.client("stranger"), "partnershipMemberInvite", invite("fernley-next", "cedar-voices", "USER_LED")).await;
    }

    async fn the_lead_hands_over_before_it_leaves(world: World) {
        let found = refused(&world.client("council-admin"), "partnershipMemberLeave", member("ashdown-together ashdown-council", 1)).await;
        assert_eq!(found, ["RULE_BROKEN at input.id"]);
    }

    /// A partnership that loses its only user-led member is forming again, in the same transaction.
    async fn a_partnership_that_loses_its_user_led_member_forms_again(world: World) {
        let left = does(&world.client("user-led-admin"), "partnershipMemberLeave", member("ashdown-together cedar-voices", 1)).await;
        assert_eq!(left["status"], "LEFT");
        let query = "query($id: ID!) { partnership(id: $id) { version terms { status } } }";
        let answer = world.client("council-admin").query(query, json!({ "id": id("partnership", "ashdown-together") })).await;
        assert_eq!(answer.data("/partnership"), &json!({ "version": 2, "terms": { "status": "FORMING" } }));
        let actions: Vec<_> = world.rows().await.audit_event.into_iter().map(|event| event.action).collect();
        assert!(actions.ends_with(&["partnership_member.leave".into(), "partnership.form_again".into()]), "{actions:?}");
    }

    /// Two administrators of one organisation accept at once: one membership, and the other is told.
    async fn of_two_invitations_at_once_one_wins(world: World) {
        let lead = world.client("council-admin");
        let input = invite("ashdown-together", "gorse-voices", "USER_LED");
        let (one, other) = tokio::join!(
            change(&lead, "partnershipMemberInvite", input.clone()),
            change(&lead, "partnershipMemberInvite", input),
        );
        let mut errors = [one.user_errors("answer"), other.user_errors("answer")];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.organisationId".to_owned()]]);
    }
}
