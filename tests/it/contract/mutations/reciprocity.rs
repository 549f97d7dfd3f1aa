//! What people get for taking part.

use harness::id;
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![offer()];
    cases.extend(answers());
    cases.extend(minutes());
    cases
}

fn offer() -> Case {
    Case::new("contributionOffer", "contribution { id status version }")
        .by("council-admin")
        .input(json!({
            "personId": id("person", "board-member"),
            "organisationId": id("organisation", "ashdown-council"),
            "activity": "Reading the papers of the review.",
            "startsAt": "2026-03-09T10:00:00Z",
            "expectedMinutes": 60,
            "reward": "PAYMENT",
            "pence": 1500,
        }))
        .wrong(
            json!({ "reward": "TIME_CREDIT", "expectedMinutes": 0, "agreedBefore": false }),
            &[
                "OUT_OF_RANGE at input.expectedMinutes",
                "RULE_BROKEN at input.pence",
                "REQUIRED at input.timeCreditMinutes",
                "RULE_BROKEN at input.agreedBefore",
            ],
        )
        .hidden_from("stranger", "personId", "person", "nominated")
}

fn answers() -> Vec<Case> {
    let offered = || first("contribution", "offered", json!({}));
    vec![
        Case::new("contributionWithdraw", "contribution { id status version }")
            .by("council-admin")
            .input(offered())
            .wrong(
                json!({ "id": id("contribution", "accepted") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "contribution", "offered"),
        Case::new("contributionAccept", "contribution { id status version }")
            .by("board-member")
            .input(first("contribution", "offered", json!({ "pence": 1_000 })))
            .wrong(
                json!({ "pence": 2_501, "timeCreditMinutes": 10, "agreedBefore": false }),
                &[
                    "RULE_BROKEN at input.agreedBefore",
                    "RULE_BROKEN at input.pence",
                    "RULE_BROKEN at input.timeCreditMinutes",
                ],
            )
            .hidden_from("board-chair", "id", "contribution", "offered"),
        Case::new("contributionDecline", "contribution { id status version }")
            .by("board-member")
            .input(offered())
            .wrong(
                json!({ "id": id("contribution", "accepted") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("platform-admin", "id", "contribution", "offered"),
        Case::new("contributionDonate", "contribution { id status version }")
            .by("board-member")
            .input(offered())
            .wrong(
                json!({ "id": id("contribution", "accepted") }),
                &[
                    "ILLEGAL_TRANSITION at input.id",
                    "RULE_BROKEN at input.agreedBefore",
                ],
            )
            .hidden_from("user-led-admin", "id", "contribution", "offered"),
    ]
}

fn minutes() -> Vec<Case> {
    vec![
        Case::new("contributionRecordMinutes", "contribution { id minutes version }")
            .by("board-member")
            .input(first("contribution", "accepted", json!({ "minutes": 110 })))
            .wrong(
                json!({ "id": id("contribution", "offered"), "minutes": -1 }),
                &[
                    "OUT_OF_RANGE at input.minutes",
                    "INACTIVE at input.id",
                    "RULE_BROKEN at input.id",
                ],
            )
            .hidden_from("board-chair", "id", "contribution", "accepted"),
        Case::new(
            "contributionConfirmMinutes",
            "contribution { id minutesConfirmedAt version }",
        )
        .by("board-chair")
        .input(first("contribution", "recorded", json!({})))
        .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
        .hidden_from("board-member", "id", "contribution", "recorded"),
    ]
}
