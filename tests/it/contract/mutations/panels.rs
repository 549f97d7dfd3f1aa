//! Training, vacancies and interview panels.

use harness::id;
use serde_json::json;

use super::Case;

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    training()
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
        Case::new("trainingRecordCreate", "trainingRecord { id completedOn version }")
            .by("council-admin")
            .input(json!({
                "courseId": course,
                "personId": id("person", "visitor"),
                "completedOn": "2026-03-01",
                "champion": true
            }))
            .wrong(
                json!({ "completedOn": "2026-03-03", "expiresOn": "2026-03-01" }),
                &["OUT_OF_RANGE at input.completedOn", "OUT_OF_RANGE at input.expiresOn"],
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
