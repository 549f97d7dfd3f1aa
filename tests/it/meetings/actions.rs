//! Actions: what is to be done, by whom and by when, and what is overdue across boards (domain.md 2.2).

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused, titles};

fn action(more: Value) -> Value {
    let mut input = json!({
        "boardId": id("board", "team-up"), "title": "Ask the provider", "ownerPersonId": id("person", "board-member"),
        "dueOn": "2026-03-09",
    });
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}

both_databases! {
    async fn its_owner_says_how_far_it_has_got(world: World) {
        let (chair, member) = (world.client("board-chair"), world.client("board-member"));
        let item = id("agenda_item", "team-up held open");
        let open = does(&chair, "actionCreate", action(json!({ "agendaItemId": item }))).await;
        assert_eq!((&open["status"], &open["agendaItem"]["id"]), (&json!("OPEN"), &json!(item)));
        assert_eq!(open["meeting"]["id"], id("meeting", "team-up held"), "the meeting of the item");
        let blocked = does(&member, "actionBlock", on(&open, json!({ "reason": "They do not answer." }))).await;
        assert_eq!((&blocked["status"], &blocked["statusNote"]), (&json!("BLOCKED"), &json!("They do not answer.")));
        let open = does(&member, "actionResume", on(&blocked, json!({}))).await;
        assert_eq!(open["statusNote"], json!(null));
        let own = refused(&member, "actionDrop", on(&open, json!({ "reason": "Enough." }))).await;
        assert_eq!(own, ["FORBIDDEN at input"], "whoever runs the board drops it");
        let done = does(&member, "actionComplete", on(&open, json!({ "note": "They agreed." }))).await;
        assert_eq!((&done["status"], &done["closedAt"]), (&json!("DONE"), &json!("2026-03-02T09:00:00Z")));
        let again = change(&chair, "actionDrop", on(&done, json!({ "reason": "Enough." }))).await;
        assert_eq!(again.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        assert!(again.text.contains("final"), "{}", again.text);
        assert_eq!(refused(&chair, "actionUpdate", on(&done, json!({ "title": "More" }))).await, ["INACTIVE at input.id"]);
    }

    async fn an_owner_outside_the_board_reads_their_own_alone(world: World) {
        let query = "{ actions { nodes { title } } }";
        let own = titles(&world.client("provider-user"), query, "/actions").await;
        assert_eq!(own, ["canary board_action team-up stuck title."]);
        let secret = action(json!({
            "agendaItemId": id("agenda_item", "team-up held secret"), "ownerPersonId": id("person", "visitor"),
        }));
        let refusal = refused(&world.client("board-chair"), "actionCreate", secret).await;
        assert_eq!(refusal, ["RULE_BROKEN at input.ownerPersonId"]);
        let elsewhere = action(json!({
            "meetingId": id("meeting", "team-up next"), "agendaItemId": id("agenda_item", "team-up held open"),
        }));
        assert_eq!(refused(&world.client("board-chair"), "actionCreate", elsewhere).await, ["NOT_FOUND at input.agendaItemId"]);
    }

    /// By the server's clock, over all boards that the viewer sees.
    async fn what_is_overdue_is_one_list_across_boards(world: World) {
        let chair = world.client("board-chair");
        let query = "{ actions(filter: { isOverdue: true }) { nodes { title } } }";
        let overdue = ["canary board_action team-up late title."];
        assert_eq!(titles(&chair, query, "/actions").await, overdue);
        does(&chair, "actionCreate", action(json!({ "dueOn": "2026-03-02" }))).await;
        assert_eq!(titles(&chair, query, "/actions").await, overdue, "today is not late");
        world.clock().advance_days(1);
        assert_eq!(titles(&chair, query, "/actions").await, [overdue[0], "Ask the provider"]);
        let mine = "{ actions(filter: { isOverdue: true, isMine: true }) { nodes { title } } }";
        assert_eq!(titles(&chair, mine, "/actions").await, [""; 0]);
        assert_eq!(titles(&world.client("board-member"), mine, "/actions").await.len(), 2);
        let answer = chair.query("{ actions(filter: { isOverdue: true }) { nodes { title ownerPerson { displayName } \
            board { name } meeting { title } } pageInfo { endCursor } } }", Value::Null).await;
        assert!(answer.statements.len() < 4, "{}", answer.statements.join("\n"));
    }

    async fn a_new_owner_and_a_new_day(world: World) {
        let changed = on(&existing("action", "team-up late"), json!({
            "ownerPersonId": id("person", "board-chair"), "dueOn": "2026-03-31", "detail": null,
        }));
        let action = does(&world.client("council-admin"), "actionUpdate", changed).await;
        assert_eq!((&action["dueOn"], &action["detail"]), (&json!("2026-03-31"), &json!(null)));
        assert_eq!(action["ownerPerson"]["id"], id("person", "board-chair"));
    }
}
