//! Initiatives, boards, seats and members.

use harness::id;
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
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
