//! Events, their hosts, and who comes.

use harness::id;
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of the area.
pub fn cases() -> Vec<Case> {
    let mut cases = events();
    cases.extend(hosts());
    cases.extend(places());
    cases.extend(outcomes());
    cases
}

fn events() -> Vec<Case> {
    vec![
        Case::new("eventCreate", "event { id status version }")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "kind": "WORKSHOP",
                "title": "What a good week looks like",
                "startsAt": "2026-05-04T10:00:00Z",
                "endsAt": "2026-05-04T15:00:00Z",
                "audience": "EVERYBODY",
                "capacity": 20
            }))
            .wrong(
                json!({
                    "title": " ",
                    "endsAt": "2026-05-04T09:00:00Z",
                    "capacity": 0,
                    "partnershipId": id("partnership", "ashdown-together")
                }),
                &[
                    "REQUIRED at input.title",
                    "OUT_OF_RANGE at input.endsAt",
                    "OUT_OF_RANGE at input.capacity",
                    "RULE_BROKEN at input.partnershipId",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("eventUpdate", "event { id capacity version }")
            .by("council-admin")
            .input(first("event", "showcase", json!({ "capacity": 3 })))
            .wrong(
                json!({ "title": null, "capacity": 0 }),
                &["REQUIRED at input.title", "OUT_OF_RANGE at input.capacity"],
            )
            .hidden_from("stranger", "id", "event", "draft"),
        Case::new("eventPublish", "event { id status version }")
            .by("council-admin")
            .input(first("event", "draft", json!({})))
            .wrong(
                json!({ "id": id("event", "showcase") }),
                &["ILLEGAL_TRANSITION at input.id"],
            )
            .hidden_from("stranger", "id", "event", "draft"),
        Case::new("eventCancel", "event { id status version }")
            .by("council-admin")
            .input(first(
                "event",
                "showcase",
                json!({ "reason": "The hall is flooded." }),
            ))
            .wrong(json!({ "reason": " " }), &["REQUIRED at input.reason"])
            .hidden_from("stranger", "id", "event", "draft"),
    ]
}

fn hosts() -> Vec<Case> {
    let answer = |mutation| {
        Case::new(mutation, "eventHost { id status version }")
            .by("user-led-admin")
            .hidden_from("stranger", "id", "event_host", "draft cedar-voices")
    };
    let accepted = || json!({ "id": id("event_host", "both cedar-voices") });
    vec![
        Case::new("eventHostInvite", "eventHost { id status version }")
            .by("council-admin")
            .input(json!({
                "eventId": id("event", "showcase"),
                "organisationId": id("organisation", "dale-university")
            }))
            .wrong(
                json!({ "organisationId": id("organisation", "cedar-voices") }),
                &["ALREADY_EXISTS at input.organisationId"],
            )
            .hidden_from("stranger", "eventId", "event", "draft"),
        answer("eventHostAccept")
            .input(first("event_host", "showcase cedar-voices", json!({})))
            .wrong(accepted(), &["ILLEGAL_TRANSITION at input.id"]),
        answer("eventHostDecline")
            .input(first("event_host", "showcase cedar-voices", json!({})))
            .wrong(accepted(), &["ILLEGAL_TRANSITION at input.id"]),
        answer("eventHostLeave")
            .input(first("event_host", "both cedar-voices", json!({})))
            .wrong(
                json!({ "id": id("event_host", "showcase cedar-voices") }),
                &["ILLEGAL_TRANSITION at input.id"],
            ),
    ]
}

fn places() -> Vec<Case> {
    vec![
        Case::new("eventRegister", "eventAttendance { id status version }")
            .by("board-chair")
            .input(json!({ "eventId": id("event", "both") }))
            .wrong(
                json!({ "eventId": id("event", "workshop") }),
                &["EXPIRED at input.eventId", "ALREADY_EXISTS at input.eventId"],
            )
            .hidden_from("stranger", "eventId", "event", "draft"),
        Case::new(
            "eventAttendanceSendApologies",
            "eventAttendance { id status version }",
        )
        .by("visitor")
        .input(first("event_attendance", "showcase visitor", json!({})))
        .wrong(
            json!({ "id": id("event_attendance", "workshop visitor") }),
            &["INACTIVE at input.id"],
        )
        .hidden_from("stranger", "id", "event_attendance", "showcase visitor"),
        Case::new(
            "eventAttendanceConfirm",
            "eventAttendance { id confirmedAt version }",
        )
        .by("visitor")
        .input(first("event_attendance", "showcase visitor", json!({})))
        .wrong(
            json!({ "id": id("event_attendance", "workshop visitor") }),
            &["INACTIVE at input.id"],
        )
        .hidden_from("stranger", "id", "event_attendance", "showcase visitor"),
        Case::new("eventAttendanceRecord", "eventAttendance { id status version }")
            .by("council-admin")
            .input(first(
                "event_attendance",
                "workshop visitor",
                json!({ "status": "CAME" }),
            ))
            .wrong(
                json!({ "id": id("event_attendance", "showcase visitor"), "status": "WAITING" }),
                &["RULE_BROKEN at input.id", "RULE_BROKEN at input.status"],
            )
            .hidden_from("stranger", "id", "event_attendance", "showcase visitor"),
    ]
}

fn outcomes() -> Vec<Case> {
    vec![
        Case::new("eventOutcomeAdd", "eventOutcome { id version }")
            .by("council-admin")
            .input(json!({ "eventId": id("event", "workshop"), "text": "Three services want the set." }))
            .wrong(
                json!({ "eventId": id("event", "showcase"), "text": " " }),
                &["REQUIRED at input.text", "RULE_BROKEN at input.eventId"],
            )
            .hidden_from("stranger", "eventId", "event", "draft"),
        Case::new("eventOutcomeUpdate", "eventOutcome { id text version }")
            .by("council-admin")
            .input(first(
                "event_outcome",
                "workshop first",
                json!({ "text": "Four services want it." }),
            ))
            .wrong(json!({ "text": null }), &["REQUIRED at input.text"])
            .hidden_from("stranger", "id", "event_outcome", "workshop first"),
    ]
}
