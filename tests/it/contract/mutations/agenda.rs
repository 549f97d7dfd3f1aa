//! What boards put on their agendas, and what they decide and do about it.

use harness::id;
use serde_json::json;

use super::Case;

const ITEM: &str = "agendaItem { id title status ordinal version }";
const ACTION: &str = "action { id title status version }";

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = items();
    cases.extend(decisions());
    cases.extend(actions());
    cases
}

fn items() -> Vec<Case> {
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
