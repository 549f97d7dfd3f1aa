//! Training, vacancies and interview panels.

use harness::{World, id};
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = training();
    cases.extend(vacancies());
    cases.extend(applications());
    cases.extend(panels());
    cases.extend(panellists());
    cases.extend(conflicts());
    cases.extend(scoring());
    cases.extend(offers());
    cases
}

fn training() -> Vec<Case> {
    let course = id("training_course", "panel-skills");
    vec![
        Case::new("trainingCourseCreate", "trainingCourse { id code version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "code": "PANEL-2",
                "title": "Asking good questions",
                "validMonths": 24
            }))
            .wrong(
                json!({ "code": " ", "title": "", "validMonths": 0 }),
                &[
                    "REQUIRED at input.code",
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.validMonths",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("trainingCourseUpdate", "trainingCourse { id title version }")
            .by("council-admin")
            .input(json!({ "id": course, "expectedVersion": 1, "title": "Asking better questions" }))
            .wrong(
                json!({ "title": null, "validMonths": 601 }),
                &["REQUIRED at input.title", "OUT_OF_RANGE at input.validMonths"],
            )
            // Everybody who signs in sees every course: what is hidden is of another type.
            .hidden_from("stranger", "id", "training_record", "panel-skills board-member"),
        Case::new("trainingCourseClose", "trainingCourse { id closedAt version }")
            .by("council-admin")
            .input(json!({ "id": course, "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "training_record", "panel-skills board-member"),
        Case::new(
            "trainingRecordCreate",
            "trainingRecord { id completedOn version }",
        )
        .by("council-admin")
        .input(json!({
            "courseId": course,
            "personId": id("person", "visitor"),
            "completedOn": "2026-03-01",
            "champion": true
        }))
        .wrong(
            json!({ "completedOn": "2026-03-03", "expiresOn": "2026-03-01" }),
            &[
                "OUT_OF_RANGE at input.completedOn",
                "OUT_OF_RANGE at input.expiresOn",
            ],
        )
        .hidden_from("stranger", "personId", "person", "nominated"),
        Case::new("trainingRecordUpdate", "trainingRecord { id champion version }")
            .by("council-admin")
            .input(json!({
                "id": id("training_record", "panel-skills board-member"),
                "expectedVersion": 1,
                "champion": true
            }))
            .wrong(
                json!({ "champion": null, "expiresOn": "2025-01-01" }),
                &["REQUIRED at input.champion", "OUT_OF_RANGE at input.expiresOn"],
            )
            .hidden_from("stranger", "id", "training_record", "panel-skills board-member"),
    ]
}

fn vacancies() -> Vec<Case> {
    vec![
        Case::new("vacancyCreate", "vacancy { id title status version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "kind": "STAFF_POST",
                "title": "Peer trainer",
                "opensAt": "2026-03-09T09:00:00Z",
                "closesAt": "2026-03-30T09:00:00Z"
            }))
            .wrong(
                json!({ "title": " ", "kind": "BOARD_SEAT", "closesAt": "2026-03-09T09:00:00Z" }),
                &[
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.closesAt",
                    "REQUIRED at input.seatId",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("vacancyUpdate", "vacancy { id title version }")
            .by("council-admin")
            .input(json!({ "id": id("vacancy", "seat"), "expectedVersion": 1, "title": "A better title" }))
            .wrong(
                json!({ "title": null, "opensAt": "2026-03-01T09:00:00Z", "closesAt": "2026-02-27T09:00:00Z" }),
                &[
                    "REQUIRED at input.title",
                    "RULE_BROKEN at input.opensAt",
                    "RULE_BROKEN at input.closesAt",
                    "OUT_OF_RANGE at input.closesAt",
                ],
            )
            .hidden_from("stranger", "id", "vacancy", "draft"),
        Case::new("vacancyOpen", "vacancy { id status version }")
            .by("council-admin")
            .input(json!({ "id": id("vacancy", "draft"), "expectedVersion": 1 }))
            .wrong(json!({ "id": id("vacancy", "seat") }), &["ILLEGAL_TRANSITION at input.id"])
            .hidden_from("stranger", "id", "vacancy", "draft"),
        Case::new("vacancyClose", "vacancy { id status version }")
            .by("council-admin")
            .input(json!({ "id": id("vacancy", "over"), "expectedVersion": 1 }))
            .wrong(json!({ "id": id("vacancy", "seat") }), &["RULE_BROKEN at input.id"])
            .hidden_from("stranger", "id", "vacancy", "draft"),
        Case::new("vacancyWithdraw", "vacancy { id status version }")
            .by("council-admin")
            .input(json!({ "id": id("vacancy", "seat"), "expectedVersion": 1 }))
            .wrong(json!({ "reason": "x".repeat(2_001) }), &["TOO_LONG at input.reason"])
            .hidden_from("stranger", "id", "vacancy", "draft"),
    ]
}

fn applications() -> Vec<Case> {
    vec![
        Case::new("applicationSubmit", "application { id status version }")
            .by("researcher")
            .input(json!({
                "vacancyId": id("vacancy", "seat"),
                "statement": "I have been a carer for years.",
                "equality": ["CARER_YES"]
            }))
            .wrong(
                json!({ "statement": " ", "equality": ["CARER_YES", "CARER_NO"] }),
                &["REQUIRED at input.statement", "RULE_BROKEN at input.equality.1"],
            )
            .hidden_from("stranger", "vacancyId", "vacancy", "draft"),
        Case::new("applicationWithdraw", "application { id status version }")
            .by("user-led-admin")
            .input(json!({ "id": id("application", "seat user-led-admin"), "expectedVersion": 1 }))
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "application", "seat user-led-admin"),
    ]
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

/// Sends a mutation that nothing refuses.
async fn does(world: &World, viewer: &str, mutation: &str, input: serde_json::Value) {
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code message path }} }} }}",
        first.to_uppercase()
    );
    let answer = world
        .client(viewer)
        .query(&query, json!({ "input": input }))
        .await;
    assert_eq!(answer.user_errors(mutation), [""; 0], "{}", answer.text);
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

async fn decline_the_offer(world: World) {
    let offer = json!({ "id": id("application", "mentor former-member"), "expectedVersion": 1 });
    does(&world, "former-member", "applicationDecline", offer).await;
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

fn offers() -> Vec<Case> {
    let offer = json!({ "id": id("application", "mentor former-member"), "expectedVersion": 1 });
    vec![
        Case::new("applicationAccept", "application { id status version }")
            .by("former-member")
            .input(offer.clone())
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "application", "mentor former-member"),
        Case::new("applicationDecline", "application { id status version }")
            .by("former-member")
            .input(offer)
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "application", "mentor former-member"),
        Case::new("vacancyLeaveUnfilled", "vacancy { id status version }")
            .by("council-admin")
            .after(|world| Box::pin(decline_the_offer(world)))
            .input(json!({ "id": id("vacancy", "mentor"), "expectedVersion": 1 }))
            .wrong(
                json!({ "reason": "x".repeat(2_001) }),
                &["TOO_LONG at input.reason"],
            )
            .hidden_from("stranger", "id", "vacancy", "draft"),
    ]
}
