//! Interview panels: forming them, conflicts of interest, scoring.

use harness::{World, id};
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = panels();
    cases.extend(panellists());
    cases.extend(conflicts());
    cases.extend(scoring());
    cases
}

fn panels() -> Vec<Case> {
    let panel = id("interview_panel", "seat");
    vec![
        Case::new(
            "interviewPanelCreate",
            "interviewPanel { id round status version }",
        )
        .by("council-admin")
        .input(json!({ "vacancyId": id("vacancy", "draft"), "moderationThreshold": 2 }))
        .wrong(
            json!({ "vacancyId": id("vacancy", "seat"), "moderationThreshold": 101 }),
            &[
                "OUT_OF_RANGE at input.moderationThreshold",
                "ALREADY_EXISTS at input.vacancyId",
            ],
        )
        .hidden_from("stranger", "vacancyId", "vacancy", "draft"),
        Case::new(
            "interviewPanelUpdate",
            "interviewPanel { id moderationThreshold version }",
        )
        .by("board-chair")
        .input(json!({ "id": panel, "expectedVersion": 1, "moderationThreshold": 1 }))
        .wrong(
            json!({ "moderationThreshold": null, "requiredCourseId": "x" }),
            &[
                "NOT_FOUND at input.requiredCourseId",
                "REQUIRED at input.moderationThreshold",
            ],
        )
        .hidden_from("stranger", "id", "interview_panel", "seat"),
        Case::new("interviewPanelSetQuestions", "interviewPanel { id version }")
            .by("board-chair")
            .input(json!({ "id": panel, "expectedVersion": 1, "questions": [
                { "text": "What would you bring?", "weightBp": 10_000, "maxScore": 4 },
            ] }))
            .wrong(
                json!({ "questions": [{ "text": " ", "weightBp": 0, "maxScore": 101 }] }),
                &[
                    "REQUIRED at input.questions.0.text",
                    "OUT_OF_RANGE at input.questions.0.weightBp",
                    "OUT_OF_RANGE at input.questions.0.maxScore",
                ],
            )
            .hidden_from("stranger", "id", "interview_panel", "seat"),
        Case::new("interviewPanelMarkReady", "interviewPanel { id status version }")
            .by("board-chair")
            .after(|world| Box::pin(clear_the_researcher(world)))
            .input(json!({ "id": id("interview_panel", "over"), "expectedVersion": 1 }))
            // Somebody has not declared, something is not assessed, somebody's training is not there.
            .wrong(
                json!({ "id": panel }),
                &["RULE_BROKEN at input.id", "RULE_BROKEN at input.id"],
            )
            .hidden_from("stranger", "id", "interview_panel", "over"),
        Case::new("applicationShortlist", "application { id status version }")
            .by("board-chair")
            .after(|world| Box::pin(close_the_vacancy(world)))
            .input(json!({ "id": id("application", "over invited"), "expectedVersion": 1 }))
            .wrong(
                json!({ "id": id("application", "seat user-led-admin") }),
                &["INACTIVE at input.id"],
            )
            .hidden_from("stranger", "id", "application", "over invited"),
    ]
}

/// Sends a mutation that makes the world ready. Where it is so already, as after another case, nothing happens.
pub(super) async fn does(world: &World, viewer: &str, mutation: &str, input: serde_json::Value) {
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    world
        .client(viewer)
        .query(&query, json!({ "input": input }))
        .await;
}

async fn clear_the_researcher(world: World) {
    let input = json!({
        "id": id("conflict_declaration", "over researcher"), "expectedVersion": 1, "assessment": "CLEAR",
    });
    does(&world, "board-chair", "conflictAssess", input).await;
}

async fn close_the_vacancy(world: World) {
    let input = json!({ "id": id("vacancy", "over"), "expectedVersion": 1 });
    does(&world, "council-admin", "vacancyClose", input).await;
}

async fn make_ready(world: World) {
    clear_the_researcher(world.clone()).await;
    close_the_vacancy(world.clone()).await;
    let candidate = json!({ "id": id("application", "over invited"), "expectedVersion": 1 });
    does(&world, "board-chair", "applicationShortlist", candidate).await;
    let panel = json!({ "id": id("interview_panel", "over"), "expectedVersion": 1 });
    does(&world, "board-chair", "interviewPanelMarkReady", panel).await;
}

/// The sheet of the member about a candidate.
fn sheet(about: &str, score: i32) -> serde_json::Value {
    let given = |question: &str| json!({ "questionId": id("panel_question", question), "score": score, "evidence": "What they said." });
    json!({
        "panellistId": id("panellist", "co-ordinator board-member"),
        "applicationId": id("application", &format!("co-ordinator {about}")),
        "scores": [given("co-ordinator 1"), given("co-ordinator 2")],
    })
}

async fn hand_in_the_last(world: World) {
    for about in ["visitor", "former-member"] {
        does(&world, "board-member", "scoreSheetSubmit", sheet(about, 4)).await;
    }
}

fn panellists() -> Vec<Case> {
    vec![
        Case::new("panellistAdd", "panellist { id capacity version }")
            .by("board-chair")
            .input(json!({
                "panelId": id("interview_panel", "seat"),
                "personId": id("person", "on-leave"),
                "capacity": "CARER"
            }))
            .wrong(
                json!({ "personId": id("person", "board-member"), "supporterPersonId": id("person", "board-chair") }),
                &["ALREADY_EXISTS at input.personId", "RULE_BROKEN at input.supporterPersonId"],
            )
            .hidden_from("stranger", "panelId", "interview_panel", "seat"),
        Case::new("panellistUpdate", "panellist { id capacity version }")
            .by("board-chair")
            .input(json!({
                "id": id("panellist", "seat board-member"), "expectedVersion": 1, "capacity": "CARER",
            }))
            .wrong(
                json!({ "capacity": null, "supporterPersonId": id("person", "board-member") }),
                &["REQUIRED at input.capacity", "RULE_BROKEN at input.supporterPersonId"],
            )
            .hidden_from("stranger", "id", "panellist", "seat board-member"),
        Case::new("panellistStandDown", "panellist { id stoodDownAt version }")
            .by("council-admin")
            .input(json!({ "id": id("panellist", "seat board-member"), "expectedVersion": 1 }))
            .wrong(json!({ "reason": "x".repeat(2_001) }), &["TOO_LONG at input.reason"])
            .hidden_from("stranger", "id", "panellist", "seat board-member"),
    ]
}

fn conflicts() -> Vec<Case> {
    vec![
        Case::new("conflictDeclare", "conflictDeclaration { id nature version }")
            .by("board-member")
            .input(json!({ "panelId": id("interview_panel", "seat"), "nature": "NONE" }))
            .wrong(
                json!({ "level": "ACTUAL", "detail": "A neighbour." }),
                &["RULE_BROKEN at input.level", "RULE_BROKEN at input.detail"],
            )
            .hidden_from("stranger", "panelId", "interview_panel", "seat"),
        Case::new("conflictAssess", "conflictDeclaration { id assessment version }")
            .by("board-chair")
            .input(json!({
                "id": id("conflict_declaration", "over researcher"), "expectedVersion": 1, "assessment": "RECUSE",
            }))
            .wrong(
                json!({ "assessment": "MITIGATE", "applicationId": id("application", "co-ordinator visitor") }),
                &[
                    "RULE_BROKEN at input.applicationId",
                    "RULE_BROKEN at input.applicationId",
                    "REQUIRED at input.mitigation",
                ],
            )
            .hidden_from("stranger", "id", "conflict_declaration", "over researcher"),
    ]
}

fn scoring() -> Vec<Case> {
    let candidate = id("application", "co-ordinator visitor");
    let first = id("panel_question", "co-ordinator 1");
    vec![
        Case::new("interviewPanelStartScoring", "interviewPanel { id status version }")
            .by("board-chair")
            .after(|world| Box::pin(make_ready(world)))
            .input(json!({ "id": id("interview_panel", "over"), "expectedVersion": 2 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "interview_panel", "over"),
        Case::new("scoreSheetSubmit", "interviewPanel { id status version }")
            .by("board-member")
            .input(sheet("visitor", 3))
            .wrong(
                json!({ "scores": [{ "questionId": first, "score": 6, "evidence": " " }] }),
                &[
                    "REQUIRED at input.scores.0.evidence",
                    "OUT_OF_RANGE at input.scores.0.score",
                    "REQUIRED at input.scores",
                ],
            )
            .hidden_from("stranger", "panellistId", "panellist", "co-ordinator board-member"),
        Case::new("moderatedScoreRecord", "moderatedScore { id score }")
            .by("board-chair")
            .after(|world| Box::pin(hand_in_the_last(world)))
            .input(json!({
                "applicationId": candidate, "questionId": first, "score": 4, "rationale": "We agree."
            }))
            .wrong(
                json!({ "score": 6, "rationale": " " }),
                &["REQUIRED at input.rationale", "OUT_OF_RANGE at input.score"],
            )
            .hidden_from("stranger", "applicationId", "application", "co-ordinator visitor"),
        Case::new("panelDecisionRecord", "panelDecision { id outcome }")
            .by("board-chair")
            .after(|world| Box::pin(hand_in_the_last(world)))
            .input(json!({
                "applicationId": candidate, "outcome": "APPOINT", "reason": "The best.", "feedback": "Well done."
            }))
            .wrong(
                json!({ "reason": " ", "feedback": "" }),
                &["REQUIRED at input.reason", "REQUIRED at input.feedback"],
            )
            .hidden_from("stranger", "applicationId", "application", "co-ordinator visitor"),
    ]
}
