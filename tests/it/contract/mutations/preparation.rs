//! What prepares meetings: series, papers, what is arranged for those who come.

use harness::id;
use serde_json::json;

use super::Case;

/// One case for each mutation that prepares a meeting.
pub fn cases() -> Vec<Case> {
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
        Case::new("paperAdd", "paper { id title resourceVersion { id } version }")
            .by("board-chair")
            .input(json!({
                "agendaItemId": id("agenda_item", "team-up next open"),
                "title": "The guide as it is being written",
                "resourceVersionId": id("resource_version", "guide 3")
            }))
            .wrong(
                json!({ "format": "EASY_READ", "body": "Text", "resourceVersionId": id("resource_version", "recalled 1") }),
                &[
                    "RULE_BROKEN at input.resourceVersionId",
                    "RULE_BROKEN at input.format",
                    "INACTIVE at input.resourceVersionId",
                ],
            )
            .hidden_from("board-chair", "resourceVersionId", "resource_version", "fernley-draft 1"),
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
