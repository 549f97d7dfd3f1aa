//! Training, vacancies and applications.

use harness::{World, id};
use serde_json::json;

use super::Case;
use super::panels::does;

/// One case for each mutation of these.
pub fn cases() -> Vec<Case> {
    let mut cases = training();
    cases.extend(vacancies());
    cases.extend(applications());
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

async fn decline_the_offer(world: World) {
    let offer = json!({ "id": id("application", "mentor former-member"), "expectedVersion": 1 });
    does(&world, "former-member", "applicationDecline", offer).await;
}
