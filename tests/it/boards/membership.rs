//! The way on to, through and off a board (domain.md 1, row 4, and 2.2).

use entity::boards::kinds::MembershipStage as Stage;
use harness::{both_databases, id};
use serde_json::json;

use super::{
    actions_since, change, does, events, history, membership, on, put, refused, seat, stored, visited,
};

const MEMBER: &str = "team-up board-member";

both_databases! {
    /// Nominated, visiting a meeting, invited, interviewed, offered a seat, a member.
    async fn somebody_comes_to_a_board_by_visit_and_interview(world: World) {
        let (chair, visitor) = (world.client("board-chair"), world.client("visitor"));
        let seat = seat(&world, "LIVED_EXPERIENCE").await;
        let before = events(&world).await;
        put(&world, "team-up visitor", Stage::Nominated, None).await;
        clear_waivers(&world, "team-up visitor").await;

        let path = does(&chair, "boardMembershipRecordVisit", on(&membership("team-up visitor"), json!({}))).await;
        let too_soon = refused(&chair, "boardMembershipInvite", on(&path, json!({}))).await;
        assert_eq!(too_soon, ["RULE_BROKEN at input.waiverReason"]);
        let still_to_come = on(&path, json!({ "visitedOn": "2026-03-03" }));
        assert_eq!(refused(&chair, "boardMembershipRecordVisit", still_to_come).await, ["OUT_OF_RANGE at input.visitedOn"]);
        let elsewhere = on(&path, json!({ "visitedOn": "2026-03-01" }));
        assert_eq!(refused(&chair, "boardMembershipRecordVisit", elsewhere.clone()).await, ["RULE_BROKEN at input.visitedOn"]);
        visited(&world, "visitor").await;
        let path = does(&chair, "boardMembershipRecordVisit", elsewhere).await;
        assert_eq!((&path["stage"], &path["path"]["visitedOn"]), (&json!("VISITOR"), &json!("2026-03-01")));
        let path = does(&chair, "boardMembershipInvite", on(&path, json!({}))).await;
        let path = does(&chair, "boardMembershipInterview", on(&path, json!({}))).await;
        let undecided = refused(&chair, "boardMembershipOffer", on(&path, json!({ "seatId": seat["id"] }))).await;
        assert_eq!(undecided, ["RULE_BROKEN at input.waiverReason"]);
        let offer = json!({ "seatId": seat["id"], "waiverReason": "The panel met in person.", "toOn": "2026-12-31" });
        let path = does(&chair, "boardMembershipOffer", on(&path, offer)).await;
        assert_eq!(path["path"]["decisionWaiverReason"], "The panel met in person.");

        assert_eq!(refused(&chair, "boardMembershipAccept", on(&path, json!({}))).await, ["FORBIDDEN at input"]);
        let undeclared = refused(&visitor, "boardMembershipAccept", on(&path, json!({}))).await;
        assert_eq!(undeclared, ["REQUIRED at input.conflictsDeclared"]);
        let path = does(&visitor, "boardMembershipDeclareConflicts", on(&path, json!({}))).await;
        let path = does(&visitor, "boardMembershipAccept", on(&path, json!({}))).await;
        assert_eq!((&path["stage"], &path["fromOn"], &path["toOn"]), (&json!("ACTIVE"), &json!("2026-03-02"), &json!("2026-12-31")));
        assert_eq!(path["seat"]["id"], seat["id"]);

        let steps = ["NOMINATED", "VISITOR", "VISITOR", "INVITED", "INTERVIEW", "OFFERED", "ACTIVE"];
        let mut walked = history(&world, &path).await;
        walked.sort_unstable();
        let mut expected = steps.map(String::from).to_vec();
        expected.sort_unstable();
        assert_eq!(walked, expected);
        let rows = world.rows().await;
        let offered = rows.board_membership_change.iter().find(|change| change.to_stage == Stage::Offered && change.waiver).unwrap();
        assert_eq!(offered.reason.as_deref(), Some("The panel met in person."));
        assert_eq!(actions_since(&world, before).await, [
            "board_membership.record_visit",
            "board_membership.record_visit",
            "board_membership.invite",
            "board_membership.interview",
            "board_membership.offer",
            "board_membership.declare_conflicts",
            "board_membership.accept",
        ]);
    }

    /// An invitation takes the day of the visit from the meeting, and an attendance that was not recorded opens nothing.
    async fn the_visit_is_what_the_attendance_of_a_meeting_says(world: World) {
        use entity::meetings::attendance;
        use entity::meetings::kinds::AttendanceStatus;
        use sea_orm::{ActiveModelTrait, Set};
        let chair = world.client("board-chair");
        clear_waivers(&world, "team-up visitor").await;
        visited(&world, "visitor").await;
        let note = async |status| {
            let id = harness::uuid("attendance", "team-up held visitor");
            let row = attendance::ActiveModel { id: Set(id.into()), status: Set(status), ..Default::default() };
            row.update(world.connection()).await.unwrap();
        };
        for status in [AttendanceStatus::Invited, AttendanceStatus::Apologies, AttendanceStatus::Absent] {
            note(status).await;
            let too_soon = refused(&chair, "boardMembershipInvite", on(&membership("team-up visitor"), json!({}))).await;
            assert_eq!(too_soon, ["RULE_BROKEN at input.waiverReason"], "{status}");
        }
        note(AttendanceStatus::Present).await;
        let path = does(&chair, "boardMembershipInvite", on(&membership("team-up visitor"), json!({}))).await;
        assert_eq!((&path["stage"], &path["path"]["visitedOn"]), (&json!("INVITED"), &json!("2026-03-01")));
    }

    /// Why a rule was waived stands in the history, and the audit does not tell it on.
    async fn a_visit_is_waived_with_a_reason(world: World) {
        clear_waivers(&world, "team-up visitor").await;
        let waived = on(&membership("team-up visitor"), json!({ "waiverReason": "They are at sea." }));
        let path = does(&world.client("board-chair"), "boardMembershipInvite", waived).await;
        assert_eq!(path["path"]["visitWaiverReason"], "They are at sea.");
        let rows = world.rows().await;
        let step = rows.board_membership_change.iter().find(|change| change.reason.as_deref() == Some("They are at sea.")).unwrap();
        assert!(step.waiver && step.to_stage == Stage::Invited);
        let event = rows.audit_event.iter().find(|event| event.action == "board_membership.invite").unwrap();
        assert!(!format!("{event:?}").contains("at sea"), "{event:?}");
    }

    async fn an_illegal_step_is_answered_with_the_legal_ones(world: World) {
        let chair = world.client("board-chair");
        let answer = change(&chair, "boardMembershipInterview", on(&membership("team-up visitor"), json!({}))).await;
        assert_eq!(answer.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        let message = answer.data("/answer/userErrors/0/message").as_str().unwrap();
        assert!(message.contains("INVITED, DECLINED or WITHDRAWN"), "{message}");
        let ended = on(&membership("team-up former-member"), json!({}));
        assert_eq!(refused(&chair, "boardMembershipReturn", ended).await, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn all_that_is_wrong_with_an_offer_is_said_at_once(world: World) {
        put(&world, "team-up visitor", Stage::Interview, None).await;
        clear_waivers(&world, "team-up visitor").await;
        let offer = json!({
            "seatId": id("board_seat", "fernley-commission first"), "fromOn": "2026-05-01", "toOn": "2026-04-01",
            "reason": "x".repeat(2_001),
        });
        let found = refused(&world.client("board-chair"), "boardMembershipOffer", on(&membership("team-up visitor"), offer)).await;
        assert_eq!(found, [
            "TOO_LONG at input.reason",
            "NOT_FOUND at input.seatId",
            "RULE_BROKEN at input.waiverReason",
            "RULE_BROKEN at input.waiverReason",
            "OUT_OF_RANGE at input.toOn",
        ]);
    }

    async fn the_person_and_the_board_can_say_no(world: World) {
        let (chair, visitor) = (world.client("board-chair"), world.client("visitor"));
        let path = on(&membership("team-up visitor"), json!({ "reason": "Not now." }));
        let declined = does(&visitor, "boardMembershipDecline", path).await;
        assert_eq!(declined["stage"], "DECLINED");
        let other = on(&membership("team-up nominated"), json!({ "reason": "No place." }));
        assert_eq!(does(&chair, "boardMembershipDecline", other).await["stage"], "DECLINED");
        let gone = refused(&visitor, "boardMembershipDeclareConflicts", on(&declined, json!({}))).await;
        assert_eq!(gone, ["INACTIVE at input.id"]);
    }

    async fn the_person_steps_back(world: World) {
        let path = does(&world.client("visitor"), "boardMembershipWithdraw", on(&membership("team-up visitor"), json!({}))).await;
        assert_eq!(path["stage"], "WITHDRAWN");
        assert_eq!(history(&world, &path).await.last().unwrap(), "WITHDRAWN");
    }

    async fn a_member_is_away_and_comes_back(world: World) {
        let chair = world.client("board-chair");
        let away = does(&chair, "boardMembershipTakeLeave", on(&membership(MEMBER), json!({ "reason": "Operation." }))).await;
        assert_eq!(away["stage"], "ON_LEAVE");
        let back = does(&chair, "boardMembershipReturn", on(&away, json!({}))).await;
        assert_eq!((&back["stage"], &back["seat"]["id"]), (&json!("ACTIVE"), &json!(id("board_seat", "team-up member"))));
        assert_eq!(history(&world, &back).await, ["NOMINATED", "ACTIVE", "ON_LEAVE", "ACTIVE"]);
    }

    async fn a_member_steps_down_and_the_chair_gives_other_reasons(world: World) {
        let (chair, member) = (world.client("board-chair"), world.client("board-member"));
        let end = |reason: &str| on(&membership(MEMBER), json!({ "endReason": reason }));
        assert_eq!(refused(&member, "boardMembershipEnd", end("REMOVED")).await, ["FORBIDDEN at input.endReason"]);
        assert_eq!(refused(&chair, "boardMembershipEnd", end("OTHER")).await, ["REQUIRED at input.reason"]);
        let expired = refused(&chair, "boardMembershipEnd", end("TERM_EXPIRED")).await;
        assert_eq!(expired, ["FORBIDDEN at input.endReason", "RULE_BROKEN at input.endReason"]);
        let ended = does(&member, "boardMembershipEnd", end("STEPPED_DOWN")).await;
        assert_eq!((&ended["stage"], &ended["endReason"], &ended["toOn"]), (&json!("ENDED"), &json!("STEPPED_DOWN"), &json!("2026-03-02")));
        assert!(stored(&world, &ended).await.seat_id.is_some(), "who held the seat remains known");
    }

    async fn nobody_moves_on_at_a_closed_board(world: World) {
        let chair = world.client("board-chair");
        let board = json!({ "id": id("board", "team-up"), "version": 1 });
        does(&chair, "boardClose", on(&board, json!({}))).await;
        put(&world, "team-up visitor", Stage::Visitor, None).await;
        let version = stored(&world, &membership("team-up visitor")).await.version;
        let invite = json!({ "id": membership("team-up visitor")["id"], "expectedVersion": version });
        assert_eq!(refused(&chair, "boardMembershipInvite", invite).await, ["INACTIVE at input"]);
    }
}

/// The world's memberships carry waivers for every reader to look for; a test of the rules begins without.
async fn clear_waivers(world: &harness::World, name: &str) {
    use sea_orm::{ActiveModelTrait, Set};
    let row = entity::boards::board_membership::ActiveModel {
        id: Set(harness::uuid("board_membership", name).into()),
        visit_waiver_reason: Set(None),
        decision_waiver_reason: Set(None),
        ..Default::default()
    };
    row.update(world.connection()).await.unwrap();
}
