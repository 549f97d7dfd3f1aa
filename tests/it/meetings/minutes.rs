//! Minutes: the next meeting approves them (domain.md 2.2 and 2.10).

use harness::{Client, both_databases, id};
use serde_json::json;

use super::{change, does, existing, on, refused};

const READ: &str = "query($id: ID!) { meeting(id: $id) { status minutes { visibility text } } }";

/// A member comes to the meeting that has begun.
async fn attend(chair: &Client, member: &str) {
    let asked = json!({
        "meetingId": id("meeting", "team-up started"), "personId": id("person", member), "capacity": "MEMBER",
    });
    let asked = does(chair, "attendanceInvite", asked).await;
    does(
        chair,
        "attendanceRecord",
        on(&asked, json!({ "status": "PRESENT" })),
    )
    .await;
}

both_databases! {
    async fn the_next_meeting_approves_the_minutes_and_then_everybody_reads_them(world: World) {
        let (chair, public) = (world.client("board-chair"), world.client("anonymous"));
        let held = existing("meeting", "team-up held");
        let draft = does(&chair, "meetingMinutesDraft", on(&held, json!({ "minutes": "We met." }))).await;
        assert_eq!((&draft["status"], &draft["minutes"]["text"]), (&json!("MINUTES_DRAFT"), &json!("We met.")));
        let draft = does(&chair, "meetingMinutesDraft", on(&draft, json!({ "minutes": "We met, and agreed." }))).await;
        let seen = public.query(READ, json!({ "id": draft["id"] })).await;
        assert_eq!(seen.data("/meeting/minutes"), &json!({ "visibility": "HIDDEN", "text": null }));

        let by = |name| on(&draft, json!({ "approvedByMeetingId": id("meeting", name) }));
        // Itself, an earlier one, one that was not held.
        for name in ["team-up held", "team-up second", "team-up next"] {
            let refusal = refused(&chair, "meetingMinutesApprove", by(name)).await;
            assert_eq!(refusal, ["RULE_BROKEN at input.approvedByMeetingId"], "{name}");
        }
        let next = does(&chair, "meetingHold", on(&existing("meeting", "team-up started"), json!({}))).await;
        // Nobody has recorded who is there, so there is no quorum.
        let refusal = change(&chair, "meetingMinutesApprove", by("team-up started")).await;
        assert!(refusal.text.contains("0 voting members are recorded as present, and the quorum is 2"), "{}", refusal.text);
        attend(&chair, "board-chair").await;
        let refusal = change(&chair, "meetingMinutesApprove", by("team-up started")).await;
        assert!(refusal.text.contains("1 voting members are recorded as present"), "{}", refusal.text);
        attend(&chair, "board-member").await;
        let approved = does(&chair, "meetingMinutesApprove", by("team-up started")).await;
        assert_eq!(approved["status"], "MINUTES_APPROVED");
        assert_eq!(approved["minutesApprovedByMeeting"]["id"], next["id"]);
        let seen = public.query(READ, json!({ "id": draft["id"] })).await;
        assert_eq!(seen.data("/meeting/minutes/text"), "We met, and agreed.");
        let again = on(&approved, json!({ "approvedByMeetingId": id("meeting", "team-up started") }));
        assert_eq!(refused(&chair, "meetingMinutesApprove", again).await, ["ILLEGAL_TRANSITION at input.id"]);
    }

    async fn a_meeting_of_another_board_approves_nothing(world: World) {
        // The administrator of the host sees the meetings of another board of the partnership, too.
        let council = world.client("council-admin");
        let input = on(&existing("meeting", "team-up second"), json!({ "approvedByMeetingId": id("meeting", "quiet next") }));
        let refusal = refused(&council, "meetingMinutesApprove", input).await;
        assert!(refusal.iter().all(|error| error == "RULE_BROKEN at input.approvedByMeetingId"), "{refusal:?}");
    }
}
