//! Putting people forward: by the board, and in the name of an organisation.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{actions_since, change, does, events, history, on, refused, seat};

fn whom(person: &str, more: Value) -> Value {
    let mut input = more;
    input["boardId"] = id("board", "team-up").into();
    input["personId"] = id("person", person).into();
    input
}

both_databases! {
    async fn the_board_puts_somebody_forward(world: World) {
        let before = events(&world).await;
        let input = whom("former-member", json!({ "motivation": "I would like to come back." }));
        let path = does(&world.client("board-chair"), "boardMembershipNominate", input.clone()).await;
        assert_eq!((&path["stage"], &path["nominatedByOrganisation"]), (&json!("NOMINATED"), &Value::Null));
        assert_eq!(path["path"]["motivation"], "I would like to come back.");
        assert_eq!(history(&world, &path).await, ["NOMINATED"]);
        assert_eq!(actions_since(&world, before).await, ["board_membership.nominate"]);
        let again = refused(&world.client("board-chair"), "boardMembershipNominate", input).await;
        assert_eq!(again, ["ALREADY_EXISTS at input.personId"]);
    }

    async fn an_administrator_puts_somebody_forward_in_the_name_of_their_organisation(world: World) {
        let cedar = id("organisation", "cedar-voices");
        let client = world.client("user-led-admin");
        let named = whom("user-led-admin", json!({ "nominatedByOrganisationId": cedar }));
        let path = does(&client, "boardMembershipNominate", named).await;
        assert_eq!(path["nominatedByOrganisation"]["id"], cedar.as_str());
        assert_eq!(path["viewerCan"]["steer"], false);
        assert_eq!(path["viewerCan"]["accept"], true);
        let for_the_board = refused(&client, "boardMembershipNominate", whom("board-member", json!({}))).await;
        assert_eq!(for_the_board, ["FORBIDDEN at input"]);
        let elses = json!({ "nominatedByOrganisationId": id("organisation", "ashdown-council") });
        assert_eq!(refused(&client, "boardMembershipNominate", whom("board-member", elses)).await, ["FORBIDDEN at input"]);
    }

    /// The chair steers the board and does not speak for an organisation; an officer comes by nomination of one.
    async fn an_officer_is_nominated_by_their_organisation(world: World) {
        let seat = seat(&world, "OFFICER").await;
        let (chair, council) = (world.client("board-chair"), id("organisation", "ashdown-council"));
        let without = whom("former-member", json!({ "seatId": seat["id"] }));
        assert_eq!(
            refused(&chair, "boardMembershipNominate", without).await,
            ["RULE_BROKEN at input.nominatedByOrganisationId"]
        );
        let named = whom("council-admin", json!({ "seatId": seat["id"], "nominatedByOrganisationId": council }));
        let by_the_council = does(&world.client("council-admin"), "boardMembershipNominate", named).await;
        let offered = on(&by_the_council, json!({ "seatId": seat["id"] }));
        let offered = does(&chair, "boardMembershipOffer", offered).await;
        let accepts = on(&offered, json!({ "conflictsDeclared": true }));
        let member = does(&world.client("council-admin"), "boardMembershipAccept", accepts).await;
        assert_eq!((&member["stage"], &member["fromOn"], &member["toOn"]), (&json!("ACTIVE"), &json!("2026-03-02"), &json!("2028-03-01")));
        assert_eq!(history(&world, &member).await, ["NOMINATED", "OFFERED", "ACTIVE"]);
    }

    async fn nobody_speaks_for_an_organisation_they_do_not_administer(world: World) {
        let named = whom("former-member", json!({ "nominatedByOrganisationId": id("organisation", "cedar-voices") }));
        let found = refused(&world.client("board-chair"), "boardMembershipNominate", named).await;
        assert_eq!(found, ["FORBIDDEN at input.nominatedByOrganisationId"]);
    }

    async fn all_that_is_wrong_is_said_at_once_and_hidden_is_absent(world: World) {
        let chair = world.client("board-chair");
        let wrong = |board: String, person: String| json!({
            "boardId": board, "personId": person, "seatId": never("board_seat"),
            "nominatedByOrganisationId": never("organisation"), "motivation": "x".repeat(2_001),
        });
        let hidden = change(&chair, "boardMembershipNominate", wrong(id("board", "fernley-inner"), id("person", "stranger"))).await;
        assert_eq!(hidden.user_errors("answer"), [
            "TOO_LONG at input.motivation",
            "NOT_FOUND at input.boardId",
            "NOT_FOUND at input.personId",
            "NOT_FOUND at input.seatId",
            "NOT_FOUND at input.nominatedByOrganisationId",
        ]);
        let absent = change(&chair, "boardMembershipNominate", wrong(never("board"), never("person"))).await;
        assert_eq!(hidden.text, absent.text);
    }

    async fn a_seat_of_another_board_is_not_of_this_one(world: World) {
        let elsewhere = whom("former-member", json!({ "seatId": id("board_seat", "fernley-commission first") }));
        let found = refused(&world.client("board-chair"), "boardMembershipNominate", elsewhere).await;
        assert_eq!(found, ["NOT_FOUND at input.seatId"]);
    }
}
