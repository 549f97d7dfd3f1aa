//! Meetings, agendas, attendance, decisions and actions.

use harness::id;
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = meetings();
    cases.extend(minutes());
    cases.extend(agenda());
    cases.extend(attendance());
    cases.extend(decisions());
    cases.extend(actions());
    cases.extend(super::preparation::cases());
    cases.extend(calendar_feeds());
    cases
}

const MEETING: &str = "meeting { id title status version }";
const ITEM: &str = "agendaItem { id title status ordinal version }";
const ACTION: &str = "action { id title status version }";

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

fn agenda() -> Vec<Case> {
    let on = |name| json!({ "id": id("agenda_item", name), "expectedVersion": 1 });
    vec![
        Case::new("agendaItemPropose", ITEM)
            .by("board-member")
            .input(json!({
                "meetingId": id("meeting", "team-up next"),
                "title": "Same worker each visit",
                "kind": "DECISION"
            }))
            .wrong(
                json!({ "meetingId": "x", "title": "", "summary": "x".repeat(5_001) }),
                &[
                    "REQUIRED at input.title",
                    "TOO_LONG at input.summary",
                    "NOT_FOUND at input.meetingId",
                ],
            )
            .hidden_from("stranger", "meetingId", "meeting", "team-up draft"),
        Case::new("agendaItemUpdate", ITEM)
            .by("board-chair")
            .input(json!({
                "id": id("agenda_item", "team-up next open"),
                "expectedVersion": 1,
                "title": "A better title"
            }))
            .wrong(
                json!({ "title": "", "kind": null }),
                &["REQUIRED at input.title", "REQUIRED at input.kind"],
            )
            .hidden_from("stranger", "id", "agenda_item", "team-up next secret"),
        Case::new("agendaItemAccept", ITEM)
            .by("board-chair")
            .input(on("team-up next proposed"))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "agenda_item", "team-up next proposed"),
        Case::new("agendaItemDecline", ITEM)
            .by("board-chair")
            .input(json!({
                "id": id("agenda_item", "team-up next proposed"),
                "expectedVersion": 1,
                "reason": "We decided this in January."
            }))
            .wrong(
                json!({ "id": "x", "reason": "" }),
                &["REQUIRED at input.reason", "NOT_FOUND at input.id"],
            )
            .hidden_from("council-admin", "id", "agenda_item", "team-up next secret"),
        Case::new("agendaItemWithdraw", ITEM)
            .by("board-member")
            .input(on("team-up next proposed"))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("council-admin", "id", "agenda_item", "team-up next secret"),
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

fn decisions() -> Vec<Case> {
    vec![
        Case::new(
            "boardDecisionRecord",
            "boardDecision { id text outcome votingPresent livedPresent }",
        )
        .by("board-chair")
        .input(json!({
            "agendaItemId": id("agenda_item", "team-up held open"),
            "text": "The same worker comes each time.",
            "method": "CONSENSUS",
            "outcome": "APPROVED"
        }))
        .wrong(
            json!({ "text": " ", "votesFor": 2 }),
            &["REQUIRED at input.text", "RULE_BROKEN at input.votesFor"],
        )
        .hidden_from(
            "council-admin",
            "agendaItemId",
            "agenda_item",
            "team-up held secret",
        ),
    ]
}

fn actions() -> Vec<Case> {
    let on = |name| json!({ "id": id("action", name), "expectedVersion": 1 });
    vec![
        Case::new("actionCreate", ACTION)
            .by("board-chair")
            .input(json!({
                "boardId": id("board", "team-up"),
                "agendaItemId": id("agenda_item", "team-up held open"),
                "title": "Ask the provider",
                "ownerPersonId": id("person", "board-member"),
                "dueOn": "2026-04-01"
            }))
            .wrong(
                json!({ "title": "", "ownerPersonId": "x", "agendaItemId": "x", "dueOn": "2026-03-01" }),
                &[
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.dueOn",
                    "NOT_FOUND at input.ownerPersonId",
                    "NOT_FOUND at input.agendaItemId",
                ],
            )
            .hidden_from(
                "council-admin",
                "agendaItemId",
                "agenda_item",
                "team-up held secret",
            ),
        Case::new("actionUpdate", ACTION)
            .by("board-chair")
            .input(json!({ "id": id("action", "team-up late"), "expectedVersion": 1, "dueOn": "2026-04-01" }))
            .wrong(
                json!({ "title": "", "dueOn": "2026-03-01", "ownerPersonId": "x" }),
                &[
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.dueOn",
                    "NOT_FOUND at input.ownerPersonId",
                ],
            )
            .hidden_from("council-admin", "id", "action", "team-up secret"),
        Case::new("actionComplete", ACTION)
            .by("board-member")
            .input(on("team-up late"))
            .wrong(
                json!({ "id": "x", "note": "x".repeat(2_001) }),
                &["TOO_LONG at input.note", "NOT_FOUND at input.id"],
            )
            .hidden_from("council-admin", "id", "action", "team-up secret"),
        Case::new("actionBlock", ACTION)
            .by("board-member")
            .input(json!({
                "id": id("action", "team-up late"),
                "expectedVersion": 1,
                "reason": "The provider does not answer."
            }))
            .wrong(
                json!({ "id": "x", "reason": "" }),
                &["REQUIRED at input.reason", "NOT_FOUND at input.id"],
            )
            .hidden_from("council-admin", "id", "action", "team-up secret"),
        Case::new("actionResume", ACTION)
            .by("provider-user")
            .input(on("team-up stuck"))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("council-admin", "id", "action", "team-up secret"),
        Case::new("actionDrop", ACTION)
            .by("board-chair")
            .input(json!({
                "id": id("action", "team-up late"),
                "expectedVersion": 1,
                "reason": "Somebody else has done it."
            }))
            .wrong(
                json!({ "id": "x", "reason": "" }),
                &["REQUIRED at input.reason", "NOT_FOUND at input.id"],
            )
            .hidden_from("council-admin", "id", "action", "team-up secret"),
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
