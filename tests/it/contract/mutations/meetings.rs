//! Meetings, who comes to them, and how they are prepared.

use harness::id;
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = meetings();
    cases.extend(minutes());
    cases.extend(attendance());
    cases.extend(preparation());
    cases.extend(calendar_feeds());
    cases
}

const MEETING: &str = "meeting { id title status version }";

fn meetings() -> Vec<Case> {
    let on = |name| json!({ "id": id("meeting", name), "expectedVersion": 1 });
    vec![
        Case::new("meetingCreate", MEETING)
            .by("board-chair")
            .input(json!({
                "boardId": id("board", "team-up"),
                "title": "Spring meeting",
                "startsAt": "2026-05-11T10:00:00Z",
                "endsAt": "2026-05-11T12:00:00Z"
            }))
            .wrong(
                json!({ "title": " ", "endsAt": "2026-05-11T09:00:00Z", "onlineUrl": "meet.example.org" }),
                &[
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.endsAt",
                    "INVALID_FORMAT at input.onlineUrl",
                ],
            )
            .hidden_from("stranger", "boardId", "board", "quiet"),
        Case::new("meetingUpdate", MEETING)
            .by("board-chair")
            .input(json!({ "id": id("meeting", "team-up next"), "expectedVersion": 1, "venue": "Town Hall" }))
            .wrong(
                json!({ "title": "", "startsAt": null, "endsAt": "2026-01-01T00:00:00Z" }),
                &[
                    "REQUIRED at input.title",
                    "REQUIRED at input.startsAt",
                    "OUT_OF_RANGE at input.endsAt",
                ],
            )
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
        Case::new("meetingPublish", MEETING)
            .by("board-chair")
            .input(on("team-up draft"))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
        Case::new("meetingHold", MEETING)
            .by("board-chair")
            .input(on("team-up started"))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
        Case::new("meetingCancel", MEETING)
            .by("board-chair")
            .input(json!({
                "id": id("meeting", "team-up next"),
                "expectedVersion": 1,
                "reason": "The hall is flooded."
            }))
            .wrong(
                json!({ "id": "x", "reason": " " }),
                &["REQUIRED at input.reason", "NOT_FOUND at input.id"],
            )
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
        Case::new("meetingAgendaOrder", MEETING)
            .by("board-chair")
            .input(json!({
                "id": id("meeting", "team-up next"),
                "expectedVersion": 1,
                "agendaItemIds": [
                    id("agenda_item", "team-up next second"),
                    id("agenda_item", "team-up next open"),
                    id("agenda_item", "team-up next secret")
                ]
            }))
            .wrong(
                json!({ "agendaItemIds": ["x", id("agenda_item", "team-up next open"), id("agenda_item", "team-up next open")] }),
                &[
                    "NOT_FOUND at input.agendaItemIds",
                    "RULE_BROKEN at input.agendaItemIds",
                    "RULE_BROKEN at input.agendaItemIds",
                    "RULE_BROKEN at input.agendaItemIds",
                ],
            )
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
    ]
}

fn minutes() -> Vec<Case> {
    vec![
        Case::new("meetingMinutesDraft", MEETING)
            .by("board-chair")
            .input(json!({
                "id": id("meeting", "team-up held"),
                "expectedVersion": 1,
                "minutes": "We met, and agreed."
            }))
            .wrong(
                json!({ "id": "x", "minutes": "" }),
                &["REQUIRED at input.minutes", "NOT_FOUND at input.id"],
            )
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
        Case::new("meetingMinutesApprove", MEETING)
            .by("board-chair")
            .input(json!({
                "id": id("meeting", "team-up second"),
                "expectedVersion": 1,
                "approvedByMeetingId": id("meeting", "team-up held")
            }))
            .wrong(
                json!({ "id": "x", "approvedByMeetingId": "x" }),
                &["NOT_FOUND at input.approvedByMeetingId", "NOT_FOUND at input.id"],
            )
            .hidden_from("stranger", "id", "meeting", "team-up draft"),
    ]
}

fn attendance() -> Vec<Case> {
    vec![
        Case::new("attendanceInvite", "attendance { id capacity status version }")
            .by("board-chair")
            .input(json!({
                "meetingId": id("meeting", "team-up next"),
                "personId": id("person", "nominated"),
                "capacity": "VISITOR"
            }))
            .wrong(
                json!({ "meetingId": "x", "personId": "x" }),
                &["NOT_FOUND at input.personId", "NOT_FOUND at input.meetingId"],
            )
            .hidden_from("stranger", "meetingId", "meeting", "team-up draft"),
        Case::new("attendanceRecord", "attendance { id status version }")
            .by("board-chair")
            .input(json!({
                "id": id("attendance", "team-up held former-member"),
                "expectedVersion": 1,
                "status": "PRESENT"
            }))
            .wrong(json!({ "status": "INVITED" }), &["RULE_BROKEN at input.status"])
            .hidden_from("stranger", "id", "attendance", "team-up held former-member"),
        Case::new("attendanceSendApologies", "attendance { id status version }")
            .by("visitor")
            .input(json!({ "id": id("attendance", "team-up next visitor"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "attendance", "team-up next visitor"),
    ]
}

fn preparation() -> Vec<Case> {
    vec![
        Case::new(
            "meetingSeriesCreate",
            "meetingSeries { id recurrenceRule version }",
        )
        .by("board-chair")
        .input(json!({
            "meetingId": id("meeting", "team-up next"),
            "recurrenceRule": "FREQ=MONTHLY;BYDAY=3MO",
            "count": 3
        }))
        .wrong(
            json!({ "recurrenceRule": "Mondays", "count": 0 }),
            &[
                "INVALID_FORMAT at input.recurrenceRule",
                "OUT_OF_RANGE at input.count",
            ],
        )
        .hidden_from("stranger", "meetingId", "meeting", "team-up draft"),
        Case::new("paperAdd", "paper { id title format version }")
            .by("board-chair")
            .input(json!({
                "agendaItemId": id("agenda_item", "team-up next open"),
                "originalId": id("paper", "team-up next open plan"),
                "title": "The plan in plain words",
                "format": "PLAIN_ENGLISH",
                "mediaType": "text/plain",
                "body": "In short: the same worker each visit."
            }))
            .wrong(
                json!({ "title": "", "mediaType": "plain", "originalId": "x" }),
                &[
                    "REQUIRED at input.title",
                    "INVALID_FORMAT at input.mediaType",
                    "NOT_FOUND at input.originalId",
                ],
            )
            .hidden_from(
                "council-admin",
                "agendaItemId",
                "agenda_item",
                "team-up next secret",
            ),
        Case::new("paperWithdraw", "paper { id withdrawnAt version }")
            .by("board-chair")
            .input(json!({ "id": id("paper", "team-up next open plan"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("council-admin", "id", "paper", "team-up next secret plan"),
        Case::new("accessNeedMetArrange", "accessNeedMet { id arrangement version }")
            .by("board-chair")
            .input(json!({
                "meetingId": id("meeting", "team-up next"),
                "accessNeedId": id("access_need", "board-member"),
                "arrangement": "An interpreter is booked."
            }))
            .wrong(
                json!({ "arrangement": " ", "accessNeedId": "x", "meetingId": "x" }),
                &[
                    "REQUIRED at input.arrangement",
                    "NOT_FOUND at input.accessNeedId",
                    "NOT_FOUND at input.meetingId",
                ],
            )
            .hidden_from("board-chair", "accessNeedId", "access_need", "visitor"),
        Case::new("accessNeedMetConfirm", "accessNeedMet { id confirmedAt version }")
            .by("visitor")
            .input(json!({ "id": id("access_need_met", "team-up next visitor"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("board-chair", "id", "access_need_met", "team-up next visitor"),
    ]
}

fn calendar_feeds() -> Vec<Case> {
    // Not the address, which only the first answer shows.
    let feed = "calendarFeed { id name revokedAt version }";
    let on = json!({ "id": id("calendar_feed", "board-member telephone"), "expectedVersion": 1 });
    vec![
        Case::new("calendarFeedCreate", feed)
            .by("board-member")
            .input(json!({ "name": "My telephone" }))
            .wrong(json!({ "name": " " }), &["REQUIRED at input.name"]),
        Case::new("calendarFeedRotate", feed)
            .by("board-member")
            .input(on.clone())
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("board-chair", "id", "calendar_feed", "board-member telephone"),
        Case::new("calendarFeedRevoke", feed)
            .by("board-member")
            .input(on)
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("board-chair", "id", "calendar_feed", "board-member telephone"),
    ]
}
