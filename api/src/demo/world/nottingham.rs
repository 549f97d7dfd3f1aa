//! Nottingham: a pledge that people with lived experience and staff made to each other, and that services adopt one after another
//! (`domain.md` 1, row 7).

use serde_json::{Value as Json, json};

use super::build::{Organisation, Partnership, Someone, consent, day, marked, people};
use super::publication::Publication;
use crate::demo::step::{Step, Waits};

const NETWORK: &str = "organisation.trentside-network";
const VOICES: &str = "organisation.lace-market-voices";
const SUPPORT: &str = "organisation.sneinton-support";
const PARTNERSHIP: &str = "partnership.nottingham";
const PROVIDER: &str = "nottingham-provider-admin";

const BODY: &str = "# Our pledge\n\nDemonstration data.\n\n## We, who use services\n\n- say what we need, and what went wrong;\n\
    - come when we said we would, or say that we cannot.\n\n## We, who give support\n\n- listen first, and write down what was said;\n\
    - answer within a week.";

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    let of_network = |subject, called, tie| Someone { subject, called, tie };
    let network = [
        of_network("nottingham-author", "Rhoda Fenn", "VOLUNTEER"),
        of_network("nottingham-reviewer", "Emeka Stroud", "VOLUNTEER"),
        of_network("nottingham-worker", "Gideon Pascoe", "EMPLOYEE"),
    ];
    steps.extend(people("nottingham-admin", NETWORK, &network));
    steps.push(service());
    steps.extend(partnership().steps());
    steps.push(Step::make(
        day::INITIATIVES,
        "nottingham-admin",
        "initiativeCreate",
        "initiative.nottingham",
        json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "title": "A pledge to each other",
            "summary": marked("People who use services and those who work in them say what each can expect."),
            "stages": ["CO_DESIGN", "CO_DELIVERY"],
            "rungClaimed": "CO_PRODUCTION",
            "principles": ["EQUALITY", "RECIPROCITY"],
        }),
    ));
    steps.push(consent(5, "nottingham-author", "PUBLISH_NAME"));
    let pledge = pledge();
    steps.extend(pledge.steps());
    steps.extend(adopted(&pledge.version()));
    steps
}

fn organisations() -> [Organisation; 3] {
    [
        Organisation {
            name: NETWORK,
            called: "Trentside Network",
            kind: "VCSE",
            code: ("ODS", "ZZ501"),
            summary: "Brings services together for people who have several needs at once.",
            administrator: ("nottingham-admin", "Bernadette Quill", "EMPLOYEE"),
        },
        Organisation {
            name: VOICES,
            called: "Lace Market Voices",
            kind: "USER_LED",
            code: ("ODS", "ZZ502"),
            summary: "People who have been homeless, in prison, or in hospital, and speak for themselves.",
            administrator: ("nottingham-user-led-admin", "Joaquim Adair", "USER_LED_MEMBER"),
        },
        Organisation {
            name: SUPPORT,
            called: "Sneinton Support",
            kind: "CARE_PROVIDER",
            code: ("ODS", "ZZ503"),
            summary: "Support for people in their own tenancies.",
            administrator: (PROVIDER, "Tilda Marsden", "EMPLOYEE"),
        },
    ]
}

fn service() -> Step {
    let service = json!({
        "providerOrganisationId": format!("@{SUPPORT}"),
        "name": "Floating support, Sneinton",
        "kind": "SUPPORTED_LIVING",
        "delivery": "GRANT",
        "clientGroups": ["MENTAL_HEALTH"],
        "startsOn": -900,
    });
    Step::make(
        day::ORGANISATIONS + 8,
        PROVIDER,
        "serviceCreate",
        "service.sneinton-floating-support",
        service,
    )
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Opportunity along the Trent",
        purpose: "Services and people who use several of them at once work out what each can expect of the other.",
        lead: (NETWORK, "nottingham-admin"),
        partners: &[
            (VOICES, "nottingham-user-led-admin", "USER_LED"),
            (SUPPORT, PROVIDER, "PROVIDER"),
        ],
    }
}

fn pledge() -> Publication {
    let lived = |role: &str, lead: bool| json!({ "role": role, "livedExperience": true, "lead": lead });
    let mut author = lived("AUTHOR", true);
    author["creditName"] = json!("Rhoda Fenn");
    Publication {
        name: "nottingham-pledge",
        owner: (NETWORK, "nottingham-admin"),
        begins: -30,
        resource: json!({
            "kind": "PLEDGE",
            "title": "Our pledge to each other",
            "topics": ["pledge", "involvement"],
            "targetGroups": ["MENTAL_HEALTH"],
            "initiativeId": "@initiative.nottingham",
        }),
        author: "nottingham-author",
        reviewer: "nottingham-reviewer",
        signer: "nottingham-worker",
        group: (VOICES, "nottingham-user-led-admin"),
        contributors: vec![
            ("nottingham-author", author),
            ("nottingham-worker", json!({ "role": "AUTHOR" })),
            ("nottingham-reviewer", lived("REVIEWER", false)),
            ("group", lived("TESTER", false)),
        ],
        text: json!({
            "summary": marked("What people who use services and those who work in them promise each other."),
            "body": BODY,
            "licence": "CC-BY-4.0",
        }),
        review: [
            "Staff promise nothing that we could hold them to.",
            "Staff promise an answer within a week.",
            "I could show this to somebody and say: you promised.",
        ],
        renditions: vec![
            (
                "EASY_READ",
                "en",
                "We tell you what we need.\n\nYou listen.\n\nYou answer within a week.",
            ),
            (
                "PLAIN_ENGLISH",
                "en",
                "We say what we need and keep appointments. You listen, write it down, and answer within a week.",
            ),
        ],
    }
}

/// The network works by it; the pledge of a provider that could not keep it was taken back.
fn adopted(version: &str) -> Vec<Step> {
    const OWN: &str = "adoption.nottingham-pledge.network";
    const BROKEN: &str = "adoption.nottingham-pledge.support";
    let by = |organisation: &str| -> Json {
        json!({ "resourceVersionId": format!("@{version}"), "organisationId": format!("@{organisation}") })
    };
    let pledged = || Waits::With("status", "PLEDGED");
    vec![
        Step::make(25, "nottingham-admin", "adoptionPledge", OWN, by(NETWORK)),
        Step::act(
            30,
            "nottingham-admin",
            "adoptionAdopt",
            OWN,
            pledged(),
            json!({ "reviewDueOn": 130 }),
        ),
        Step::act(
            90,
            "nottingham-admin",
            "adoptionEvidence",
            OWN,
            Waits::Without("evidencedAt"),
            json!({ "evidence": marked("Of the last twenty questions, nineteen were answered within a week.") }),
        ),
        Step::make(26, PROVIDER, "adoptionPledge", BROKEN, by(SUPPORT)),
        Step::act(
            70,
            PROVIDER,
            "adoptionWithdraw",
            BROKEN,
            pledged(),
            json!({ "reason": "We answer letters in three weeks, and do not want to promise what we do not keep." }),
        ),
    ]
}
