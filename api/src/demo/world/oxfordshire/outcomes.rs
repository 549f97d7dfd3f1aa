//! What matters to people who have help at home in Oxfordshire: outcomes in their words, what good, ok and not good look like,
//! and figures that the council and the provider check for each other. The framework is made up, after what Swansea's group did
//! (`domain.md` 1, row 10).

use serde_json::json;

use super::{COUNCIL, HOMECARE};
use crate::demo::step::{Step, Waits, nothing};
use crate::demo::world::build::{marked, role};

const FRAMEWORK: &str = "outcome_framework.what-matters";
const SERVICE: &str = "service.windrush-home-care";
/// The day on which the framework was begun, counted from the visit.
const BEGUN: i64 = -300;
/// The day from which it is in use, and from which its indicators count.
const IN_USE: i64 = -290;

/// An outcome in people's own words, and its three thumbs.
struct Wanted {
    code: &'static str,
    statement: &'static str,
    voice: &'static str,
    theme: &'static str,
    looks: [(&'static str, &'static str); 3],
    /// What is measured: code, title, unit, decimals.
    indicator: (&'static str, &'static str, &'static str, u8),
    definition: &'static str,
}

const WANTED: [Wanted; 3] = [
    Wanted {
        code: "1",
        statement: "I know who is coming to my door, and it is somebody I have met.",
        voice: "I",
        theme: "Knowing who comes",
        looks: [
            (
                "GOOD",
                "The same few people come. When one of them cannot, I am told before.",
            ),
            (
                "OK",
                "Mostly the same people come. I find out about changes on the day.",
            ),
            (
                "NOT_GOOD",
                "I do not know who will come, or somebody new comes most weeks.",
            ),
        ],
        indicator: ("1A", "Visits by somebody the person has met before", "PERCENT", 1),
        definition: "Of all visits in the quarter, those by a worker who had visited the person before, from call monitoring.",
    },
    Wanted {
        code: "2",
        statement: "I have time to do what I can do myself.",
        voice: "I",
        theme: "Time",
        looks: [
            (
                "GOOD",
                "Nobody hurries me. I do my part and we talk while we work.",
            ),
            ("OK", "There is time for what is needed, and not for more."),
            ("NOT_GOOD", "Things are done for me because it is quicker."),
        ],
        indicator: (
            "2A",
            "What people say about time: the mean of their thumbs",
            "THUMBS",
            2,
        ),
        definition: "Everybody who has help at home is asked once a quarter, by somebody who has such help too. Up is 1, sideways 0, \
                     down -1.",
    },
    Wanted {
        code: "3",
        statement: "We ask what has changed, and change what we do.",
        voice: "WE",
        theme: "Being listened to",
        looks: [
            (
                "GOOD",
                "People are asked every quarter, and hear what came of it.",
            ),
            ("OK", "People are asked, and do not hear back."),
            ("NOT_GOOD", "Plans stay as they are until something goes wrong."),
        ],
        indicator: (
            "3A",
            "People who say that something changed because they said so",
            "PERCENT",
            0,
        ),
        definition: "Of those who asked for a change in the quarter, those who say that it came.",
    },
];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![
        role(
            "council-admin",
            COUNCIL,
            ("personId", "person.commissioner"),
            "COMMISSIONER",
        ),
        Step::make(
            BEGUN,
            "commissioner",
            "outcomeFrameworkCreate",
            FRAMEWORK,
            json!({
                "publisherOrganisationId": format!("@{COUNCIL}"),
                "code": "WHAT-MATTERS",
                "versionLabel": "first",
                "title": "What matters to you: help at home",
                "summary": marked("People who have help at home say what matters to them, and what good looks like."),
            }),
        ),
    ];
    steps.extend(WANTED.iter().flat_map(wanted));
    steps.push(Step::act(
        IN_USE,
        "commissioner",
        "outcomeFrameworkPublish",
        FRAMEWORK,
        Waits::With("status", "DRAFT"),
        nothing(),
    ));
    steps.extend(figures());
    steps.extend(release());
    steps
}

fn wanted(of: &Wanted) -> Vec<Step> {
    let outcome = format!("outcome.what-matters-{}", of.code);
    let mut steps = vec![Step::make(
        BEGUN + 1,
        "commissioner",
        "outcomeCreate",
        outcome.clone(),
        json!({
            "frameworkId": format!("@{FRAMEWORK}"),
            "code": of.code,
            "statement": of.statement,
            "voice": of.voice,
            "theme": of.theme,
        }),
    )];
    steps.extend(of.looks.map(|(level, text)| {
        Step::make(
            BEGUN + 4,
            "commissioner",
            "outcomeDescriptorCreate",
            format!("outcome_descriptor.what-matters-{}-{level}", of.code),
            json!({ "outcomeId": format!("@{outcome}"), "level": level, "text": text }),
        )
    }));
    let (code, title, unit, decimals) = of.indicator;
    steps.push(Step::make(
        BEGUN + 5,
        "commissioner",
        "indicatorCreate",
        format!("indicator.{code}"),
        json!({
            "outcomeId": format!("@{outcome}"), "code": code, "title": title, "unit": unit, "decimals": decimals,
            "polarity": "HIGHER",
        }),
    ));
    steps.push(Step::make(
        BEGUN + 6,
        "commissioner",
        "indicatorVersionCreate",
        format!("indicator_version.{code}"),
        json!({
            "indicatorId": format!("@indicator.{code}"), "definition": of.definition, "validFrom": IN_USE,
            "comparableWithPrevious": false,
        }),
    ));
    steps
}

/// The day it begins, counted from today; people of how many; a score; people of how many.
type Quarter = (i64, (u32, u32), &'static str, (u32, u32));

/// Quarters of the service, the last of them about to be checked: when they begin, and the figures of the three indicators.
const QUARTERS: [Quarter; 4] = [
    (-280, (612, 1_020), "-0.25", (9, 30)),
    (-190, (702, 1_080), "0.05", (14, 35)),
    (-100, (819, 1_092), "0.3", (22, 40)),
    (-10, (924, 1_100), "0.45", (27, 41)),
];

fn figures() -> Vec<Step> {
    let mut steps = vec![target("TARGET", -10, "85"), target("BASELINE", -280, "60")];
    for (place, (from, met, thumbs, changed)) in QUARTERS.into_iter().enumerate() {
        let parts = |(numerator, denominator): (u32, u32)| json!({ "numerator": numerator, "denominator": denominator });
        let figures = [
            ("1A", parts(met)),
            ("2A", json!({ "value": thumbs, "base": changed.1 })),
            ("3A", parts(changed)),
        ];
        for (code, mut figure) in figures {
            figure["indicatorVersionId"] = json!(format!("@indicator_version.{code}"));
            figure["serviceId"] = json!(format!("@{SERVICE}"));
            figure["periodStart"] = json!(from);
            figure["periodEnd"] = json!(from + 89);
            let name = format!("observation.{code}-{place}");
            let recorded = from + 95;
            steps.push(Step::make(
                recorded,
                "provider-admin",
                "observationRecord",
                name.clone(),
                figure,
            ));
            if place < 3 {
                let provisional = Waits::With("quality", "PROVISIONAL");
                steps.push(Step::act(
                    recorded + 3,
                    "commissioner",
                    "observationFinalise",
                    name,
                    provisional,
                    nothing(),
                ));
            }
        }
    }
    steps.push(told());
    steps
}

fn target(kind: &str, from: i64, value: &str) -> Step {
    Step::make(
        IN_USE + 2,
        "commissioner",
        "indicatorTargetSet",
        format!("indicator_target.{}", kind.to_ascii_lowercase()),
        json!({
            "indicatorId": "@indicator.1A", "kind": kind, "serviceId": format!("@{SERVICE}"), "periodStart": from,
            "periodEnd": from + 89, "value": value, "note": marked("Agreed by the council, the provider and people who have help."),
        }),
    )
}

/// The provider publishes what a second person has checked.
fn release() -> [Step; 2] {
    let name = "release.what-matters";
    [
        Step::make(
            94,
            "provider-admin",
            "releaseMake",
            name,
            json!({
                "frameworkId": format!("@{FRAMEWORK}"),
                "publisherOrganisationId": format!("@{HOMECARE}"),
                "title": marked("What matters to you: the first three quarters"),
                "note": marked("Made from call monitoring and from what people told somebody who has such help too."),
            }),
        ),
        Step::act(
            96,
            "provider-admin",
            "releasePublish",
            name,
            Waits::With("status", "DRAFT"),
            nothing(),
        ),
    ]
}

/// What somebody told about the organisation as a whole: nobody has counted.
fn told() -> Step {
    Step::make(
        92,
        "provider-admin",
        "observationRecord",
        "observation.told",
        json!({
            "indicatorVersionId": "@indicator_version.3A", "organisationId": format!("@{HOMECARE}"), "periodStart": -10,
            "periodEnd": 79, "value": "70", "quality": "REPORTED",
        }),
    )
}
