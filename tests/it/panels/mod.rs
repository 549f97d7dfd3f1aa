//! Training, vacancies and interview panels: what people can do, in which order, and what stops two who do it at once.

mod board_seat;
mod conflicts;
mod forming;
mod scoring;
mod scoring_races;
mod training;
mod vacancies;

use harness::mutations::{change, does, existing, on, refused};
use serde_json::{Value, json};

/// All scores of the member of the panel that scores, about one of its candidates.
fn sheet(about: &str, score: i32) -> Value {
    let given = |question: &str| {
        json!({
            "questionId": harness::id("panel_question", question),
            "score": score,
            "evidence": "What they said.",
        })
    };
    json!({
        "panellistId": harness::id("panellist", "co-ordinator board-member"),
        "applicationId": harness::id("application", &format!("co-ordinator {about}")),
        "scores": [given("co-ordinator 1"), given("co-ordinator 2")],
    })
}

/// What a panel decides about an application of the world.
fn decide(application: &str, outcome: &str) -> Value {
    decide_about(&json!(harness::id("application", application)), outcome)
}

/// What a panel decides about an application.
fn decide_about(application: &Value, outcome: &str) -> Value {
    json!({
        "applicationId": application,
        "outcome": outcome,
        "reason": "What was said for and against.",
        "feedback": "What you are told.",
    })
}
