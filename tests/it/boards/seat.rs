//! Seats: adding them, changing them, closing them.

use harness::{both_databases, id, never};
use serde_json::{Value, json};

use super::{actions_since, does, events, on, refused, seat};

fn vacant() -> Value {
    json!({ "id": id("board_seat", "team-up vacant"), "version": 1 })
}

fn held() -> Value {
    json!({ "id": id("board_seat", "team-up member"), "version": 1 })
}

both_databases! {
    async fn a_seat_is_added_changed_and_closed(world: World) {
        let (chair, before) = (world.client("board-chair"), events(&world).await);
        let seat = seat(&world, "CLINICIAN").await;
        assert_eq!((&seat["kind"], &seat["constituency"]), (&json!("CLINICIAN"), &Value::Null));
        let carers = id("constituency", "carers");
        let changed = on(&seat, json!({ "label": "A nurse", "constituencyId": carers }));
        let seat = does(&chair, "boardSeatUpdate", changed).await;
        assert_eq!((&seat["label"], &seat["constituency"]["id"]), (&json!("A nurse"), &json!(carers)));
        let seat = does(&chair, "boardSeatUpdate", on(&seat, json!({ "constituencyId": null }))).await;
        assert_eq!((&seat["label"], &seat["constituency"]), (&json!("A nurse"), &Value::Null));
        let seat = does(&chair, "boardSeatClose", on(&seat, json!({}))).await;
        assert_eq!(seat["closedAt"], "2026-03-02T09:00:00Z");
        assert_eq!(refused(&chair, "boardSeatClose", on(&seat, json!({}))).await, ["INACTIVE at input.id"]);
        let done = ["board_seat.create", "board_seat.update", "board_seat.update", "board_seat.close"];
        assert_eq!(actions_since(&world, before).await, done);
    }

    async fn all_that_is_wrong_with_a_seat_is_said_at_once(world: World) {
        let chair = world.client("board-chair");
        let input = json!({
            "boardId": id("board", "fernley-inner"), "label": "", "kind": "OFFICER", "voting": false,
            "constituencyId": never("constituency"),
        });
        let found = refused(&chair, "boardSeatCreate", input.clone()).await;
        assert_eq!(found, [
            "REQUIRED at input.label",
            "NOT_FOUND at input.constituencyId",
            "NOT_FOUND at input.boardId",
        ]);
        let mut absent = input;
        absent["boardId"] = never("board").into();
        assert_eq!(refused(&chair, "boardSeatCreate", absent).await, found);
        let wrong = on(&vacant(), json!({ "label": null, "kind": null, "voting": null }));
        let found = refused(&chair, "boardSeatUpdate", wrong).await;
        assert_eq!(found, ["REQUIRED at input.label", "REQUIRED at input.kind", "REQUIRED at input.voting"]);
    }

    async fn only_whoever_runs_the_board_adds_seats(world: World) {
        let input = json!({ "boardId": id("board", "team-up"), "label": "Mine", "kind": "PROVIDER", "voting": true });
        for onlooker in ["board-member", "stranger", "provider-user"] {
            assert_eq!(refused(&world.client(onlooker), "boardSeatCreate", input.clone()).await, ["FORBIDDEN at input"]);
        }
    }

    async fn a_board_at_work_keeps_its_share_of_lived_experience(world: World) {
        let chair = world.client("board-chair");
        let board = json!({ "id": id("board", "team-up"), "version": 1 });
        does(&chair, "boardUpdate", on(&board, json!({ "minLivedBp": 10_000 }))).await;
        let input = json!({ "boardId": id("board", "team-up"), "label": "Mine", "kind": "PROVIDER", "voting": true });
        assert_eq!(refused(&chair, "boardSeatCreate", input).await, ["RULE_BROKEN at input.boardId"]);
        let voting = on(&vacant(), json!({ "voting": true }));
        assert_eq!(refused(&chair, "boardSeatUpdate", voting).await, ["RULE_BROKEN at input.id"]);
    }

    async fn a_seat_that_somebody_holds_keeps_its_kind_and_stays_open(world: World) {
        let chair = world.client("board-chair");
        let other = on(&held(), json!({ "kind": "CLINICIAN", "label": "Member" }));
        let found = refused(&chair, "boardSeatUpdate", other).await;
        assert_eq!(found, ["CONFLICT at input.kind"]);
        assert_eq!(refused(&chair, "boardSeatClose", on(&held(), json!({}))).await, ["CONFLICT at input.id"]);
        does(&chair, "boardSeatUpdate", on(&held(), json!({ "label": "Member" }))).await;
    }
}
