//! A complaint about a hospital ward, what was done about it, and what is told of it (`domain.md` 1, row 5). Beside it
//! something that a council has not answered in time, so that there is a list of what is late.

use serde_json::json;

use super::build::{Organisation, consent};
use crate::demo::step::{Step, Waits, What, nothing};

const HOSPITAL: &str = "organisation.evenlode-hospital";
const ADMINISTRATOR: &str = "hospital-admin";
const TELLER: &str = "board-member";
const COMPLAINT: &str = "feedback.ward";
const STORY: &str = "story.ward";
const ANSWER: &str = "answer.ward";

pub(super) fn steps() -> Vec<Step> {
    let mut steps = hospital().steps();
    steps.extend(complaint());
    steps.extend(story());
    steps.extend(answer());
    steps.push(late());
    steps
}

const fn hospital() -> Organisation {
    Organisation {
        name: HOSPITAL,
        called: "Evenlode Hospital Trust",
        kind: "NHS_TRUST",
        code: ("ODS", "ZZ104"),
        summary: "A hospital for the towns along the river.",
        administrator: (ADMINISTRATOR, "Morwenna Tate", "EMPLOYEE"),
    }
}

fn status(status: &'static str) -> Waits {
    Waits::With("status", status)
}

fn deal(day: i64, mutation: &'static str, from: &'static str, input: serde_json::Value) -> Step {
    Step::act(day, ADMINISTRATOR, mutation, COMPLAINT, status(from), input)
}

fn complaint() -> Vec<Step> {
    let told = json!({
        "organisationId": format!("@{HOSPITAL}"),
        "source": "COMPLAINT",
        "text": "On ward 4 people spoke over my head, and the letter about my stay came in print that I cannot read.",
        "contact": "Please ring me in the morning.",
    });
    let note = |text: &str| json!({ "note": text });
    vec![
        Step::make(20, TELLER, "feedbackSubmit", COMPLAINT, told),
        deal(
            21,
            "feedbackAcknowledge",
            "RECEIVED",
            note("Thank you. The ward's manager rings you tomorrow."),
        ),
        deal(
            24,
            "feedbackInvestigate",
            "ACKNOWLEDGED",
            note("Two meetings with the managers of the ward."),
        ),
        deal(
            60,
            "feedbackAct",
            "INVESTIGATING",
            note("Staff were reminded of the policy, letters go out in the format that people ask for."),
        ),
        deal(95, "feedbackClose", "ACTED", nothing()),
    ]
}

/// The person agrees, apart from the complaint; somebody tells it, and the person checks that nobody can tell who it was.
fn story() -> Vec<Step> {
    let told = json!({
        "feedbackId": format!("@{COMPLAINT}"),
        "text": "Somebody on a ward felt talked about instead of talked with, and got a letter they could not read.",
    });
    let agree = What::AgreeToStory {
        feedback: COMPLAINT,
        consent: format!("consent.{TELLER}.share_story"),
    };
    vec![
        consent(62, TELLER, "SHARE_STORY"),
        Step {
            day: 63,
            actor: TELLER,
            what: agree,
        },
        Step::make(64, ADMINISTRATOR, "feedbackStoryWrite", STORY, told),
        Step::act(
            66,
            TELLER,
            "feedbackStoryCheck",
            STORY,
            Waits::Without("checkedAt"),
            nothing(),
        ),
    ]
}

fn answer() -> Vec<Step> {
    let told = json!({
        "organisationId": format!("@{HOSPITAL}"),
        "said": "Staff speak about us as if we were not there, and write in ways that we cannot read.",
        "did": "Staff were reminded of the policy and trained by those who complained; letters go out in the format that people \
                ask for.",
        "effect": {
            "measure": "Patients who say that they are satisfied",
            "before": "about 60%",
            "after": "about 99%",
            "claim": "CONTRIBUTED",
        },
    });
    let source = json!({
        "youSaidWeDidId": format!("@{ANSWER}"),
        "feedbackId": format!("@{COMPLAINT}"),
        "storyId": format!("@{STORY}"),
    });
    vec![
        Step::make(90, ADMINISTRATOR, "youSaidWeDidCreate", ANSWER, told),
        Step::make(91, ADMINISTRATOR, "youSaidWeDidSourceAdd", "source.ward", source),
        Step::act(
            92,
            ADMINISTRATOR,
            "youSaidWeDidPublish",
            ANSWER,
            status("DRAFT"),
            nothing(),
        ),
    ]
}

/// An idea about home care that the council has not answered. The provider reads the facts of it, under their agreement.
fn late() -> Step {
    let idea = json!({
        "organisationId": "@organisation.oxfordshire-council",
        "serviceId": "@service.windrush-home-care",
        "source": "IDEA",
        "text": "The same worker each morning would save us explaining everything anew.",
    });
    Step::make(120, TELLER, "feedbackSubmit", "feedback.same-worker", idea)
}
