//! Oxfordshire: a Team-Up Board with a way on to it for every stage (`domain.md` 1, row 4).

mod actions;
mod meetings;
mod members;
mod outcomes;
mod panels;
mod to_come;
mod training;
mod visits;

use serde_json::json;

use super::build::{
    Agreement, Board, Organisation, Partnership, Someone, consent, day, marked, people, role,
};
use crate::demo::step::{Step, What};

const COUNCIL: &str = "organisation.oxfordshire-council";
const VOICES: &str = "organisation.cherwell-voices";
const HOMECARE: &str = "organisation.windrush-homecare";
const UNIVERSITY: &str = "organisation.university";
const PARTNERSHIP: &str = "partnership.oxfordshire";
const INITIATIVE: &str = "initiative.oxfordshire";
const BOARD: &str = "board.team-up";
/// A day that is not over when the world is loaded.
const NOT_OVER: i64 = 600;

/// What the demonstration's computer system is called.
pub(in crate::demo) const SYSTEM: &str = "Oxfordshire reporting system";
/// Who looks after it.
pub(in crate::demo) const SYSTEM_ADMINISTRATOR: &str = "council-admin";

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    steps.extend(all_people());
    steps.extend(roles());
    steps.extend(home_care());
    steps.extend(partnership().steps());
    steps.extend(about_home_care().steps());
    steps.extend(boards());
    steps.extend(members::first_members());
    steps.extend(members::later_members());
    steps.extend(meetings::steps());
    steps.extend(actions::steps());
    steps.extend(to_come::steps());
    steps.extend(training::steps());
    steps.extend(panels::steps());
    steps.extend(outcomes::steps());
    steps.extend(visits::steps());
    steps.extend(own_matters());
    steps
}

fn organisations() -> [Organisation; 4] {
    [
        Organisation {
            name: COUNCIL,
            called: "Oxfordshire County Council",
            kind: "COUNCIL",
            code: ("GSS", "E10000025"),
            summary: "The council for adult social care in the county.",
            administrator: ("council-admin", "Priya Nandakumar", "EMPLOYEE"),
        },
        Organisation {
            name: VOICES,
            called: "Cherwell Voices",
            kind: "USER_LED",
            code: ("ODS", "ZZ101"),
            summary: "Disabled people and carers who speak for themselves, and put members forward for boards.",
            administrator: ("user-led-admin", "Shanice Brook", "USER_LED_MEMBER"),
        },
        Organisation {
            name: HOMECARE,
            called: "Windrush Homecare",
            kind: "CARE_PROVIDER",
            code: ("ODS", "ZZ102"),
            summary: "Care and support in people's own homes.",
            administrator: ("provider-admin", "Callum Reeve", "EMPLOYEE"),
        },
        Organisation {
            name: UNIVERSITY,
            called: "University of Evenlode",
            kind: "RESEARCH",
            code: ("ODS", "ZZ103"),
            summary: "Researches how co-production changes services.",
            administrator: ("university-admin", "Ifan Mostyn", "EMPLOYEE"),
        },
    ]
}

fn all_people() -> Vec<Step> {
    let member = |subject, called| Someone {
        subject,
        called,
        tie: "USER_LED_MEMBER",
    };
    let employee = |subject, called| Someone {
        subject,
        called,
        tie: "EMPLOYEE",
    };
    let voices = [
        member("board-chair", "Maureen Okafor"),
        member("board-member", "Tomasz Ashdown"),
        member("visitor", "Leila Farrow"),
        member("former-member", "Bernard Tilley"),
        member("oxfordshire-carer", "Gwen Partridge"),
        member("oxfordshire-candidate", "Yusuf Lindley"),
    ];
    let council = [
        employee("oxfordshire-officer", "Nuala Greaves"),
        employee("commissioner", "Rosalind Achebe"),
        Someone {
            subject: "oxfordshire-councillor",
            called: "Desmond Wray",
            tie: "COUNCILLOR",
        },
    ];
    let mut steps = people("user-led-admin", VOICES, &voices);
    steps.extend(people("council-admin", COUNCIL, &council));
    let provider = [employee("provider-user", "Gareth Pryce")];
    steps.extend(people("provider-admin", HOMECARE, &provider));
    let university = [employee("researcher", "Hana Kowalska")];
    steps.extend(people("university-admin", UNIVERSITY, &university));
    steps
}

fn roles() -> Vec<Step> {
    let person = |name| ("personId", name);
    vec![
        role(
            "provider-admin",
            HOMECARE,
            person("person.provider-user"),
            "PROVIDER_USER",
        ),
        role(
            "university-admin",
            UNIVERSITY,
            person("person.researcher"),
            "RESEARCHER",
        ),
    ]
}

/// A service that the council pays for.
fn home_care() -> Vec<Step> {
    let day = day::ORGANISATIONS + 8;
    let site = json!({ "organisationId": format!("@{HOMECARE}"), "name": "Witney office" });
    let service = json!({
        "providerOrganisationId": format!("@{HOMECARE}"),
        "siteId": "@site.windrush-witney",
        "commissionerOrganisationId": format!("@{COUNCIL}"),
        "name": "Home care, West Oxfordshire",
        "kind": "HOMECARE",
        "delivery": "COMMISSIONED",
        "clientGroups": ["OLDER_PEOPLE", "PHYSICAL_DISABILITY"],
        "startsOn": -800,
    });
    vec![
        Step::make(day, "provider-admin", "siteCreate", "site.windrush-witney", site),
        Step::make(
            day,
            "provider-admin",
            "serviceCreate",
            "service.windrush-home-care",
            service,
        ),
    ]
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Oxfordshire Together",
        purpose: "People who use services, the council, a provider and a university shape support together.",
        lead: (COUNCIL, "council-admin"),
        partners: &[
            (VOICES, "user-led-admin", "USER_LED"),
            (HOMECARE, "provider-admin", "PROVIDER"),
            (UNIVERSITY, "university-admin", "ADVISOR"),
        ],
    }
}

/// The council and the provider tell each other what people say about home care; the other partners have no part in it.
fn about_home_care() -> Agreement {
    Agreement {
        name: "agreement.home-care".to_owned(),
        partnership: PARTNERSHIP,
        title: "What people say about our home care",
        purpose: "So that the provider learns what the council is told about its service. Names and words stay where they were told.",
        categories: &["FEEDBACK"],
        parties: vec![(COUNCIL, "council-admin"), (HOMECARE, "provider-admin")],
    }
}

fn boards() -> Vec<Step> {
    let initiative = json!({
        "partnershipId": format!("@{PARTNERSHIP}"),
        "title": "Team-Up: support that fits people's lives",
        "summary": marked("Members of the board shape how support is bought, given and judged."),
        "stages": ["CO_DESIGN", "CO_DECISION", "CO_EVALUATION"],
        "rungClaimed": "CO_PRODUCTION",
        "principles": ["EQUALITY", "DIVERSITY", "ACCESSIBILITY", "RECIPROCITY"],
    });
    let mut steps = vec![Step::make(
        day::INITIATIVES,
        "council-admin",
        "initiativeCreate",
        INITIATIVE,
        initiative,
    )];
    steps.extend(team_up().steps());
    steps.extend(working_group().steps());
    steps
}

fn team_up() -> Board {
    Board {
        name: BOARD,
        host_admin: "council-admin",
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": format!("@{INITIATIVE}"),
            "name": "Oxfordshire Team-Up Board",
            "kind": "COPRODUCTION_BOARD",
            "purpose": marked("People who use services and professionals decide together."),
            "quorum": 4,
            "quorumLived": 2,
            "minLivedBp": 5_000,
            "termMonths": 36,
            "eligibilityNote": "Anybody who uses adult social care in the county, or cares for somebody who does.",
        }),
        seats: &[
            (
                "lived-1",
                "Lived experience 1",
                "LIVED_EXPERIENCE",
                Some("constituency.PHYSICAL_DISABILITY"),
                true,
            ),
            (
                "lived-2",
                "Lived experience 2",
                "LIVED_EXPERIENCE",
                Some("constituency.LEARNING_DISABILITY"),
                true,
            ),
            (
                "lived-3",
                "Lived experience 3",
                "LIVED_EXPERIENCE",
                Some("constituency.MENTAL_HEALTH"),
                true,
            ),
            (
                "carer-1",
                "Carer 1",
                "CARER",
                Some("constituency.UNPAID_CARERS"),
                true,
            ),
            (
                "carer-2",
                "Carer 2",
                "CARER",
                Some("constituency.YOUNG_CARERS"),
                true,
            ),
            (
                "councillor",
                "Co-opted councillor",
                "COUNCILLOR_COOPTED",
                None,
                true,
            ),
            ("officer", "Co-production lead", "OFFICER", None, false),
            ("provider", "Care provider", "PROVIDER", None, true),
            ("clinician", "Clinician", "CLINICIAN", None, true),
            ("vcse", "Voluntary sector", "VCSE", None, true),
        ],
        at_work: true,
        published: true,
    }
}

/// A board that is still being set up: only the partners see it.
fn working_group() -> Board {
    Board {
        name: "board.direct-payments",
        host_admin: "council-admin",
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": format!("@{INITIATIVE}"),
            "name": "Oxfordshire Direct Payments Steering Group",
            "kind": "STEERING_GROUP",
            "purpose": marked("Not published: only the partners see that it is being set up."),
            "quorum": 3,
            "quorumLived": 2,
            "minLivedBp": 5_000,
        }),
        seats: &[
            ("lived-1", "Lived experience 1", "LIVED_EXPERIENCE", None, true),
            ("officer", "Commissioning officer", "OFFICER", None, true),
        ],
        at_work: false,
        published: false,
    }
}

/// What people say about themselves, and the computer system.
fn own_matters() -> Vec<Step> {
    let need = json!({
        "category": "INFORMATION_FORMAT",
        "code": "EASY_READ",
        "detail": "Papers a week before the meeting.",
    });
    let quiet = json!({ "category": "PHYSICAL", "code": "QUIET_ROOM" });
    let receives = json!({
        "personId": "@person.board-member",
        "organisationId": format!("@{HOMECARE}"),
        "kind": "RECEIVES_SERVICE",
        "fromOn": -700,
    });
    let mut steps = vec![
        Step::make(
            41,
            "board-member",
            "accessNeedCreate",
            "access_need.easy-read",
            need,
        ),
        consent(41, "board-member", "SHARE_ACCESS_NEEDS"),
        consent(41, "board-member", "CONTACT"),
        Step::make(
            41,
            "board-member",
            "affiliationCreate",
            "affiliation.board-member",
            receives,
        ),
        Step::make(
            42,
            "oxfordshire-carer",
            "accessNeedCreate",
            "access_need.quiet-room",
            quiet,
        ),
    ];
    steps.push(Step {
        day: 149,
        actor: SYSTEM_ADMINISTRATOR,
        what: What::ServiceAccount {
            name: "service_account.reporting",
            called: SYSTEM,
            organisation: COUNCIL,
        },
    });
    steps
}
