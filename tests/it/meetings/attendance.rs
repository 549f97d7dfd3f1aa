//! Attendance: who is asked, who sends apologies, who was there (domain.md 2.2).

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{change, does, existing, on, refused};

fn asked(person: &str, capacity: &str) -> Value {
    json!({ "meetingId": id("meeting", "team-up next"), "personId": id("person", person), "capacity": capacity })
}

both_databases! {
    async fn members_attend_as_members_and_nobody_else_does(world: World) {
        let chair = world.client("board-chair");
        assert_eq!(refused(&chair, "attendanceInvite", asked("interview", "MEMBER")).await, ["RULE_BROKEN at input.capacity"]);
        assert_eq!(does(&chair, "attendanceInvite", asked("interview", "VISITOR")).await["status"], "INVITED");
        assert_eq!(refused(&chair, "attendanceInvite", asked("interview", "VISITOR")).await, ["ALREADY_EXISTS at input.personId"]);
        let mut started = asked("board-member", "VISITOR");
        started["meetingId"] = id("meeting", "team-up started").into();
        assert_eq!(refused(&chair, "attendanceInvite", started.clone()).await, ["RULE_BROKEN at input.capacity"]);
        started["capacity"] = "MEMBER".into();
        does(&chair, "attendanceInvite", started).await;
        let mut draft = asked("interview", "VISITOR");
        draft["meetingId"] = id("meeting", "team-up draft").into();
        assert_eq!(refused(&chair, "attendanceInvite", draft).await, ["INACTIVE at input.meetingId"]);
    }

    async fn whoever_cannot_come_says_so_and_others_do_not_for_them(world: World) {
        let invited = existing("attendance", "team-up next visitor");
        let other = refused(&world.client("board-member"), "attendanceSendApologies", on(&invited, json!({}))).await;
        assert_eq!(other, ["FORBIDDEN at input"]);
        let sorry = does(&world.client("visitor"), "attendanceSendApologies", on(&invited, json!({}))).await;
        assert_eq!(sorry["status"], "APOLOGIES");
        let again = change(&world.client("visitor"), "attendanceSendApologies", on(&sorry, json!({}))).await;
        assert_eq!(again.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"]);
        assert!(again.text.contains("PRESENT"), "{}", again.text);
        let late = on(&existing("attendance", "team-up held nominated"), json!({}));
        let late = refused(&world.client("board-chair"), "attendanceSendApologies", late).await;
        assert_eq!(late, ["INACTIVE at input.id", "ILLEGAL_TRANSITION at input.id"]);
    }

    async fn attendance_is_recorded_while_the_meeting_is_held(world: World) {
        let chair = world.client("board-chair");
        let early = on(&existing("attendance", "team-up next visitor"), json!({ "status": "PRESENT" }));
        assert_eq!(refused(&chair, "attendanceRecord", early).await, ["INACTIVE at input.id"]);
        let held = existing("attendance", "team-up held board-member");
        let left = does(&chair, "attendanceRecord", on(&held, json!({ "status": "ABSENT" }))).await;
        assert_eq!(left["status"], "ABSENT");
        assert_eq!(does(&chair, "attendanceRecord", on(&left, json!({ "status": "PRESENT" }))).await["status"], "PRESENT");
    }

    /// Somebody who does not see the board sees the meeting they were asked to, and how to join it.
    async fn whoever_is_asked_sees_the_meeting(world: World) {
        let query = "query($id: ID!) { meeting(id: $id) { title board { id } joining { onlineUrl } \
            agendaItems { totalCount } attendances { nodes { status person { id } } } } }";
        let answer = world.client("researcher").query(query, json!({ "id": id("meeting", "quiet next") })).await;
        let meeting = answer.data("/meeting");
        assert_eq!(meeting["board"], json!(null));
        assert_eq!(meeting["joining"]["onlineUrl"], "canary meeting quiet next online_url.");
        assert_eq!(meeting["agendaItems"]["totalCount"], 1);
        assert_eq!(meeting["attendances"]["nodes"].as_array().unwrap().len(), 1, "their own");
    }
}
