//! A meeting is prepared, announced, held, or called off (domain.md 2.2).

use chrono::TimeDelta;
use harness::{both_databases, id};
use serde_json::json;

use super::{actions_since, change, does, events, existing, on, refused};

both_databases! {
    async fn a_meeting_is_prepared_announced_and_held(world: World) {
        let chair = world.client("board-chair");
        let before = events(&world).await;
        let input = json!({
            "boardId": id("board", "team-up"), "title": "  Spring meeting ", "startsAt": "2026-03-05T10:00:00+01:00",
            "endsAt": "2026-03-05T11:00:00Z", "venue": "Town Hall", "onlineUrl": "https://meet.example.org/team-up",
        });
        let meeting = does(&chair, "meetingCreate", input).await;
        assert_eq!((&meeting["status"], &meeting["title"]), (&json!("DRAFT"), &json!("Spring meeting")));
        assert_eq!(meeting["startsAt"], "2026-03-05T09:00:00Z");
        let member = world.client("board-member").query(
            "query($id: ID!) { meeting(id: $id) { title } }", json!({ "id": meeting["id"] })).await;
        assert_eq!(member.data("/meeting/title"), "Spring meeting", "members see drafts");
        let public = "query($id: ID!) { meeting(id: $id) { venue joining { visibility onlineUrl } } }";
        let absent = world.client("anonymous").query(public, json!({ "id": meeting["id"] })).await;
        assert!(absent.data("/meeting").is_null(), "{}", absent.text);

        let meeting = does(&chair, "meetingPublish", on(&meeting, json!({}))).await;
        assert_eq!((&meeting["status"], &meeting["publishedAt"]), (&json!("PUBLISHED"), &json!("2026-03-02T09:00:00Z")));
        let seen = world.client("anonymous").query(public, json!({ "id": meeting["id"] })).await;
        assert_eq!(seen.data("/meeting"), &json!({ "venue": "Town Hall", "joining": { "visibility": "HIDDEN", "onlineUrl": null } }));

        assert_eq!(refused(&chair, "meetingHold", on(&meeting, json!({}))).await, ["RULE_BROKEN at input.id"]);
        world.clock().advance(TimeDelta::days(3));
        let meeting = does(&chair, "meetingHold", on(&meeting, json!({}))).await;
        assert_eq!(meeting["status"], "HELD");
        // Publishing asks every active member to come: the chair and a member; not the one on leave.
        assert_eq!(actions_since(&world, before).await, [
            "meeting.create", "meeting.publish", "attendance.invite", "attendance.invite", "meeting.hold",
        ]);
    }

    async fn an_illegal_step_is_answered_with_the_legal_ones(world: World) {
        let chair = world.client("board-chair");
        for (mutation, meeting, more, legal) in [
            ("meetingPublish", "team-up next", json!({}), "HELD or CANCELLED"),
            ("meetingHold", "team-up draft", json!({}), "PUBLISHED or CANCELLED"),
            ("meetingHold", "team-up off", json!({}), "final"),
            ("meetingCancel", "team-up held", json!({ "reason": "No." }), "MINUTES_DRAFT"),
            ("meetingMinutesDraft", "team-up next", json!({ "minutes": "We met." }), "HELD or CANCELLED"),
            ("meetingMinutesDraft", "team-up first", json!({ "minutes": "We met." }), "final"),
        ] {
            let answer = change(&chair, mutation, on(&existing("meeting", meeting), more)).await;
            assert_eq!(answer.user_errors("answer"), ["ILLEGAL_TRANSITION at input.id"], "{mutation} {meeting}");
            let message = answer.data("/answer/userErrors/0/message").as_str().unwrap();
            assert!(message.contains(legal), "{mutation} {meeting}: {message}");
        }
    }

    async fn a_meeting_is_called_off_for_a_reason_that_whoever_sees_it_reads(world: World) {
        let input = on(&existing("meeting", "team-up next"), json!({ "reason": "The hall is flooded." }));
        let meeting = does(&world.client("council-admin"), "meetingCancel", input).await;
        assert_eq!(meeting["status"], "CANCELLED");
        let query = "query($id: ID!) { meeting(id: $id) { status cancellationReason } }";
        let public = world.client("anonymous").query(query, json!({ "id": meeting["id"] })).await;
        assert_eq!(public.data("/meeting/cancellationReason"), "The hall is flooded.");
    }

    async fn what_has_taken_place_is_not_moved(world: World) {
        let chair = world.client("board-chair");
        let moved = on(&existing("meeting", "team-up held"), json!({ "venue": "Elsewhere" }));
        assert_eq!(refused(&chair, "meetingUpdate", moved).await, ["INACTIVE at input.id"]);
        let next = on(&existing("meeting", "team-up next"), json!({ "venue": null, "title": "A better title" }));
        let meeting = does(&chair, "meetingUpdate", next).await;
        assert_eq!((&meeting["venue"], &meeting["title"]), (&json!(null), &json!("A better title")));
    }

    async fn members_do_not_run_meetings(world: World) {
        let member = world.client("board-member");
        for (mutation, meeting) in [("meetingPublish", "team-up draft"), ("meetingHold", "team-up started")] {
            let answer = refused(&member, mutation, on(&existing("meeting", meeting), json!({}))).await;
            assert_eq!(answer, ["FORBIDDEN at input"], "{mutation}");
        }
    }
}
