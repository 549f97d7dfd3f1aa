//! Two at once: one consistent outcome.

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on};

/// What two requests that came at once were answered: the errors of each, in no order.
async fn at_once(one: (&Client, &str, Value), other: (&Client, &str, Value)) -> Vec<Vec<String>> {
    let (one, other) = tokio::join!(change(one.0, one.1, one.2), change(other.0, other.1, other.2));
    let mut errors = vec![one.user_errors("answer"), other.user_errors("answer")];
    errors.sort();
    errors
}

both_databases! {
    async fn two_chairs_approve_the_same_minutes_at_once(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let approve = || on(&existing("meeting", "team-up second"), json!({ "approvedByMeetingId": id("meeting", "team-up held") }));
        let errors = at_once((&chair, "meetingMinutesApprove", approve()), (&council, "meetingMinutesApprove", approve())).await;
        assert_eq!(errors[0], [""; 0]);
        assert!(matches!(errors[1][0].as_str(), "CONFLICT at input.expectedVersion" | "ILLEGAL_TRANSITION at input.id"), "{errors:?}");
        let approvals = world.rows().await.audit_event;
        assert_eq!(approvals.iter().filter(|event| event.action == "meeting.approve_minutes").count(), 1);
    }

    /// Whichever comes first, the decision counted those who were there when it was recorded.
    async fn a_decision_while_the_attendance_changes(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let mut member = existing("attendance", "team-up held board-member");
        for _ in 0..4 {
            let decide = json!({
                "agendaItemId": id("agenda_item", "team-up held open"), "text": "Agreed.", "method": "VOTE", "outcome": "APPROVED",
                "votesFor": 2, "votesAgainst": 0, "votesAbstain": 0,
            });
            let before = world.rows().await.board_decision.len();
            let leaves = on(&member, json!({ "status": "ABSENT" }));
            let errors = at_once((&chair, "boardDecisionRecord", decide), (&council, "attendanceRecord", leaves)).await;
            assert_eq!(errors[0], [""; 0], "somebody leaves in any case");
            let rows = world.rows().await;
            let place = |action: &str| {
                let events = rows.audit_event.iter().filter(|event| event.action == action);
                events.map(|event| event.sequence).max().unwrap_or_default()
            };
            let decided = rows.board_decision.len() > before;
            assert_eq!(decided, errors[1].is_empty(), "{errors:?}");
            if decided {
                assert!(place("board_decision.record") < place("attendance.record"), "it would have had no quorum afterwards");
                assert!(rows.board_decision.iter().all(|decision| decision.voting_present == 2));
            } else {
                assert_eq!(errors[1], ["RULE_BROKEN at input.agendaItemId", "RULE_BROKEN at input.votesFor"]);
            }
            let query = "query($id: ID!) { attendance(id: $id) { id version } }";
            let left = chair.query(query, json!({ "id": member["id"] })).await.data("/attendance").clone();
            member = does(&chair, "attendanceRecord", on(&left, json!({ "status": "PRESENT" }))).await;
        }
    }

    async fn somebody_is_asked_twice_at_once(world: World) {
        let (chair, council) = (world.client("board-chair"), world.client("council-admin"));
        let ask = || json!({ "meetingId": id("meeting", "team-up next"), "personId": id("person", "nominated"), "capacity": "VISITOR" });
        let errors = at_once((&chair, "attendanceInvite", ask()), (&council, "attendanceInvite", ask())).await;
        assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS at input.personId".to_owned()]]);
    }
}
