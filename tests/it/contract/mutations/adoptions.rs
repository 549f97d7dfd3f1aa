//! Who adopts what people wrote together.

use harness::id;
use serde_json::json;

use super::{Case, first};

fn adoption(mutation: &'static str) -> Case {
    Case::new(
        mutation,
        "adoption { id status adoptedOn reviewDueOn renewedOn version }",
    )
}

/// One case for each mutation of adoptions.
pub fn cases() -> Vec<Case> {
    let withdrawn = || id("adoption", "guide 2 ashdown-council");
    vec![
        adoption("adoptionPledge")
            .by("council-admin")
            .input(json!({
                "resourceVersionId": id("resource_version", "guide 2"),
                "organisationId": id("organisation", "ashdown-council"),
            }))
            .wrong(
                json!({
                    "resourceVersionId": id("resource_version", "guide 1"),
                    "serviceId": id("service", "birch-house-support"),
                }),
                &[
                    "INACTIVE at input.resourceVersionId",
                    "RULE_BROKEN at input.serviceId",
                ],
            )
            .hidden_from("stranger", "resourceVersionId", "resource_version", "toolkit 1"),
        adoption("adoptionAdopt")
            .by("user-led-admin")
            .input(first("adoption", "guide 2 cedar-voices", json!({})))
            .wrong(
                json!({ "adoptedOn": "2030-01-01", "reviewDueOn": "2020-01-01" }),
                &[
                    "OUT_OF_RANGE at input.adoptedOn",
                    "OUT_OF_RANGE at input.reviewDueOn",
                ],
            )
            .hidden_from("board-member", "id", "adoption", "guide 2 ashdown-council"),
        adoption("adoptionEvidence")
            .by("council-admin")
            .input(first(
                "adoption",
                "pledge 1 ashdown-council",
                json!({ "evidence": "Forty people were asked." }),
            ))
            .wrong(
                json!({ "evidence": "", "id": withdrawn() }),
                &["REQUIRED at input.evidence", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("board-member", "id", "adoption", "guide 2 ashdown-council"),
        adoption("adoptionRenew")
            .by("council-admin")
            .input(first(
                "adoption",
                "pledge 1 ashdown-council",
                json!({ "reviewDueOn": "2027-01-01" }),
            ))
            .wrong(
                json!({ "reviewDueOn": "2020-01-01", "id": withdrawn() }),
                &[
                    "ILLEGAL_TRANSITION at input.id",
                    "OUT_OF_RANGE at input.reviewDueOn",
                ],
            )
            .hidden_from("board-member", "id", "adoption", "guide 2 ashdown-council"),
        adoption("adoptionWithdraw")
            .by("council-admin")
            .input(first(
                "adoption",
                "pledge 1 ashdown-council",
                json!({ "reason": "The service has closed." }),
            ))
            .wrong(
                json!({ "reason": "", "id": withdrawn() }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("board-member", "id", "adoption", "guide 2 ashdown-council"),
    ]
}
