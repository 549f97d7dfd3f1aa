//! Initiatives, boards and constituencies.

use harness::id;
use serde_json::json;

use super::{Case, arranged, first};

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    let mut cases = boards();
    cases.extend(life());
    cases.extend(initiatives());
    cases.extend(constituencies());
    cases
}

fn boards() -> Vec<Case> {
    vec![
        Case::new("boardCreate", "board { id name version status }")
            .by("council-admin")
            .input(json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "hostOrganisationId": id("organisation", "ashdown-council"),
                "name": "A new board",
                "kind": "REFERENCE_GROUP",
                "quorum": 3,
                "quorumLived": 2,
                "minLivedBp": 5000
            }))
            .wrong(
                json!({ "name": " ", "quorum": 0, "minLivedBp": 10_001, "termMonths": 0 }),
                &[
                    "REQUIRED at input.name",
                    "OUT_OF_RANGE at input.quorum",
                    "OUT_OF_RANGE at input.quorumLived",
                    "OUT_OF_RANGE at input.minLivedBp",
                    "OUT_OF_RANGE at input.termMonths",
                ],
            )
            .hidden_from("council-admin", "partnershipId", "partnership", "fernley-next"),
        Case::new("boardUpdate", "board { id name version }")
            .by("board-chair")
            .input(json!({ "id": id("board", "team-up"), "expectedVersion": 1, "name": "A better name" }))
            .wrong(
                json!({ "name": "", "quorum": 0, "termMonths": 0 }),
                &[
                    "REQUIRED at input.name",
                    "OUT_OF_RANGE at input.quorum",
                    "OUT_OF_RANGE at input.quorumLived",
                    "OUT_OF_RANGE at input.termMonths",
                ],
            )
            .hidden_from("stranger", "id", "board", "quiet"),
    ]
}

fn life() -> Vec<Case> {
    let case = |mutation| {
        Case::new(mutation, "board { id version status publishedAt }")
            .by("council-admin")
            .after(|world| Box::pin(arranged::boards(world)))
            .hidden_from("stranger", "id", "board", "quiet")
    };
    let too_long = || "x".repeat(2_001);
    vec![
        case("boardActivate")
            .input(first("board", "resting", json!({})))
            .wrong(
                json!({ "id": id("board", "bare") }),
                &["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"],
            ),
        case("boardRest")
            .input(first("board", "team-up", json!({ "reason": "A pause." })))
            .wrong(
                json!({ "id": id("board", "resting"), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardClose")
            .input(first(
                "board",
                "team-up",
                json!({ "reason": "The work is done." }),
            ))
            .wrong(
                json!({ "id": id("board", "over"), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("boardPublish")
            .input(first("board", "bare", json!({})))
            .wrong(
                json!({ "id": id("board", "team-up") }),
                &["ALREADY_EXISTS at input.id"],
            ),
        case("boardUnpublish")
            .input(first("board", "team-up", json!({})))
            .wrong(json!({ "id": id("board", "bare") }), &["RULE_BROKEN at input.id"]),
    ]
}

fn initiatives() -> Vec<Case> {
    vec![
        Case::new("initiativeCreate", "initiative { id title version }")
            .by("council-admin")
            .input(json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "title": "A new piece of work",
                "rungClaimed": "CO_DESIGN",
                "stages": ["CO_DESIGN"]
            }))
            .wrong(
                json!({ "title": " ", "summary": "x".repeat(5_001), "stages": [] }),
                &[
                    "REQUIRED at input.title",
                    "TOO_LONG at input.summary",
                    "REQUIRED at input.stages",
                ],
            )
            .hidden_from("council-admin", "partnershipId", "partnership", "fernley-next"),
        Case::new("initiativeUpdate", "initiative { id title version }")
            .by("council-admin")
            .input(first(
                "initiative",
                "ashdown-unseen",
                json!({ "title": "A better title" }),
            ))
            .wrong(
                json!({ "title": "", "summary": "x".repeat(5_001), "stages": [] }),
                &[
                    "REQUIRED at input.title",
                    "TOO_LONG at input.summary",
                    "REQUIRED at input.stages",
                ],
            )
            .hidden_from("stranger", "id", "initiative", "ashdown-unseen"),
    ]
}

fn constituencies() -> Vec<Case> {
    vec![
        Case::new("constituencyCreate", "constituency { id code version }")
            .input(json!({ "code": "YOUNG_CARERS", "label": "Young carers" }))
            .wrong(
                json!({ "code": "young carers", "label": " ", "description": "x".repeat(2_001) }),
                &[
                    "INVALID_FORMAT at input.code",
                    "REQUIRED at input.label",
                    "TOO_LONG at input.description",
                ],
            ),
        Case::new("constituencyUpdate", "constituency { id label version }")
            .input(first(
                "constituency",
                "carers",
                json!({ "label": "Unpaid carers" }),
            ))
            .wrong(
                json!({ "label": null, "description": "x".repeat(2_001) }),
                &["REQUIRED at input.label", "TOO_LONG at input.description"],
            )
            // Everybody reads constituencies: what there is to hide is whether an id is one of something else.
            .hidden_from("stranger", "id", "board", "quiet"),
    ]
}
