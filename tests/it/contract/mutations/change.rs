//! Feedback, stories, and what organisations say they did.

use harness::id;
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![submit()];
    cases.extend(steps());
    cases.extend(stories());
    cases.extend(drafts());
    cases.extend(sources());
    cases
}

fn submit() -> Case {
    Case::new("feedbackSubmit", "feedback { id status version }")
        .by("board-member")
        .input(json!({
            "organisationId": id("organisation", "ashdown-council"),
            "source": "IDEA",
            "text": "A bench at the bus stop would help many of us."
        }))
        .wrong(
            json!({ "text": " ", "contact": "Call me.", "anonymous": true, "receivedAt": "2026-02-01T09:00:00Z" }),
            &[
                "REQUIRED at input.text",
                "RULE_BROKEN at input.contact",
                "RULE_BROKEN at input.receivedAt",
            ],
        )
        .hidden_from("stranger", "organisationId", "organisation", "elm-care")
}

fn steps() -> Vec<Case> {
    let step = |mutation| {
        Case::new(mutation, "feedback { id status version }")
            .by("council-admin")
            .hidden_from("stranger", "id", "feedback", "late")
    };
    vec![
        step("feedbackAcknowledge")
            .input(first("feedback", "late", json!({})))
            .wrong(
                json!({ "id": id("feedback", "complaint") }),
                &["ILLEGAL_TRANSITION at input.id"],
            ),
        step("feedbackInvestigate")
            .input(first("feedback", "acknowledged", json!({})))
            .wrong(json!({ "note": "x".repeat(5_001) }), &["TOO_LONG at input.note"]),
        step("feedbackAct")
            .input(first(
                "feedback",
                "told",
                json!({ "note": "The rota was changed." }),
            ))
            .wrong(json!({ "note": " " }), &["REQUIRED at input.note"]),
        step("feedbackTakeNoAction")
            .input(first(
                "feedback",
                "told",
                json!({ "note": "The building is not ours." }),
            ))
            .wrong(
                json!({ "note": " ", "id": id("feedback", "late") }),
                &["REQUIRED at input.note", "ILLEGAL_TRANSITION at input.id"],
            ),
        step("feedbackClose")
            .input(first("feedback", "acted", json!({})))
            .wrong(
                json!({ "id": id("feedback", "late") }),
                &["ILLEGAL_TRANSITION at input.id"],
            ),
        step("feedbackShareWithBoard")
            .input(first(
                "feedback",
                "late",
                json!({ "boardId": id("board", "team-up") }),
            ))
            .wrong(
                json!({ "boardId": id("board", "fernley-commission") }),
                &["RULE_BROKEN at input.boardId"],
            ),
    ]
}

fn stories() -> Vec<Case> {
    vec![
        Case::new("feedbackAccountConsentToStory", "feedbackAccount { id version }")
            .by("board-member")
            .input(first(
                "feedback_account",
                "late",
                json!({ "consentId": id("consent", "board-member SHARE_STORY") }),
            ))
            .wrong(
                json!({ "consentId": id("consent", "board-member CONTACT") }),
                &["RULE_BROKEN at input.consentId"],
            )
            .hidden_from("stranger", "id", "feedback_account", "late"),
        Case::new("feedbackStoryWrite", "feedbackStory { id version }")
            .by("council-admin")
            .input(json!({ "feedbackId": id("feedback", "late"), "text": "Somebody waited for hours." }))
            .wrong(
                json!({ "feedbackId": id("feedback", "told"), "text": " " }),
                &["REQUIRED at input.text", "ALREADY_EXISTS at input.feedbackId"],
            )
            .hidden_from("stranger", "feedbackId", "feedback", "late"),
        Case::new("feedbackStoryUpdate", "feedbackStory { id version }")
            .by("council-admin")
            .input(first(
                "feedback_story",
                "told",
                json!({ "text": "Somebody waited a long time." }),
            ))
            .wrong(json!({ "text": " " }), &["REQUIRED at input.text"])
            .hidden_from("stranger", "id", "feedback_story", "told"),
        Case::new("feedbackStoryCheck", "feedbackStory { id checkedAt version }")
            .by("board-member")
            .input(first("feedback_story", "told", json!({})))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "feedback_story", "told"),
    ]
}

fn drafts() -> Vec<Case> {
    let effect = |before: &str| json!({ "measure": "People who are satisfied", "before": before, "after": "about 99%", "claim": "CONTRIBUTED" });
    vec![
        Case::new("youSaidWeDidCreate", "youSaidWeDid { id status version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "said": "Nobody told us that the day centre closes.",
                "did": "We ask first, and answer in writing.",
                "effect": effect("about 60%")
            }))
            .wrong(
                json!({ "said": " ", "did": null, "effect": effect("60 of 100") }),
                &[
                    "REQUIRED at input.said",
                    "REQUIRED at input.whyNot",
                    "RULE_BROKEN at input.effect.before",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("youSaidWeDidUpdate", "youSaidWeDid { id did version }")
            .by("council-admin")
            .input(first(
                "you_said_we_did",
                "draft",
                json!({ "did": "We asked, and wrote it down." }),
            ))
            .wrong(
                json!({ "said": null, "did": null, "whyNot": null }),
                &["REQUIRED at input.said", "REQUIRED at input.whyNot"],
            )
            .hidden_from("stranger", "id", "you_said_we_did", "draft"),
        Case::new("youSaidWeDidPublish", "youSaidWeDid { id status version }")
            .by("council-admin")
            .input(first("you_said_we_did", "draft", json!({})))
            // One of its stories is not to be told any more.
            .wrong(
                json!({ "id": id("you_said_we_did", "published") }),
                &["ILLEGAL_TRANSITION at input.id", "RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "you_said_we_did", "draft"),
        Case::new("youSaidWeDidWithdraw", "youSaidWeDid { id status version }")
            .by("council-admin")
            .input(first(
                "you_said_we_did",
                "published",
                json!({ "reason": "The figures were wrong." }),
            ))
            .wrong(json!({ "reason": " " }), &["REQUIRED at input.reason"])
            .hidden_from("stranger", "id", "you_said_we_did", "draft"),
    ]
}

fn sources() -> Vec<Case> {
    vec![
        Case::new("youSaidWeDidSourceAdd", "youSaidWeDidSource { id kind version }")
            .by("council-admin")
            .input(json!({
                "youSaidWeDidId": id("you_said_we_did", "draft"),
                "feedbackId": id("feedback", "acted")
            }))
            .wrong(
                json!({ "storyId": id("feedback_story", "complaint") }),
                &["RULE_BROKEN at input.storyId"],
            )
            .hidden_from("stranger", "youSaidWeDidId", "you_said_we_did", "draft"),
        Case::new(
            "youSaidWeDidSourceRemove",
            "youSaidWeDidSource { id version } removedYouSaidWeDidSourceId",
        )
        .by("council-admin")
        .input(first("you_said_we_did_source", "draft complaint", json!({})))
        .wrong(
            json!({ "id": id("you_said_we_did_source", "published complaint") }),
            &["INACTIVE at input.id"],
        )
        .hidden_from("stranger", "id", "you_said_we_did_source", "draft complaint")
        .deletes("removedYouSaidWeDidSourceId"),
    ]
}
