//! Manor, Bristol: people whom a provider supports are hired to edit its policies, are paid for it, and named if they want to be
//! (`domain.md` 1, row 2).

use serde_json::json;

use super::build::{Organisation, Partnership, Someone, consent, day, marked, people};
use super::publication::Publication;
use crate::demo::step::{Step, Waits, nothing};

const PROVIDER: &str = "organisation.brook-manor";
const RESIDENTS: &str = "organisation.brook-residents";
const PARTNERSHIP: &str = "partnership.manor";
const ADMINISTRATOR: &str = "manor-admin";
const EDITOR: &str = "manor-editor";
const READER: &str = "manor-reader";
const ANSWER: &str = "answer.manor";

const BODY: &str = "# Coming into somebody's home\n\nDemonstration data.\n\n1. Knock, and wait for an answer.\n\
    2. Say who you are, and why you come.\n3. No answer is not a yes.";

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    // Whom the provider supports is theirs to say; that it hired them for this work is not.
    let hired = |subject, called| Someone {
        subject,
        called,
        tie: "EMPLOYEE",
    };
    let home = [
        hired(EDITOR, "Winnie Aspinall"),
        hired(READER, "Dev Coombes"),
        hired("manor-manager", "Ottilie Grange"),
    ];
    steps.extend(people(ADMINISTRATOR, PROVIDER, &home));
    steps.extend(partnership().steps());
    steps.push(Step::make(
        day::INITIATIVES,
        ADMINISTRATOR,
        "initiativeCreate",
        "initiative.manor",
        json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "title": "Our home, our policies",
            "summary": marked("Residents edit the policies by which staff work, and are paid for it."),
            "stages": ["CO_DESIGN", "CO_EVALUATION"],
            "rungClaimed": "CO_DESIGN",
            "principles": ["EQUALITY", "RECIPROCITY", "ACCESSIBILITY"],
        }),
    ));
    steps.push(consent(0, EDITOR, "PUBLISH_NAME"));
    steps.extend(paid());
    let policy = policy();
    steps.extend(policy.steps());
    steps.extend(answer(&policy));
    steps
}

fn organisations() -> [Organisation; 2] {
    [
        Organisation {
            name: PROVIDER,
            called: "Brook Manor Community",
            kind: "CARE_PROVIDER",
            code: ("ODS", "ZZ601"),
            summary: "Supported living in Bristol.",
            administrator: (ADMINISTRATOR, "Corin Whitlock", "EMPLOYEE"),
        },
        Organisation {
            name: RESIDENTS,
            called: "Brook Residents",
            kind: "USER_LED",
            code: ("ODS", "ZZ602"),
            summary: "People who live with support in Bristol, and check what is written for them.",
            administrator: ("manor-residents-admin", "Blessing Harker", "USER_LED_MEMBER"),
        },
    ]
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Manor Together",
        purpose: "Residents, families and staff decide together how people are supported.",
        lead: (PROVIDER, ADMINISTRATOR),
        partners: &[(RESIDENTS, "manor-residents-admin", "USER_LED")],
    }
}

/// What the work is worth was agreed before it began, and how long it took, afterwards.
fn paid() -> Vec<Step> {
    const AGREED: &str = "contribution.manor-coming-in";
    let offer = json!({
        "organisationId": format!("@{PROVIDER}"),
        "personId": format!("@person.{EDITOR}"),
        "activity": "Editing the policy on coming into somebody's home.",
        "startsAt": { "day": 5, "time": "10:00:00Z" },
        "expectedMinutes": 240,
        "reward": "PAYMENT",
        "pence": 6_000,
    });
    vec![
        Step::make(-5, ADMINISTRATOR, "contributionOffer", AGREED, offer),
        Step::act(
            -3,
            EDITOR,
            "contributionAccept",
            AGREED,
            Waits::With("status", "OFFERED"),
            nothing(),
        ),
        Step::act(
            41,
            EDITOR,
            "contributionRecordMinutes",
            AGREED,
            Waits::Without("minutes"),
            json!({ "minutes": 255 }),
        ),
        Step::act(
            42,
            ADMINISTRATOR,
            "contributionConfirmMinutes",
            AGREED,
            Waits::Without("minutesConfirmedAt"),
            nothing(),
        ),
    ]
}

fn policy() -> Publication {
    Publication {
        name: "manor-coming-in",
        owner: (PROVIDER, ADMINISTRATOR),
        begins: 1,
        resource: json!({
            "kind": "POLICY",
            "title": "Coming into somebody's home",
            "topics": ["privacy", "dignity"],
            "targetGroups": ["LEARNING_DISABILITY_OR_AUTISM"],
            "initiativeId": "@initiative.manor",
        }),
        author: EDITOR,
        reviewer: READER,
        signer: "manor-manager",
        group: (RESIDENTS, "manor-residents-admin"),
        contributors: vec![
            (
                EDITOR,
                json!({
                    "role": "AUTHOR", "livedExperience": true, "lead": true, "creditName": "Winnie Aspinall",
                    "contributionId": "@contribution.manor-coming-in",
                }),
            ),
            (
                READER,
                json!({ "role": "REVIEWER", "livedExperience": true, "creditName": "Dev Coombes" }),
            ),
            ("group", json!({ "role": "TESTER" })),
        ],
        text: json!({
            "summary": marked("How staff come into the homes of the people they support."),
            "body": BODY,
            "licence": "CC-BY-4.0",
        }),
        review: [
            "They knock and come in at the same time. Say that they wait.",
            "Staff wait for an answer, and no answer is not a yes.",
            "Now it is my door.",
        ],
        renditions: vec![(
            "EASY_READ",
            "en",
            "Knock.\n\nWait.\n\nSay who you are.\n\nNo answer does not mean yes.",
        )],
    }
}

/// What everybody is told came of the review.
fn answer(policy: &Publication) -> Vec<Step> {
    let told = json!({
        "organisationId": format!("@{PROVIDER}"),
        "said": "Staff knock and come in at the same time.",
        "did": "Residents rewrote the policy: staff knock, wait for an answer, and say who they are.",
    });
    let source = json!({
        "youSaidWeDidId": format!("@{ANSWER}"),
        "resourceReviewId": format!("@{}", policy.first_review()),
    });
    let draft = Waits::With("status", "DRAFT");
    vec![
        Step::make(60, ADMINISTRATOR, "youSaidWeDidCreate", ANSWER, told),
        Step::make(61, ADMINISTRATOR, "youSaidWeDidSourceAdd", "source.manor", source),
        Step::act(62, ADMINISTRATOR, "youSaidWeDidPublish", ANSWER, draft, nothing()),
    ]
}
