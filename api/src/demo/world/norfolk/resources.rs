//! What the members of the board write for care providers, and who works by it (`domain.md` 1, row 3, and 2.6).

use serde_json::json;

use super::{BOARD, COUNCIL, FORUM};
use crate::demo::step::{Step, Waits};
use crate::demo::world::build::marked;
use crate::demo::world::publication::Publication;

/// An adopter from another partnership, who has not looked at it again in time.
const ADOPTER: &str = "council-admin";
const ADOPTION: &str = "adoption.norfolk-asking.oxfordshire";

const BODY: &str = "# Asking the people who are asked least\n\nDemonstration data.\n\n## Before you ask\n\n\
    1. Find out **how** somebody wants to be asked: face to face, by telephone, with pictures.\n\
    2. Say what will happen with the answer, and what will not.\n3. Pay for the time, and for the way.\n\n\
    ## When you ask\n\nAsk one thing at a time. Wait. *Silence is not an answer yet.*\n\n\
    ## Afterwards\n\nTell people what changed because of them, and where nothing did, why not.";

pub(super) fn steps() -> Vec<Step> {
    let guide = guide();
    let mut steps = guide.steps();
    steps.extend(adopted(&guide.version()));
    steps
}

fn guide() -> Publication {
    Publication {
        name: "norfolk-asking",
        owner: (COUNCIL, "norfolk-council-admin"),
        begins: -200,
        resource: json!({
            "kind": "GUIDE",
            "title": "Asking the people who are asked least",
            "topics": ["involvement", "accessible information"],
            "targetGroups": ["LEARNING_DISABILITY_OR_AUTISM", "CARERS"],
            "initiativeId": "@initiative.norfolk",
            "boardId": format!("@{BOARD}"),
        }),
        author: "norfolk-member",
        reviewer: "norfolk-carer",
        signer: "norfolk-chair",
        group: (FORUM, "norfolk-user-led-admin"),
        contributors: vec![
            (
                "norfolk-member",
                json!({ "role": "AUTHOR", "livedExperience": true, "lead": true }),
            ),
            (
                "norfolk-carer",
                json!({ "role": "REVIEWER", "livedExperience": true }),
            ),
            ("group", json!({ "role": "TESTER" })),
        ],
        text: json!({
            "summary": marked("How care providers ask people whom nobody has asked before."),
            "body": BODY,
            "licence": "CC-BY-4.0",
        }),
        review: [
            "Say what happens with the answer.",
            "We say what happens with the answer.",
            "I would have wanted to be asked like this.",
        ],
        renditions: vec![
            (
                "EASY_READ",
                "en",
                "Ask people how they want to be asked.\n\nSay what will happen.\n\nAsk one thing. Then wait.",
            ),
            (
                "PLAIN_ENGLISH",
                "en",
                "Find out how somebody wants to be asked. Say what you will do with the answer. Ask one thing at a time.",
            ),
            ("LARGE_PRINT", "en", BODY),
            (
                "WELSH",
                "cy",
                "Gofynnwch i bobl sut maen nhw eisiau cael eu holi. Gofynnwch un peth ar y tro.",
            ),
        ],
    }
}

fn adopted(version: &str) -> Vec<Step> {
    let pledge = json!({
        "resourceVersionId": format!("@{version}"),
        "organisationId": "@organisation.oxfordshire-council",
    });
    let shown = json!({ "evidence": marked("Forty people were asked in the way they wanted.") });
    vec![
        Step::make(-140, ADOPTER, "adoptionPledge", ADOPTION, pledge),
        Step::act(
            -130,
            ADOPTER,
            "adoptionAdopt",
            ADOPTION,
            Waits::With("status", "PLEDGED"),
            json!({ "reviewDueOn": -20 }),
        ),
        Step::act(
            -60,
            ADOPTER,
            "adoptionEvidence",
            ADOPTION,
            Waits::Without("evidencedAt"),
            shown,
        ),
    ]
}
