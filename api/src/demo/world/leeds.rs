//! Leeds: home care is bought anew. A user-led organisation hosts the reference group of people who use it; providers have a
//! group of their own (`domain.md` 1, row 1).

use serde_json::json;

use super::build::{Board, Organisation, Partnership, Someone, board_role, day, marked, people};
use super::way::{Candidate, Until};
use crate::demo::step::Step;

const COUNCIL: &str = "organisation.leeds-council";
const USER_LED: &str = "organisation.aire-valley";
const KIRKGATE: &str = "organisation.kirkgate-care";
const CALDER: &str = "organisation.calder-support";
const PARTNERSHIP: &str = "partnership.leeds";
const REFERENCE_GROUP: &str = "board.reference-group";
const PROVIDER_GROUP: &str = "board.provider-group";

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    let member = |subject, called| Someone {
        subject,
        called,
        tie: "USER_LED_MEMBER",
    };
    let users = [
        member("leeds-member-1", "Ottoline Birch"),
        member("leeds-member-2", "Marcus Teal"),
        member("leeds-carer", "Nasreen Holt"),
    ];
    steps.extend(people("aire-valley-admin", USER_LED, &users));
    steps.extend(partnership().steps());
    steps.push(Step::make(
        day::INITIATIVES,
        "leeds-council-admin",
        "initiativeCreate",
        "initiative.leeds",
        json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "title": "Home care, bought anew",
            "summary": marked("What people who use home care say becomes what is asked of providers."),
            "stages": ["CO_DESIGN", "CO_DECISION", "CO_EVALUATION"],
            "rungClaimed": "CO_DESIGN",
            "principles": ["EQUALITY", "RECIPROCITY"],
        }),
    ));
    steps.extend(reference_group().steps());
    steps.extend(provider_group().steps());
    steps.extend(members());
    steps
}

fn organisations() -> [Organisation; 4] {
    let provider = |name, called, code, subject, display_name| Organisation {
        name,
        called,
        kind: "CARE_PROVIDER",
        code: ("ODS", code),
        summary: "Care and support in people's own homes.",
        administrator: (subject, display_name, "EMPLOYEE"),
    };
    [
        Organisation {
            name: COUNCIL,
            called: "Leeds City Council",
            kind: "COUNCIL",
            code: ("GSS", "E08000035"),
            summary: "The council that buys home care for the city.",
            administrator: ("leeds-council-admin", "Jolyon Baptiste", "EMPLOYEE"),
        },
        Organisation {
            name: USER_LED,
            called: "Aire Valley Independent Living",
            kind: "USER_LED",
            code: ("ODS", "ZZ401"),
            summary: "Disabled people who support each other, and host the reference group.",
            administrator: ("aire-valley-admin", "Meredith Akande", "USER_LED_MEMBER"),
        },
        provider(
            KIRKGATE,
            "Kirkgate Care at Home",
            "ZZ402",
            "kirkgate-admin",
            "Stellan Ives",
        ),
        provider(CALDER, "Calder Support", "ZZ403", "calder-admin", "Rukhsana Vale"),
    ]
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Home Care in Leeds",
        purpose: "The council, people who use home care and providers work out together what good home care is.",
        lead: (COUNCIL, "leeds-council-admin"),
        partners: &[
            (USER_LED, "aire-valley-admin", "USER_LED"),
            (KIRKGATE, "kirkgate-admin", "PROVIDER"),
            (CALDER, "calder-admin", "PROVIDER"),
        ],
    }
}

fn reference_group() -> Board {
    Board {
        name: REFERENCE_GROUP,
        host_admin: "aire-valley-admin",
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{USER_LED}"),
            "initiativeId": "@initiative.leeds",
            "name": "Leeds Home Care Reference Group",
            "kind": "REFERENCE_GROUP",
            "purpose": marked("People who use home care meet every month and say how it works for them."),
            "quorum": 2,
            "quorumLived": 2,
            "minLivedBp": 10_000,
        }),
        seats: &[
            (
                "lived-1",
                "Uses home care 1",
                "LIVED_EXPERIENCE",
                Some("constituency.OLDER_PEOPLE"),
                true,
            ),
            (
                "lived-2",
                "Uses home care 2",
                "LIVED_EXPERIENCE",
                Some("constituency.PHYSICAL_DISABILITY"),
                true,
            ),
            (
                "carer-1",
                "Cares for somebody 1",
                "CARER",
                Some("constituency.UNPAID_CARERS"),
                true,
            ),
            (
                "carer-2",
                "Cares for somebody 2",
                "CARER",
                Some("constituency.UNPAID_CARERS"),
                true,
            ),
        ],
        at_work: true,
        published: true,
    }
}

fn provider_group() -> Board {
    Board {
        name: PROVIDER_GROUP,
        host_admin: "leeds-council-admin",
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": "@initiative.leeds",
            "name": "Leeds Home Care Provider Leadership Group",
            "kind": "PROVIDER_GROUP",
            "purpose": marked("Providers work on standards, pay and contracts with the council."),
            "quorum": 2,
            "quorumLived": 0,
            "minLivedBp": 0,
        }),
        seats: &[
            ("provider-1", "Provider 1", "PROVIDER", None, true),
            ("provider-2", "Provider 2", "PROVIDER", None, true),
            ("provider-3", "Provider 3", "PROVIDER", None, true),
        ],
        at_work: true,
        published: false,
    }
}

fn members() -> Vec<Step> {
    let first = Candidate {
        subject: "leeds-member-1",
        board: REFERENCE_GROUP,
        seat: "lived-1",
        mover: "aire-valley-admin",
        host_admin: "aire-valley-admin",
        nominated_by: ("aire-valley-admin", USER_LED),
        day: -310,
        panel: false,
        term: None,
    };
    let mut steps = Vec::new();
    for (subject, seat) in [
        ("leeds-member-1", "lived-1"),
        ("leeds-member-2", "lived-2"),
        ("leeds-carer", "carer-1"),
    ] {
        let member = Candidate {
            subject,
            seat,
            ..first
        };
        steps.extend(member.visits("I want the same care worker each time.", Until::Member));
    }
    steps.push(board_role(
        -270,
        "aire-valley-admin",
        REFERENCE_GROUP,
        "leeds-member-1",
        "CHAIR",
    ));
    let providers = [
        ("kirkgate-admin", KIRKGATE, "provider-1"),
        ("calder-admin", CALDER, "provider-2"),
    ];
    for (subject, organisation, seat) in providers {
        let member = Candidate {
            subject,
            board: PROVIDER_GROUP,
            seat,
            mover: "leeds-council-admin",
            host_admin: "leeds-council-admin",
            nominated_by: (subject, organisation),
            ..first
        };
        steps.extend(member.visits(
            "Pay and travel time decide who stays in this work.",
            Until::Member,
        ));
    }
    steps
}
