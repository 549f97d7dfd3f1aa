//! What people write together.

use harness::id;
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of resources, their versions, and who contributes.
pub fn cases() -> Vec<Case> {
    let mut cases = resources();
    cases.extend(versions());
    cases.extend(contributors());
    cases.extend(reviews());
    cases.extend(renditions());
    cases
}

fn resources() -> Vec<Case> {
    vec![
        Case::new("resourceCreate", "resource { id title topics status version }")
            .by("council-admin")
            .input(json!({
                "ownerOrganisationId": id("organisation", "ashdown-council"),
                "kind": "GUIDE",
                "title": "Handling money",
                "topics": ["Money", "home care"],
                "targetGroups": ["CARERS"],
                "boardId": id("board", "team-up"),
            }))
            .wrong(
                json!({ "title": "", "topics": [""], "language": "english" }),
                &[
                    "REQUIRED at input.title",
                    "REQUIRED at input.topics.0",
                    "INVALID_FORMAT at input.language",
                ],
            )
            .hidden_from("council-admin", "boardId", "board", "fernley-inner"),
        Case::new("resourceUpdate", "resource { id topics version }")
            .by("council-admin")
            .input(first("resource", "guide", json!({ "topics": ["money"] })))
            .wrong(
                json!({ "topics": [""], "kind": null }),
                &["REQUIRED at input.topics.0", "REQUIRED at input.kind"],
            )
            .hidden_from("stranger", "id", "resource", "policy"),
    ]
}

fn version(mutation: &'static str) -> Case {
    Case::new(mutation, "resourceVersion { id number status version }")
}

fn versions() -> Vec<Case> {
    vec![
        version("resourceVersionDraft")
            .by("council-admin")
            .input(json!({ "resourceId": id("resource", "recalled") }))
            .wrong(
                json!({ "resourceId": id("resource", "guide") }),
                &["ALREADY_EXISTS at input.resourceId"],
            )
            .hidden_from("stranger", "resourceId", "resource", "policy"),
        version("resourceVersionUpdate")
            .by("provider-user")
            .input(first(
                "resource_version",
                "guide 3",
                json!({ "title": "New title" }),
            ))
            .wrong(
                json!({ "title": "", "language": "english" }),
                &["REQUIRED at input.title", "INVALID_FORMAT at input.language"],
            )
            .hidden_from("board-member", "id", "resource_version", "guide 3"),
        version("resourceVersionSubmit")
            .by("council-admin")
            .input(first("resource_version", "guide 3", json!({})))
            .wrong(
                json!({ "id": id("resource_version", "policy 1") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("board-member", "id", "resource_version", "guide 3"),
        version("resourceVersionSignOff")
            .by("researcher")
            .input(first("resource_version", "policy 1", json!({})))
            .wrong(
                json!({ "id": id("resource_version", "leaflet 1") }),
                &["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "resource_version", "policy 1"),
        version("resourceVersionPublish")
            .by("council-admin")
            .input(first("resource_version", "toolkit 1", json!({})))
            .wrong(
                json!({ "id": id("resource_version", "guide 3") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "resource_version", "toolkit 1"),
        version("resourceVersionWithdraw")
            .by("council-admin")
            .input(first(
                "resource_version",
                "guide 2",
                json!({ "reason": "It names a law that is gone." }),
            ))
            .wrong(
                json!({ "id": id("resource_version", "recalled 1"), "reason": "" }),
                &["REQUIRED at input.reason", "ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "resource_version", "toolkit 1"),
    ]
}

fn contributors() -> Vec<Case> {
    vec![
        Case::new("contributorAdd", "contributor { id role version }")
            .by("council-admin")
            .input(json!({
                "resourceVersionId": id("resource_version", "leaflet 1"),
                "personId": id("person", "board-chair"),
                "role": "EDITOR",
                "creditName": "Somebody",
            }))
            .wrong(
                json!({ "creditName": "x".repeat(201), "organisationId": id("organisation", "cedar-voices") }),
                &[
                    "TOO_LONG at input.creditName",
                    "RULE_BROKEN at input.creditName",
                    "RULE_BROKEN at input.organisationId",
                    "ALREADY_EXISTS at input.organisationId",
                ],
            )
            .hidden_from("stranger", "resourceVersionId", "resource_version", "toolkit 1"),
        Case::new("contributorUpdate", "contributor { id role livedExperience version }")
            .by("council-admin")
            .input(first("contributor", "leaflet 1 visitor", json!({ "role": "TESTER" })))
            .wrong(
                json!({ "role": "AUTHOR", "lead": null }),
                &["REQUIRED at input.lead", "RULE_BROKEN at input.role"],
            )
            .hidden_from("stranger", "id", "contributor", "leaflet 1 visitor"),
        Case::new("contributorRemove", "contributor { id version } deletedContributorId")
            .by("council-admin")
            .input(first("contributor", "leaflet 1 cedar-voices", json!({})))
            .deletes("deletedContributorId")
            .wrong(
                json!({ "id": id("contributor", "leaflet 1 visitor") }),
                &["RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "contributor", "leaflet 1 visitor"),
    ]
}

fn reviews() -> Vec<Case> {
    vec![
        Case::new("resourceReviewAdd", "resourceReview { id verdict version }")
            .by("visitor")
            .input(json!({
                "resourceVersionId": id("resource_version", "leaflet 1"),
                "contentRevision": 2,
                "verdict": "APPROVE",
                "comment": "Clear now.",
            }))
            .wrong(
                json!({ "comment": "", "resourceVersionId": id("resource_version", "guide 3") }),
                &["REQUIRED at input.comment", "INACTIVE at input.resourceVersionId"],
            )
            .hidden_from("stranger", "resourceVersionId", "resource_version", "leaflet 1"),
        Case::new(
            "resourceReviewResolve",
            "resourceReview { id resolvedAt version }",
        )
        .by("council-admin")
        .input(first(
            "resource_review",
            "leaflet 1 visitor",
            json!({ "resolution": "Two sentences are shorter." }),
        ))
        .wrong(
            json!({ "id": id("resource_review", "policy 1 visitor"), "resolution": "" }),
            &["REQUIRED at input.resolution", "ILLEGAL_TRANSITION at input.id"],
        )
        .hidden_from("stranger", "id", "resource_review", "leaflet 1 visitor"),
    ]
}

fn renditions() -> Vec<Case> {
    vec![
        Case::new("renditionAdd", "rendition { id format language version }")
            .by("board-member")
            .input(json!({
                "resourceVersionId": id("resource_version", "leaflet 1"),
                "format": "PLAIN_ENGLISH",
                "body": "In short sentences.",
            }))
            .wrong(
                json!({ "language": "english", "body": "" }),
                &["INVALID_FORMAT at input.language", "REQUIRED at input.body"],
            )
            .hidden_from("stranger", "resourceVersionId", "resource_version", "leaflet 1"),
        Case::new("renditionUpdate", "rendition { id body version }")
            .by("board-member")
            .input(first(
                "rendition",
                "leaflet 1 LARGE_PRINT en",
                json!({ "body": "In large letters." }),
            ))
            .wrong(json!({ "body": "" }), &["REQUIRED at input.body"])
            .hidden_from("stranger", "id", "rendition", "leaflet 1 LARGE_PRINT en"),
        Case::new("renditionCheck", "rendition { id checkedAt version }")
            .by("user-led-admin")
            .input(first(
                "rendition",
                "leaflet 1 LARGE_PRINT en",
                json!({ "contentRevision": 2 }),
            ))
            .wrong(
                json!({ "id": id("rendition", "leaflet 1 EASY_READ en"), "contentRevision": 1 }),
                &[
                    "CONFLICT at input.contentRevision",
                    "ILLEGAL_TRANSITION at input.id",
                ],
            )
            .hidden_from("stranger", "id", "rendition", "leaflet 1 LARGE_PRINT en"),
        Case::new("renditionRemove", "rendition { id version } deletedRenditionId")
            .by("board-member")
            .input(first("rendition", "leaflet 1 LARGE_PRINT en", json!({})))
            .deletes("deletedRenditionId")
            .wrong(
                json!({ "id": id("rendition", "toolkit 1 EASY_READ en") }),
                &["INACTIVE at input.id"],
            )
            .hidden_from("stranger", "id", "rendition", "leaflet 1 LARGE_PRINT en"),
    ]
}
