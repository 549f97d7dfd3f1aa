//! Partnerships and their members.

use harness::id;
use serde_json::json;

use super::{Case, arranged, first};

/// One case for each mutation.
pub fn cases() -> Vec<Case> {
    let mut cases = partnerships();
    cases.extend(life());
    cases.extend(members());
    cases
}

fn too_long() -> String {
    "x".repeat(2_001)
}

fn partnerships() -> Vec<Case> {
    vec![
        Case::new("partnershipCreate", "partnership { id name version }")
            .by("council-admin")
            .input(json!({
                "leadOrganisationId": id("organisation", "ashdown-council"),
                "name": "A new partnership",
                "purpose": "To work together.",
                "startsOn": "2026-04-01"
            }))
            .wrong(
                json!({ "name": " ", "purpose": "", "endsOn": "2026-03-31" }),
                &[
                    "REQUIRED at input.name",
                    "REQUIRED at input.purpose",
                    "OUT_OF_RANGE at input.endsOn",
                ],
            )
            .hidden_from("council-admin", "leadOrganisationId", "organisation", "elm-care"),
        Case::new("partnershipUpdate", "partnership { id name version }")
            .by("stranger")
            .after(|world| Box::pin(arranged::partnerships(world)))
            .input(first("partnership", "fernley-next", json!({ "name": "A better name" })))
            // The last day lies before the first one, which is as it was.
            .wrong(
                json!({ "id": id("partnership", "fernley-over"), "name": " ", "purpose": "", "endsOn": "2025-12-31" }),
                &[
                    "REQUIRED at input.name",
                    "REQUIRED at input.purpose",
                    "OUT_OF_RANGE at input.endsOn",
                    "INACTIVE at input.id",
                ],
            )
            .hidden_from("council-admin", "id", "partnership", "fernley-next"),
    ]
}

fn life() -> Vec<Case> {
    let case = |mutation| {
        Case::new(mutation, "partnership { id version terms { status } }")
            .by("stranger")
            .after(|world| Box::pin(arranged::partnerships(world)))
            .hidden_from("council-admin", "id", "partnership", "fernley-next")
    };
    vec![
        case("partnershipActivate")
            .input(first("partnership", "fernley-next", json!({})))
            .wrong(
                json!({ "id": id("partnership", "fernley-alone") }),
                &[
                    "RULE_BROKEN at input.id",
                    "RULE_BROKEN at input.id",
                    "EXPIRED at input.id",
                ],
            ),
        case("partnershipClose")
            .input(first("partnership", "fernley-next", json!({ "reason": "The work is done." })))
            .wrong(
                json!({ "id": id("partnership", "fernley-over"), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            ),
        case("partnershipLeadHandOver")
            .input(first(
                "partnership",
                "fernley-together",
                json!({ "newLeadOrganisationId": id("organisation", "gorse-voices"), "formerLeadRole": "COMMISSIONER" }),
            ))
            .wrong(
                json!({ "newLeadOrganisationId": id("organisation", "cedar-voices"), "formerLeadRole": "LEAD" }),
                &[
                    "INACTIVE at input.newLeadOrganisationId",
                    "RULE_BROKEN at input.formerLeadRole",
                ],
            ),
    ]
}

fn members() -> Vec<Case> {
    let case = |mutation| Case::new(mutation, "partnershipMember { id status version }").by("user-led-admin");
    let invitation = || id("partnership_member", "fernley-next cedar-voices");
    let membership = || id("partnership_member", "ashdown-together cedar-voices");
    vec![
        case("partnershipMemberInvite")
            .by("council-admin")
            .input(json!({
                "partnershipId": id("partnership", "ashdown-together"),
                "organisationId": id("organisation", "gorse-voices"),
                "role": "USER_LED"
            }))
            .wrong(
                json!({ "organisationId": id("organisation", "birch-care"), "role": "LEAD" }),
                &[
                    "ALREADY_EXISTS at input.organisationId",
                    "RULE_BROKEN at input.role",
                ],
            )
            .hidden_from("council-admin", "partnershipId", "partnership", "fernley-next"),
        case("partnershipMemberAccept")
            .input(json!({ "id": invitation(), "expectedVersion": 1 }))
            .wrong(json!({ "id": membership() }), &["ILLEGAL_TRANSITION at input.id"])
            .hidden_from(
                "council-admin",
                "id",
                "partnership_member",
                "fernley-next cedar-voices",
            ),
        case("partnershipMemberDecline")
            .input(json!({ "id": invitation(), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": membership(), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from(
                "council-admin",
                "id",
                "partnership_member",
                "fernley-next cedar-voices",
            ),
        case("partnershipMemberLeave")
            .input(json!({ "id": membership(), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": invitation(), "reason": too_long() }),
                &["TOO_LONG at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from(
                "stranger",
                "id",
                "partnership_member",
                "ashdown-together cedar-voices",
            ),
    ]
}
