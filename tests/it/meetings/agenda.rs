//! Agendas: members propose, the chair orders, and what is confidential stays among the board (domain.md 2.2 and 3).

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused, titles};

fn item(title: &str) -> Value {
    json!({ "meetingId": id("meeting", "team-up next"), "title": title, "kind": "DECISION" })
}

both_databases! {
    async fn a_member_proposes_and_the_chair_answers(world: World) {
        let (chair, member) = (world.client("board-chair"), world.client("board-member"));
        let proposed = does(&member, "agendaItemPropose", item("Same worker each visit")).await;
        assert_eq!(proposed["status"], "PROPOSED");
        assert_eq!(proposed["proposedByPerson"]["id"], id("person", "board-member"));
        let public = "query($id: ID!) { agendaItem(id: $id) { title } }";
        let unseen = world.client("anonymous").query(public, json!({ "id": proposed["id"] })).await;
        assert!(unseen.data("/agendaItem").is_null());
        assert_eq!(refused(&member, "agendaItemAccept", on(&proposed, json!({}))).await, ["FORBIDDEN at input"]);

        let changed = does(&member, "agendaItemUpdate", on(&proposed, json!({ "title": "The same worker" }))).await;
        let accepted = does(&chair, "agendaItemAccept", on(&changed, json!({}))).await;
        assert_eq!((&accepted["status"], &accepted["ordinal"]), (&json!("ACCEPTED"), &json!(3)));
        let seen = world.client("anonymous").query(public, json!({ "id": proposed["id"] })).await;
        assert_eq!(seen.data("/agendaItem/title"), "The same worker");
        let too_late = refused(&member, "agendaItemUpdate", on(&accepted, json!({ "title": "Other" }))).await;
        assert_eq!(too_late, ["INACTIVE at input.id"]);
        let again = change(&chair, "agendaItemDecline", on(&accepted, json!({ "reason": "No." }))).await;
        assert_eq!(again.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        assert!(again.text.contains("WITHDRAWN"), "{}", again.text);
        assert_eq!(does(&member, "agendaItemWithdraw", on(&accepted, json!({}))).await["status"], "WITHDRAWN");

        let declined = on(&existing("agenda_item", "team-up next proposed"), json!({ "reason": "Decided in January." }));
        assert_eq!(does(&chair, "agendaItemDecline", declined).await["declineReason"], "Decided in January.");
    }

    async fn what_the_chair_puts_forward_is_on_the_agenda(world: World) {
        let accepted = does(&world.client("board-chair"), "agendaItemPropose", item("Welcome")).await;
        assert_eq!(accepted["status"], "ACCEPTED");
        let visitor = refused(&world.client("visitor"), "agendaItemPropose", item("Mine")).await;
        assert_eq!(visitor, ["FORBIDDEN at input"]);
        let mut over = item("Late");
        over["meetingId"] = id("meeting", "team-up held").into();
        assert_eq!(refused(&world.client("board-chair"), "agendaItemPropose", over).await, ["INACTIVE at input.meetingId"]);
    }

    /// Hidden is absent: in lists, in counts and in the numbers of what is beside it.
    async fn a_confidential_item_leaves_no_trace_outside_the_board(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let mut secret = item("A complaint about a person");
        secret["confidential"] = true.into();
        assert_eq!(refused(&council, "agendaItemPropose", secret.clone()).await, ["FORBIDDEN at input"]);
        let hidden = does(&chair, "agendaItemPropose", secret).await;
        assert_eq!(hidden["ordinal"], 2, "confidential items are numbered apart");
        let query = format!(
            "{{ meeting(id: \"{}\") {{ agendaItems(filter: {{ status: [ACCEPTED] }}) {{ totalCount nodes {{ title ordinal }} }} }} }}",
            id("meeting", "team-up next")
        );
        for viewer in ["anonymous", "council-admin", "visitor", "platform-admin"] {
            let answer = world.client(viewer).query(&query, Value::Null).await;
            assert_eq!(answer.data("/meeting/agendaItems/totalCount"), 2, "{viewer}: {}", answer.text);
            let ordinals: Vec<_> = answer.data("/meeting/agendaItems/nodes").as_array().unwrap().iter().map(|node| node["ordinal"].clone()).collect();
            assert_eq!(ordinals, [1, 2], "{viewer}");
        }
        let member = world.client("board-member").query(&query, Value::Null).await;
        assert_eq!(member.data("/meeting/agendaItems/totalCount"), 4);
        let audit = world.rows().await.audit_event;
        assert!(!format!("{audit:?}").contains("A complaint"), "the audit has more readers than the item");
    }

    async fn the_chair_orders_and_whoever_cannot_see_an_item_orders_without_it(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let ids = |names: &[&str]| names.iter().map(|name| id("agenda_item", &format!("team-up next {name}"))).collect::<Vec<_>>();
        let next = existing("meeting", "team-up next");
        let missing = on(&next, json!({ "agendaItemIds": ids(&["second", "open"]) }));
        assert_eq!(refused(&chair, "meetingAgendaOrder", missing.clone()).await, ["RULE_BROKEN at input.agendaItemIds"]);
        does(&council, "meetingAgendaOrder", missing).await;
        let query = format!(
            "{{ meeting(id: \"{}\") {{ agendaItems(filter: {{ status: [ACCEPTED] }}) {{ nodes {{ title }} }} }} }}",
            id("meeting", "team-up next")
        );
        let order = titles(&world.client("anonymous"), &query, "/meeting/agendaItems").await;
        let canary = |name: &str| format!("canary agenda_item team-up next {name} title.");
        assert_eq!(order, [canary("second"), canary("open")]);
    }
}
