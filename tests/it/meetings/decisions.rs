//! Decisions: with a quorum, by consensus or by vote of the voting members present (domain.md 2.2).

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{does, existing, on, refused};

fn decision(more: Value) -> Value {
    let mut input = json!({
        "agendaItemId": id("agenda_item", "team-up held open"), "text": "The same worker comes each time.",
        "method": "CONSENSUS", "outcome": "APPROVED",
    });
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}

fn vote(votes: [i32; 3], outcome: &str) -> Value {
    decision(json!({
        "method": "VOTE", "outcome": outcome,
        "votesFor": votes[0], "votesAgainst": votes[1], "votesAbstain": votes[2],
    }))
}

both_databases! {
    async fn a_vote_is_counted_against_the_voting_members_present(world: World) {
        let chair = world.client("board-chair");
        // Present are two members who vote, and a visitor who does not.
        assert_eq!(refused(&chair, "boardDecisionRecord", vote([3, 0, 0], "APPROVED")).await, ["RULE_BROKEN at input.votesFor"]);
        assert_eq!(refused(&chair, "boardDecisionRecord", vote([1, 1, 0], "APPROVED")).await, ["RULE_BROKEN at input.outcome"]);
        let decided = does(&chair, "boardDecisionRecord", vote([1, 0, 1], "APPROVED")).await;
        assert_eq!((&decided["votingPresent"], &decided["livedPresent"]), (&json!(2), &json!(2)));
        assert_eq!((&decided["votesFor"], &decided["votesAgainst"], &decided["votesAbstain"]), (&json!(1), &json!(0), &json!(1)));
    }

    async fn a_board_decides_with_its_quorum_at_that_moment(world: World) {
        let chair = world.client("board-chair");
        let member = existing("attendance", "team-up held board-member");
        let left = does(&chair, "attendanceRecord", on(&member, json!({ "status": "ABSENT" }))).await;
        assert_eq!(refused(&chair, "boardDecisionRecord", decision(json!({}))).await, ["RULE_BROKEN at input.agendaItemId"]);
        let back = does(&chair, "attendanceRecord", on(&left, json!({ "status": "PRESENT" }))).await;
        let decided = does(&chair, "boardDecisionRecord", decision(json!({}))).await;
        does(&chair, "attendanceRecord", on(&back, json!({ "status": "ABSENT" }))).await;
        assert_eq!(decided["votingPresent"], 2, "who leaves afterwards was there");
    }

    async fn a_quorum_of_lived_experience_is_asked_for_beside_the_quorum(world: World) {
        use entity::boards::board_seat;
        use entity::boards::kinds::SeatKind;
        use sea_orm::{ActiveModelTrait, Set};
        for seat in ["team-up chair", "team-up member"] {
            let row = board_seat::ActiveModel {
                id: Set(harness::uuid("board_seat", seat).into()),
                kind: Set(SeatKind::Clinician),
                ..Default::default()
            };
            row.update(world.connection()).await.unwrap();
        }
        let chair = world.client("board-chair");
        assert_eq!(refused(&chair, "boardDecisionRecord", decision(json!({}))).await, ["RULE_BROKEN at input.agendaItemId"]);
    }

    async fn only_a_meeting_that_is_held_decides_what_is_on_its_agenda(world: World) {
        let chair = world.client("board-chair");
        let next = decision(json!({ "agendaItemId": id("agenda_item", "team-up next proposed") }));
        let refusal = refused(&chair, "boardDecisionRecord", next).await;
        assert!(refusal.contains(&"INACTIVE at input.agendaItemId".to_owned()), "{refusal:?}");
        assert_eq!(refused(&world.client("board-member"), "boardDecisionRecord", decision(json!({}))).await, ["FORBIDDEN at input"]);
    }

    /// Published with the approved minutes; what is confidential never.
    async fn decisions_are_read_once_the_minutes_are_approved(world: World) {
        let query = "{ boardDecisions { nodes { text } } }";
        let texts = async |viewer: &str| {
            let answer = world.client(viewer).query(query, Value::Null).await;
            answer.data("/boardDecisions/nodes").as_array().unwrap().len()
        };
        for (viewer, count) in [("anonymous", 1), ("provider-user", 1), ("council-admin", 2), ("board-member", 3)] {
            assert_eq!(texts(viewer).await, count, "{viewer}");
        }
    }
}
