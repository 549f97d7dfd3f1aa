//! A showcase with two hosts, and a festival to come (`domain.md` 1, row 3).

use serde_json::json;

use crate::demo::step::{Step, Waits, nothing};

const COUNCIL: &str = "norfolk-council-admin";
const FORUM: &str = "norfolk-user-led-admin";
const SHOWCASE: &str = "event.norfolk-showcase";
const FESTIVAL: &str = "event.norfolk-festival";
/// Later than any day on which the world is loaded, counted from the visit.
const TO_COME: i64 = 540;

pub(super) fn steps() -> Vec<Step> {
    let mut steps = hosted(
        (SHOWCASE, "showcase"),
        60,
        json!({
            "kind": "SHOWCASE",
            "title": "What providers can do for the people who are asked least",
            "startsAt": { "day": 100, "time": "10:00:00Z" },
            "endsAt": { "day": 100, "time": "15:00:00Z" },
            "venue": "The Forum, step-free, with a hearing loop",
            "onlineUrl": "https://meet.example.org/showcase",
            "capacity": 120,
        }),
    );
    steps.extend(came());
    steps.extend(hosted(
        (FESTIVAL, "festival"),
        130,
        json!({
            "kind": "FESTIVAL",
            "title": "A festival of making it together",
            "startsAt": { "day": TO_COME, "time": "10:00:00Z" },
            "endsAt": { "day": TO_COME, "time": "16:00:00Z" },
            "venue": "The park, with quiet tents",
            "capacity": 400,
        }),
    ));
    steps
}

/// The council prepares an event, asks the forum, which accepts, and announces it to everybody.
fn hosted((event, name): (&'static str, &str), day: i64, mut input: serde_json::Value) -> Vec<Step> {
    input["organisationId"] = json!("@organisation.norfolk-council");
    input["audience"] = json!("EVERYBODY");
    let host = format!("event_host.{name}.forum");
    let ask = json!({ "eventId": format!("@{event}"), "organisationId": "@organisation.wensum-forum" });
    let waits = |status| Waits::With("status", status);
    vec![
        Step::make(day, COUNCIL, "eventCreate", event, input),
        Step::make(day + 1, COUNCIL, "eventHostInvite", host.clone(), ask),
        Step::act(
            day + 3,
            FORUM,
            "eventHostAccept",
            host,
            waits("INVITED"),
            nothing(),
        ),
        Step::act(day + 4, FORUM, "eventPublish", event, waits("DRAFT"), nothing()),
    ]
}

/// Members of the board come, and something comes of it.
fn came() -> Vec<Step> {
    let mut steps = Vec::new();
    for subject in ["norfolk-member", "norfolk-carer"] {
        let place = format!("event_attendance.showcase.{subject}");
        let event = json!({ "eventId": format!("@{SHOWCASE}") });
        let waits = Waits::With("status", "REGISTERED");
        steps.push(Step::make(80, subject, "eventRegister", place.clone(), event));
        let came = json!({ "status": "CAME" });
        steps.push(Step::act(101, FORUM, "eventAttendanceRecord", place, waits, came));
    }
    let outcome = json!({
        "eventId": format!("@{SHOWCASE}"),
        "text": "Three providers asked for the set of resources, and two members train their staff.",
    });
    steps.push(Step::make(
        102,
        COUNCIL,
        "eventOutcomeAdd",
        "event_outcome.showcase",
        outcome,
    ));
    steps
}
