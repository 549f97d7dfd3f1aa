//! What members and staff learn together, and who has: one record has run out when the world is loaded.

use serde_json::{Value as Json, json};

use super::COUNCIL;
use crate::demo::step::{Step, with};

const ADMIN: &str = "council-admin";
/// The course that panels ask for.
pub(super) const INTERVIEWING: &str = "training_course.interviewing";

pub(super) fn steps() -> Vec<Step> {
    let course = |code: &str, title: &str, description: &str| {
        json!({
            "organisationId": format!("@{COUNCIL}"),
            "code": code,
            "title": title,
            "description": super::marked(description),
        })
    };
    let champions = course(
        "CHAMPIONS",
        "A day for co-production champions",
        "Literature into plain English, and feedback in small groups. It counts for good.",
    );
    let interviewing = course(
        "INTERVIEWING",
        "Interviewing together",
        "Asking everybody the same, and writing down what was said. It counts for a year.",
    );
    vec![
        Step::make(
            -310,
            ADMIN,
            "trainingCourseCreate",
            "training_course.champions",
            champions,
        ),
        Step::make(
            -310,
            ADMIN,
            "trainingCourseCreate",
            INTERVIEWING,
            with(interviewing, "validMonths", 12),
        ),
        // The chair's ran out before anybody can look.
        completed((-279, -300), INTERVIEWING, "board-chair"),
        completed((65, 64), INTERVIEWING, "board-member"),
        completed((65, 64), INTERVIEWING, "provider-user"),
        completed((66, 64), INTERVIEWING, "oxfordshire-officer"),
        champion((66, 63), "board-member"),
    ]
}

fn record((day, completed_on): (i64, i64), course: &str, who: &str, more: impl Fn(Json) -> Json) -> Step {
    let input = json!({
        "courseId": format!("@{course}"),
        "personId": format!("@person.{who}"),
        "completedOn": completed_on,
    });
    let course = course.rsplit('.').next().unwrap_or(course);
    let name = format!("training_record.{course}.{who}");
    Step::make(day, ADMIN, "trainingRecordCreate", name, more(input))
}

fn completed(days: (i64, i64), course: &str, who: &str) -> Step {
    record(days, course, who, |input| input)
}

fn champion(days: (i64, i64), who: &str) -> Step {
    record(days, "training_course.champions", who, |input| {
        with(input, "champion", true)
    })
}
