//! Agreements to share data.

use harness::id;
use serde_json::{Value, json};

use super::{Case, arranged, first};

fn council(more: Value) -> Value {
    let mut input = more;
    input["organisationId"] = json!(id("organisation", "ashdown-council"));
    input
}

fn agreement(name: &str) -> String {
    id("data_sharing_agreement", name)
}

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    let mut cases = written();
    cases.extend(signed());
    cases
}

fn case(mutation: &'static str) -> Case {
    Case::new(mutation, "dataSharingAgreement { id title status version }").by("council-admin")
}

fn written() -> Vec<Case> {
    vec![
        case("partnershipAgreementCreate")
            .input(json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "partyOrganisationIds": [id("organisation", "ashdown-council"), id("organisation", "cedar-voices")],
                "title": "A new agreement",
                "purpose": "To run boards together.",
                "categories": ["BOARDS"],
                "lawfulBasis": "PUBLIC_TASK",
                "startsOn": "2026-04-01",
                "expiresOn": "2027-03-31"
            }))
            .wrong(
                json!({
                    "title": " ", "purpose": "", "dpiaReference": "x".repeat(501), "categories": ["ACCESS_NEEDS"],
                    "expiresOn": "2026-04-01", "partyOrganisationIds": [id("organisation", "hazel-trust")]
                }),
                &[
                    "REQUIRED at input.title",
                    "REQUIRED at input.purpose",
                    "TOO_LONG at input.dpiaReference",
                    "REQUIRED at input.specialCategoryCondition",
                    "OUT_OF_RANGE at input.expiresOn",
                    "RULE_BROKEN at input.partyOrganisationIds",
                    "NOT_FOUND at input.partyOrganisationIds.0",
                ],
            )
            .hidden_from("council-admin", "partnershipId", "partnership", "fernley-next"),
        case("partnershipAgreementUpdate")
            .after(|world| Box::pin(arranged::draft(world)))
            .input(first(
                "data_sharing_agreement",
                "ashdown-draft",
                json!({ "title": "A better title", "specialCategoryCondition": "HEALTH_OR_SOCIAL_CARE" }),
            ))
            // It is signed; and it ends before its first day, which is as it was.
            .wrong(
                json!({
                    "id": agreement("ashdown-boards"), "title": " ", "purpose": "", "categories": [],
                    "expiresOn": "2025-12-31"
                }),
                &[
                    "REQUIRED at input.title",
                    "REQUIRED at input.purpose",
                    "RULE_BROKEN at input",
                    "REQUIRED at input.categories",
                    "OUT_OF_RANGE at input.expiresOn",
                ],
            )
            .hidden_from("stranger", "id", "data_sharing_agreement", "ashdown-draft"),
    ]
}

fn signed() -> Vec<Case> {
    vec![
        case("partnershipAgreementSign")
            .after(|world| Box::pin(arranged::draft(world)))
            .input(first(
                "data_sharing_agreement",
                "ashdown-draft",
                council(json!({})),
            ))
            .wrong(
                json!({ "id": agreement("ashdown-contacts") }),
                &[
                    "RULE_BROKEN at input",
                    "EXPIRED at input.id",
                    "ALREADY_EXISTS at input.organisationId",
                ],
            )
            .hidden_from("stranger", "id", "data_sharing_agreement", "ashdown-draft"),
        case("partnershipAgreementTerminate")
            .input(first(
                "data_sharing_agreement",
                "ashdown-boards",
                council(json!({ "reason": "No longer needed." })),
            ))
            .wrong(
                json!({ "id": agreement("ashdown-contacts"), "reason": " " }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "data_sharing_agreement", "ashdown-boards"),
    ]
}
