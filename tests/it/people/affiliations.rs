//! Ties between people and organisations.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{actions, audit, hidden_is_absent, send, succeeded};

fn tie(person: &str, organisation: &str, kind: &str) -> Value {
    json!({ "personId": id("person", person), "organisationId": id("organisation", organisation), "kind": kind })
}

const TIE: &str = "affiliation { id version kind fromOn toOn viewerCan { end } }";

both_databases! {
    /// People say themselves whom they are tied to; that they receive a service stays between them and the platform.
    async fn people_declare_their_ties(world: World) {
        let provider = world.client("provider-user");
        let mut input = tie("provider-user", "ashdown-council", "RECEIVES_SERVICE");
        input["idempotencyKey"] = json!("tie-number-1");
        let answer = send(&provider, "affiliationCreate", TIE, input.clone()).await;
        let made = succeeded(&answer, "affiliationCreate", "/affiliation");
        assert_eq!((&made["fromOn"], &made["toOn"], &made["viewerCan"]["end"]), (&json!("2026-03-02"), &Value::Null, &json!(true)));
        let again = send(&provider, "affiliationCreate", TIE, input).await;
        assert_eq!(succeeded(&again, "affiliationCreate", "/affiliation"), made);
        let entry = audit(&world).await.pop().unwrap();
        assert_eq!((entry.action.as_str(), entry.acting_organisation_id), ("affiliation.create", None));
        let council = world.client("council-admin").query("query($id: ID!) { node(id: $id) { id } }", json!({ "id": made["id"] })).await;
        assert_eq!(council.data("/node"), &Value::Null);
        let twice = send(&provider, "affiliationCreate", TIE, tie("provider-user", "ashdown-council", "RECEIVES_SERVICE")).await;
        assert_eq!(twice.user_errors("affiliationCreate"), ["ALREADY_EXISTS at input.kind"]);
    }

    /// An administrator adds ties of their own people only, and never one that is about a service.
    async fn administrators_draw_nobody_in(world: World) {
        let council = world.client("council-admin");
        let own = send(&council, "affiliationCreate", TIE, tie("board-chair", "ashdown-council", "TRUSTEE")).await;
        succeeded(&own, "affiliationCreate", "/affiliation/id");
        for (person, kind) in [("board-chair", "RECEIVES_SERVICE"), ("board-member", "EMPLOYEE"), ("invited", "VOLUNTEER")] {
            let answer = send(&council, "affiliationCreate", TIE, tie(person, "ashdown-council", kind)).await;
            assert_eq!(answer.user_errors("affiliationCreate"), ["FORBIDDEN at input"], "{person} {kind}");
        }
        let mut hidden = tie("nominated", "fernley-council", "VOLUNTEER");
        let mut absent = hidden.clone();
        absent["personId"] = json!(never("person"));
        let stranger = world.client("stranger");
        hidden_is_absent(&stranger, "affiliationCreate", TIE, hidden.clone(), absent).await;
        hidden["organisationId"] = json!("organisation_1");
        hidden["fromOn"] = json!("2026-03-02");
        hidden["toOn"] = json!("2026-03-01");
        hidden["personId"] = json!("");
        let answer = send(&stranger, "affiliationCreate", TIE, hidden).await;
        assert_eq!(answer.user_errors("affiliationCreate"), [
            "NOT_FOUND at input.personId",
            "NOT_FOUND at input.organisationId",
            "OUT_OF_RANGE at input.toOn",
        ]);
    }

    /// With the last tie to an organisation, the roles in it end: with the day, or at once for a day gone by.
    async fn roles_end_with_the_last_tie(world: World) {
        let role = "{ viewer { grants { role } } }";
        let provider = world.client("provider-user");
        let before = provider.query(role, Value::Null).await;
        assert_eq!(before.data("/viewer/grants"), &json!([{ "role": "PROVIDER_USER" }]));
        let input = json!({ "id": id("affiliation", "provider-user birch-care"), "expectedVersion": 1 });
        let answer = send(&provider, "affiliationEnd", TIE, input.clone()).await;
        assert_eq!(succeeded(&answer, "affiliationEnd", "/affiliation/toOn"), "2026-03-02");
        assert_eq!(actions(&world).await, ["affiliation.end", "role_grant.revoke"]);
        let today = provider.query(role, Value::Null).await;
        assert_eq!(today.data("/viewer/grants"), &json!([{ "role": "PROVIDER_USER" }]));
        world.clock().advance_days(1);
        let tomorrow = provider.query(role, Value::Null).await;
        assert_eq!(tomorrow.data("/viewer/grants"), &json!([]));
        let stale = send(&provider, "affiliationEnd", TIE, input).await;
        assert_eq!(stale.user_errors("affiliationEnd"), ["CONFLICT at input.expectedVersion"]);
        let twice = json!({ "id": id("affiliation", "provider-user birch-care"), "expectedVersion": 2 });
        let twice = send(&provider, "affiliationEnd", TIE, twice).await;
        assert_eq!(twice.user_errors("affiliationEnd"), ["EXPIRED at input.id"]);
    }

    /// Another tie that goes on keeps the roles.
    async fn another_tie_keeps_the_roles(world: World) {
        let provider = world.client("provider-user");
        let also = send(&provider, "affiliationCreate", TIE, tie("provider-user", "birch-care", "TRUSTEE")).await;
        succeeded(&also, "affiliationCreate", "/affiliation/id");
        let input = json!({ "id": id("affiliation", "provider-user birch-care"), "expectedVersion": 1 });
        let answer = send(&provider, "affiliationEnd", TIE, input).await;
        succeeded(&answer, "affiliationEnd", "/affiliation/id");
        assert_eq!(actions(&world).await, ["affiliation.create", "affiliation.end"]);
    }

    /// The last administrator cannot leave; who receives a service is not the organisation's to end.
    async fn endings_have_limits(world: World) {
        let council = world.client("council-admin");
        let own = json!({ "id": id("affiliation", "council-admin ashdown-council"), "expectedVersion": 1 });
        let answer = send(&council, "affiliationEnd", TIE, own).await;
        assert_eq!(answer.user_errors("affiliationEnd"), ["RULE_BROKEN at input.id"]);
        let early = json!({ "id": id("affiliation", "board-chair ashdown-council"), "expectedVersion": 1, "toOn": "2023-12-31" });
        let answer = send(&council, "affiliationEnd", TIE, early).await;
        assert_eq!(answer.user_errors("affiliationEnd"), ["OUT_OF_RANGE at input.toOn"]);
        let nothing = json!({ "id": "x", "expectedVersion": 1 });
        let answer = send(&council, "affiliationEnd", TIE, nothing).await;
        assert_eq!(answer.user_errors("affiliationEnd"), ["NOT_FOUND at input.id"]);
        let absent = json!({ "id": never("affiliation"), "expectedVersion": 1 });
        for (viewer, name) in [("council-admin", "visitor ashdown-council"), ("stranger", "council-admin ashdown-council")] {
            let hidden = json!({ "id": id("affiliation", name), "expectedVersion": 1 });
            hidden_is_absent(&world.client(viewer), "affiliationEnd", TIE, hidden, absent.clone()).await;
        }
        let visitors = json!({ "id": id("affiliation", "visitor ashdown-council"), "expectedVersion": 1 });
        let answer = send(&world.client("visitor"), "affiliationEnd", TIE, visitors).await;
        succeeded(&answer, "affiliationEnd", "/affiliation/id");
    }
}
