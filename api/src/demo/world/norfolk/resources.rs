//! What the members of the board write for care providers, and who works by it (`domain.md` 1, row 3, and 2.6).

use serde_json::{Value as Json, json};

use super::{BOARD, COUNCIL, FORUM};
use crate::demo::step::{Step, Waits, What, nothing};
use crate::demo::world::build::marked;

const GUIDE: &str = "resource.norfolk-asking";
const VERSION: &str = "resource-version.norfolk-asking";
const OWNER: &str = "norfolk-council-admin";
const AUTHOR: &str = "norfolk-member";
const REVIEWER: &str = "norfolk-carer";
const SIGNER: &str = "norfolk-chair";
const GROUP: &str = "norfolk-user-led-admin";
/// An adopter from another partnership, who has not looked at it again in time.
const ADOPTER: &str = "council-admin";
const ADOPTION: &str = "adoption.norfolk-asking.oxfordshire";

const BODY: &str = "# Asking the people who are asked least\n\nDemonstration data.\n\n## Before you ask\n\n\
    1. Find out **how** somebody wants to be asked: face to face, by telephone, with pictures.\n\
    2. Say what will happen with the answer, and what will not.\n3. Pay for the time, and for the way.\n\n\
    ## When you ask\n\nAsk one thing at a time. Wait. *Silence is not an answer yet.*\n\n\
    ## Afterwards\n\nTell people what changed because of them, and where nothing did, why not.";

pub(super) fn steps() -> Vec<Step> {
    let mut steps = written();
    steps.extend(reviewed());
    steps.extend(formats());
    steps.push(act(
        -150,
        OWNER,
        "resourceVersionPublish",
        ("status", "SIGNED_OFF"),
        nothing(),
    ));
    steps.extend(adopted());
    steps
}

fn act(
    day: i64,
    who: &'static str,
    mutation: &'static str,
    waits: (&'static str, &'static str),
    input: Json,
) -> Step {
    Step::act(day, who, mutation, VERSION, Waits::With(waits.0, waits.1), input)
}

fn contributor(who: &str, field: &str, name: &str, role: &str) -> Step {
    let is_person = field == "personId";
    let input = json!({
        "resourceVersionId": format!("@{VERSION}"),
        field: format!("@{name}"),
        "role": role,
        "livedExperience": is_person,
        "lead": role == "AUTHOR",
    });
    Step::make(
        -199,
        OWNER,
        "contributorAdd",
        format!("contributor.norfolk-asking.{who}"),
        input,
    )
}

fn written() -> Vec<Step> {
    let begun = json!({
        "ownerOrganisationId": format!("@{COUNCIL}"),
        "kind": "GUIDE",
        "title": "Asking the people who are asked least",
        "topics": ["involvement", "accessible information"],
        "targetGroups": ["LEARNING_DISABILITY_OR_AUTISM", "CARERS"],
        "initiativeId": "@initiative.norfolk",
        "boardId": format!("@{BOARD}"),
        "signerPersonId": format!("@person.{SIGNER}"),
    });
    let text = json!({
        "summary": marked("How care providers ask people whom nobody has asked before."),
        "body": BODY,
        "licence": "CC-BY-4.0",
    });
    vec![
        Step::make(-200, OWNER, "resourceCreate", GUIDE, begun),
        Step {
            day: -200,
            actor: OWNER,
            what: What::FirstVersion {
                name: VERSION,
                resource: GUIDE,
            },
        },
        contributor("member", "personId", "person.norfolk-member", "AUTHOR"),
        contributor("carer", "personId", "person.norfolk-carer", "REVIEWER"),
        contributor("forum", "organisationId", FORUM, "TESTER"),
        Step::act(
            -190,
            AUTHOR,
            "resourceVersionUpdate",
            VERSION,
            Waits::Without("body"),
            text,
        ),
        act(
            -185,
            AUTHOR,
            "resourceVersionSubmit",
            ("status", "DRAFT"),
            nothing(),
        ),
    ]
}

fn review(day: i64, name: &str, verdict: &str, comment: &str) -> Step {
    let input = json!({
        "resourceVersionId": format!("@{VERSION}"),
        "contentRevision": 2,
        "verdict": verdict,
        "comment": marked(comment),
    });
    Step::make(
        day,
        REVIEWER,
        "resourceReviewAdd",
        format!("review.norfolk-asking.{name}"),
        input,
    )
}

fn reviewed() -> Vec<Step> {
    let settled = json!({ "resolution": marked("We say what happens with the answer.") });
    vec![
        review(-180, "first", "CHANGES", "Say what happens with the answer."),
        Step::act(
            -175,
            AUTHOR,
            "resourceReviewResolve",
            "review.norfolk-asking.first",
            Waits::Without("resolvedAt"),
            settled,
        ),
        review(
            -172,
            "second",
            "APPROVE",
            "I would have wanted to be asked like this.",
        ),
        act(
            -170,
            SIGNER,
            "resourceVersionSignOff",
            ("status", "REVIEW"),
            nothing(),
        ),
    ]
}

/// The text is there in four formats, and the user group has checked each.
fn formats() -> Vec<Step> {
    [
        ("EASY_READ", "en", "Ask people how they want to be asked.\n\nSay what will happen.\n\nAsk one thing. Then wait."),
        ("PLAIN_ENGLISH", "en", "Find out how somebody wants to be asked. Say what you will do with the answer. Ask one thing at a time."),
        ("LARGE_PRINT", "en", BODY),
        ("WELSH", "cy", "Gofynnwch i bobl sut maen nhw eisiau cael eu holi. Gofynnwch un peth ar y tro."),
    ]
    .into_iter()
    .flat_map(|(format, language, body)| {
        let name = format!("rendition.norfolk-asking.{format}");
        let input = json!({
            "resourceVersionId": format!("@{VERSION}"),
            "format": format,
            "language": language,
            "body": body,
        });
        [
            Step::make(-165, AUTHOR, "renditionAdd", name.clone(), input),
            Step::act(-155, GROUP, "renditionCheck", name, Waits::Without("checkedAt"), json!({ "contentRevision": 2 })),
        ]
    })
    .collect()
}

fn adopted() -> Vec<Step> {
    let pledge = json!({
        "resourceVersionId": format!("@{VERSION}"),
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
