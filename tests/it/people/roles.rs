//! Roles: who gives them to whom, and takes them back.

use harness::{World, both_databases, id, never};
use serde_json::{Value, json};

use super::{actions, hidden_is_absent, send, succeeded};

const GRANT: &str = "roleGrant { id version role scopeType validFrom validTo reason viewerCan { revoke } }";
const GRANTS: &str = "{ viewer { grants { role } } }";

fn of_council(role: &str, person: &str) -> Value {
    json!({
        "role": role, "scopeType": "ORGANISATION",
        "organisationId": id("organisation", "ashdown-council"), "personId": id("person", person),
    })
}

fn of_board(role: &str, person: &str) -> Value {
    json!({ "role": role, "scopeType": "BOARD", "boardId": id("board", "team-up"), "personId": id("person", person) })
}

fn back(grant: &Value, version: i32) -> Value {
    json!({ "id": grant, "expectedVersion": version })
}

async fn roles(world: &World, viewer: &str) -> Value {
    let answer = world.client(viewer).query(GRANTS, Value::Null).await;
    answer.data("/viewer/grants").clone()
}

both_databases! {
    /// A role counts from the next request on, and no more from the next request after it is taken back.
    async fn a_role_counts_at_once(world: World) {
        let admin = world.client("council-admin");
        let mut input = of_council("COMMISSIONER", "board-chair");
        input["reason"] = json!("buys home care");
        input["idempotencyKey"] = json!("role-number-1");
        let answer = send(&admin, "roleGrantCreate", GRANT, input.clone()).await;
        let grant = succeeded(&answer, "roleGrantCreate", "/roleGrant");
        assert_eq!((&grant["validFrom"], &grant["validTo"]), (&json!("2026-03-02T09:00:00Z"), &Value::Null));
        assert_eq!((&grant["reason"], &grant["viewerCan"]["revoke"]), (&json!("buys home care"), &json!(true)));
        let again = send(&admin, "roleGrantCreate", GRANT, input).await;
        assert_eq!(succeeded(&again, "roleGrantCreate", "/roleGrant"), grant);
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }, { "role": "COMMISSIONER" }]));
        let twice = send(&admin, "roleGrantCreate", GRANT, of_council("COMMISSIONER", "board-chair")).await;
        assert_eq!(twice.user_errors("roleGrantCreate"), ["ALREADY_EXISTS at input.role"]);
        let mut take = back(&grant["id"], 1);
        take["reason"] = json!("moved on");
        let answer = send(&admin, "roleGrantRevoke", GRANT, take.clone()).await;
        let ended = succeeded(&answer, "roleGrantRevoke", "/roleGrant");
        assert_eq!((&ended["validTo"], &ended["reason"]), (&json!("2026-03-02T09:00:00Z"), &json!("moved on")));
        assert_eq!(roles(&world, "board-chair").await, json!([{ "role": "CHAIR" }]));
        let stale = send(&admin, "roleGrantRevoke", GRANT, take).await;
        assert_eq!(stale.user_errors("roleGrantRevoke"), ["CONFLICT at input.expectedVersion"]);
        let over = send(&admin, "roleGrantRevoke", GRANT, back(&grant["id"], 2)).await;
        assert_eq!(over.user_errors("roleGrantRevoke"), ["EXPIRED at input.id"]);
        assert_eq!(actions(&world).await, ["role_grant.create", "role_grant.revoke"]);
    }

    /// What is wrong with the request, and then what the world has to say, is said at once.
    async fn a_wrong_role_is_told_all_that_is_wrong(world: World) {
        let admin = world.client("council-admin");
        let wrong = json!({
            "role": "CHAIR", "scopeType": "ORGANISATION", "boardId": id("board", "team-up"),
            "validFrom": "2026-03-01T00:00:00Z", "validTo": "2026-02-01T00:00:00Z", "reason": "x".repeat(2001),
        });
        let answer = send(&admin, "roleGrantCreate", GRANT, wrong).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), [
            "REQUIRED at input.personId",
            "OUT_OF_RANGE at input.validFrom",
            "RULE_BROKEN at input.scopeType",
            "REQUIRED at input.organisationId",
            "RULE_BROKEN at input.boardId",
            "OUT_OF_RANGE at input.validTo",
            "EXPIRED at input.validTo",
            "TOO_LONG at input.reason",
        ]);
        // Somebody from the board who is not one of the council's people, and has no account.
        let answer = send(&admin, "roleGrantCreate", GRANT, of_council("COMMISSIONER", "invited")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["INACTIVE at input.personId", "RULE_BROKEN at input.personId"]);
        let answer = send(&admin, "roleGrantRevoke", GRANT, json!({ "id": "x", "expectedVersion": 1, "reason": "x".repeat(2001) })).await;
        assert_eq!(answer.user_errors("roleGrantRevoke"), ["NOT_FOUND at input.id", "TOO_LONG at input.reason"]);
    }

    /// A board's roles are its chair's and its host's to give, to its members and to the host's people.
    async fn the_roles_of_a_board_are_its_own_to_give(world: World) {
        let chair = world.client("board-chair");
        let answer = send(&chair, "roleGrantCreate", GRANT, of_board("FACILITATOR", "board-member")).await;
        let facilitator = succeeded(&answer, "roleGrantCreate", "/roleGrant");
        assert_eq!(roles(&world, "board-member").await, json!([{ "role": "FACILITATOR" }]));
        // Seen on the way to the board, and not on it.
        let answer = send(&chair, "roleGrantCreate", GRANT, of_board("FACILITATOR", "visitor")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["RULE_BROKEN at input.personId"]);
        for viewer in ["user-led-admin", "provider-user", "visitor", "platform-admin"] {
            let answer = send(&world.client(viewer), "roleGrantCreate", GRANT, of_board("CHAIR", "board-member")).await;
            assert_eq!(answer.user_errors("roleGrantCreate"), ["FORBIDDEN at input"], "{viewer}");
        }
        let mut hidden = of_board("CHAIR", "stranger");
        hidden["boardId"] = json!(id("board", "quiet"));
        let mut absent = hidden.clone();
        absent["boardId"] = json!(never("board"));
        hidden_is_absent(&world.client("stranger"), "roleGrantCreate", GRANT, hidden, absent).await;
        let hidden = back(&facilitator["id"], 1);
        hidden_is_absent(&world.client("stranger"), "roleGrantRevoke", GRANT, hidden.clone(), back(&json!(never("role_grant")), 1)).await;
        let own = send(&world.client("board-member"), "roleGrantRevoke", GRANT, hidden.clone()).await;
        succeeded(&own, "roleGrantRevoke", "/roleGrant/id");
        let chairs = json!(id("role_grant", "board-chair"));
        let answer = send(&world.client("council-admin"), "roleGrantRevoke", GRANT, back(&chairs, 1)).await;
        succeeded(&answer, "roleGrantRevoke", "/roleGrant/id");
        assert_eq!(roles(&world, "board-chair").await, json!([]));
    }

    /// The roles of the platform are its administrators', and so is the first administrator of an organisation, no other.
    async fn the_platform_begins_organisations(world: World) {
        let platform = world.client("platform-admin");
        let to_elm = |role: &str| json!({
            "role": role, "scopeType": "ORGANISATION",
            "organisationId": id("organisation", "elm-care"), "personId": id("person", "quiet-member"),
        });
        let account = json!({
            "organisationId": id("organisation", "elm-care"), "personId": id("person", "quiet-member"),
            "issuer": "urn:roundtable:local", "subject": "quiet-member",
        });
        succeeded(&send(&platform, "userCreate", "user { id }", account).await, "userCreate", "/user/id");
        let answer = send(&platform, "roleGrantCreate", GRANT, to_elm("PROVIDER_USER")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["FORBIDDEN at input"]);
        let answer = send(&platform, "roleGrantCreate", GRANT, to_elm("ORGANISATION_ADMIN")).await;
        succeeded(&answer, "roleGrantCreate", "/roleGrant/id");
        assert_eq!(roles(&world, "quiet-member").await, json!([{ "role": "ORGANISATION_ADMIN" }]));
        let answer = send(&platform, "roleGrantCreate", GRANT, of_council("ORGANISATION_ADMIN", "board-chair")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["FORBIDDEN at input"], "the council has an administrator");
        let own = json!({ "role": "PLATFORM_ADMIN", "scopeType": "PLATFORM", "personId": id("person", "council-admin") });
        let answer = send(&world.client("council-admin"), "roleGrantCreate", GRANT, own.clone()).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["FORBIDDEN at input"]);
        let last = back(&json!(id("role_grant", "platform-admin")), 1);
        let answer = send(&platform, "roleGrantRevoke", GRANT, last.clone()).await;
        assert_eq!(answer.user_errors("roleGrantRevoke"), ["RULE_BROKEN at input.id"]);
        succeeded(&send(&platform, "roleGrantCreate", GRANT, own).await, "roleGrantCreate", "/roleGrant/id");
        succeeded(&send(&platform, "roleGrantRevoke", GRANT, last).await, "roleGrantRevoke", "/roleGrant/id");
    }

    /// The last administrator of an organisation stays; a closed account is no other administrator.
    async fn the_last_administrator_stays(world: World) {
        let admin = world.client("council-admin");
        let own = back(&json!(id("role_grant", "council-admin")), 1);
        let answer = send(&admin, "roleGrantRevoke", GRANT, own.clone()).await;
        assert_eq!(answer.user_errors("roleGrantRevoke"), ["RULE_BROKEN at input.id"]);
        let answer = send(&admin, "roleGrantCreate", GRANT, of_council("ORGANISATION_ADMIN", "board-chair")).await;
        succeeded(&answer, "roleGrantCreate", "/roleGrant/id");
        succeeded(&send(&admin, "roleGrantRevoke", GRANT, own).await, "roleGrantRevoke", "/roleGrant/id");
    }

    /// Two administrators who take each other's role back at once do not leave the organisation without one.
    async fn two_administrators_cannot_remove_each_other(world: World) {
        let (one, other) = (world.client("council-admin"), world.client("board-chair"));
        let answer = send(&one, "roleGrantCreate", GRANT, of_council("ORGANISATION_ADMIN", "board-chair")).await;
        let of_other = succeeded(&answer, "roleGrantCreate", "/roleGrant/id");
        let (first, second) = tokio::join!(
            send(&one, "roleGrantRevoke", GRANT, back(&of_other, 1)),
            send(&other, "roleGrantRevoke", GRANT, back(&json!(id("role_grant", "council-admin")), 1)),
        );
        let refused = [first, second].iter().filter(|answer| !answer.user_errors("roleGrantRevoke").is_empty()).count();
        assert_eq!(refused, 1);
        let held = world.rows().await.role_grant.into_iter().filter(|grant| {
            grant.role.to_string() == "ORGANISATION_ADMIN"
                && grant.organisation_id.is_some_and(|of| of.0 == harness::uuid("organisation", "ashdown-council"))
                && grant.user_id.is_some_and(|user| user.0 != harness::uuid("user", "gone"))
                && grant.valid_to.is_none()
        });
        assert_eq!(held.count(), 1);
    }

    /// Roles in a partnership are its lead's to give, to the people of its members; a service account gets only its own.
    async fn partnerships_and_systems_have_roles_of_their_own(world: World) {
        let admin = world.client("council-admin");
        let analyst = |person: &str| json!({
            "role": "ANALYST", "scopeType": "PARTNERSHIP",
            "partnershipId": id("partnership", "ashdown-together"), "personId": id("person", person),
        });
        let answer = send(&admin, "roleGrantCreate", GRANT, analyst("board-member")).await;
        let grant = succeeded(&answer, "roleGrantCreate", "/roleGrant");
        assert_eq!(grant["viewerCan"]["revoke"], true);
        let answer = send(&admin, "roleGrantCreate", GRANT, analyst("visitor")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["RULE_BROKEN at input.personId"]);
        let answer = send(&world.client("user-led-admin"), "roleGrantCreate", GRANT, analyst("user-led-admin")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["FORBIDDEN at input"]);
        let system = |role: &str| json!({
            "role": role, "scopeType": "ORGANISATION",
            "organisationId": id("organisation", "ashdown-council"),
            "serviceAccountId": id("service_account", "service-account"),
        });
        let answer = send(&admin, "roleGrantCreate", GRANT, system("COMMISSIONER")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["RULE_BROKEN at input.role"]);
        let answer = send(&admin, "roleGrantCreate", GRANT, system("INTEGRATION")).await;
        assert_eq!(answer.user_errors("roleGrantCreate"), ["ALREADY_EXISTS at input.role"]);
        let mut fernleys = system("INTEGRATION");
        fernleys["serviceAccountId"] = json!(id("service_account", "service-account-fernley"));
        let mut absent = fernleys.clone();
        absent["serviceAccountId"] = json!(never("service_account"));
        hidden_is_absent(&admin, "roleGrantCreate", GRANT, fernleys, absent).await;
    }
}
