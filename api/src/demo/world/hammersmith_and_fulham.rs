//! Hammersmith & Fulham: a commission of ten disabled residents, and the group that carries out what it recommended
//! (`domain.md` 1, row 9).

use serde_json::json;

use super::build::{Board, Organisation, Partnership, Someone, board_role, consent, day, marked, people};
use super::way::{Candidate, Until};
use crate::demo::step::Step;

const COUNCIL: &str = "organisation.hammersmith-and-fulham-council";
const FORUM: &str = "organisation.riverside-forum";
const PARTNERSHIP: &str = "partnership.hammersmith-and-fulham";
const COMMISSION: &str = "board.commission";
const IMPLEMENTATION: &str = "board.implementation";
const ADMIN: &str = "hammersmith-council-admin";

const RESIDENTS: [(&str, &str); 10] = [
    ("commissioner-1", "Adaeze Holloway"),
    ("commissioner-2", "Martin Pell"),
    ("commissioner-3", "Sunita Graves"),
    ("commissioner-4", "Declan Moor"),
    ("commissioner-5", "Fatima Wells"),
    ("commissioner-6", "Ivor Stannard"),
    ("commissioner-7", "Joy Abara"),
    ("commissioner-8", "Lucjan Frost"),
    ("commissioner-9", "Wendy Carrow"),
    ("commissioner-10", "Zainab Lyle"),
];

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    let residents = RESIDENTS.map(|(subject, called)| Someone {
        subject,
        called,
        tie: "USER_LED_MEMBER",
    });
    steps.extend(people("riverside-admin", FORUM, &residents));
    let officials =
        [("official-1", "Harriet Doyle"), ("official-2", "Samuel Tarn")].map(|(subject, called)| Someone {
            subject,
            called,
            tie: "EMPLOYEE",
        });
    steps.extend(people(ADMIN, COUNCIL, &officials));
    steps.extend(partnership().steps());
    steps.extend(initiative());
    steps.extend(commission().steps());
    steps.extend(implementation_group().steps());
    steps.extend(commissioners());
    steps.extend(implementers());
    steps
}

fn organisations() -> [Organisation; 2] {
    [
        Organisation {
            name: COUNCIL,
            called: "London Borough of Hammersmith & Fulham",
            kind: "COUNCIL",
            code: ("GSS", "E09000013"),
            summary: "The borough's council, which set up the commission.",
            administrator: (ADMIN, "Beatrice Yeo", "EMPLOYEE"),
        },
        Organisation {
            name: FORUM,
            called: "Riverside Disabled Residents' Forum",
            kind: "USER_LED",
            code: ("ODS", "ZZ301"),
            summary: "Disabled residents of the borough.",
            administrator: ("riverside-admin", "Cormac Adeyemi", "USER_LED_MEMBER"),
        },
    ]
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Nothing About Disabled Residents Without Them",
        purpose: "An inquiry led by disabled residents, and the carrying out of what it recommends.",
        lead: (COUNCIL, ADMIN),
        partners: &[(FORUM, "riverside-admin", "USER_LED")],
    }
}

fn initiative() -> Vec<Step> {
    let input = json!({
        "partnershipId": format!("@{PARTNERSHIP}"),
        "title": "Disabled People's Commission",
        "summary": marked("A year of inquiry, a report with recommendations, and a group that carries them out."),
        "stages": ["CO_DESIGN", "CO_DECISION", "CO_DELIVERY", "CO_EVALUATION"],
        "rungClaimed": "CO_PRODUCTION",
        "principles": ["EQUALITY", "ACCESSIBILITY"],
    });
    vec![Step::make(
        day::INITIATIVES,
        ADMIN,
        "initiativeCreate",
        "initiative.hammersmith-and-fulham",
        input,
    )]
}

fn commission() -> Board {
    Board {
        name: COMMISSION,
        host_admin: ADMIN,
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": "@initiative.hammersmith-and-fulham",
            "name": "Hammersmith & Fulham Disabled People's Commission",
            "kind": "COMMISSION",
            "purpose": marked("Inquires into what keeps disabled residents from taking part, and recommends what to do."),
            "quorum": 6,
            "quorumLived": 6,
            "minLivedBp": 10_000,
            "termMonths": 36,
            "eligibilityNote": "Every member is a disabled person who lives in the borough.",
        }),
        seats: &[
            ("1", "Commissioner 1", "LIVED_EXPERIENCE", None, true),
            ("2", "Commissioner 2", "LIVED_EXPERIENCE", None, true),
            ("3", "Commissioner 3", "LIVED_EXPERIENCE", None, true),
            ("4", "Commissioner 4", "LIVED_EXPERIENCE", None, true),
            ("5", "Commissioner 5", "LIVED_EXPERIENCE", None, true),
            ("6", "Commissioner 6", "LIVED_EXPERIENCE", None, true),
            ("7", "Commissioner 7", "LIVED_EXPERIENCE", None, true),
            ("8", "Commissioner 8", "LIVED_EXPERIENCE", None, true),
            ("9", "Commissioner 9", "LIVED_EXPERIENCE", None, true),
            ("10", "Commissioner 10", "LIVED_EXPERIENCE", None, true),
        ],
        at_work: true,
        published: true,
    }
}

fn implementation_group() -> Board {
    Board {
        name: IMPLEMENTATION,
        host_admin: ADMIN,
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": "@initiative.hammersmith-and-fulham",
            "name": "Hammersmith & Fulham Implementation Group",
            "kind": "IMPLEMENTATION_GROUP",
            "purpose": marked("Disabled residents and senior officials see that the recommendations are carried out."),
            "quorum": 3,
            "quorumLived": 2,
            "minLivedBp": 6_000,
            "termMonths": 36,
        }),
        seats: &[
            (
                "resident-1",
                "Disabled resident 1",
                "LIVED_EXPERIENCE",
                None,
                true,
            ),
            (
                "resident-2",
                "Disabled resident 2",
                "LIVED_EXPERIENCE",
                None,
                true,
            ),
            (
                "resident-3",
                "Disabled resident 3",
                "LIVED_EXPERIENCE",
                None,
                true,
            ),
            ("official-1", "Senior official 1", "OFFICER", None, true),
            ("official-2", "Senior official 2", "OFFICER", None, true),
        ],
        at_work: true,
        published: true,
    }
}

const RESIDENT: Candidate = Candidate {
    subject: "commissioner-1",
    board: COMMISSION,
    seat: "1",
    mover: ADMIN,
    host_admin: ADMIN,
    nominated_by: ("riverside-admin", FORUM),
    day: -320,
    panel: false,
    term: None,
};

/// The chair comes first; the others come to the same meeting.
fn commissioners() -> Vec<Step> {
    let motivation = "I live here, and I know the barriers.";
    let mut steps = RESIDENT.visits(motivation, Until::Member);
    steps.push(board_role(-281, ADMIN, COMMISSION, "commissioner-1", "CHAIR"));
    let seats = ["2", "3", "4", "5", "6", "7", "8", "9", "10"];
    for ((subject, _), seat) in RESIDENTS.into_iter().skip(1).zip(seats) {
        let member = Candidate {
            subject,
            seat,
            mover: "commissioner-1",
            day: -260,
            ..RESIDENT
        };
        steps.extend(member.visits(motivation, Until::Member));
    }
    for (subject, _) in RESIDENTS.into_iter().take(4) {
        steps.push(consent(-220, subject, "PUBLISH_NAME"));
    }
    steps
}

fn implementers() -> Vec<Step> {
    let mut steps = Vec::new();
    let residents = [
        ("commissioner-1", "resident-1"),
        ("commissioner-3", "resident-2"),
        ("commissioner-5", "resident-3"),
    ];
    for (subject, seat) in residents {
        let member = Candidate {
            subject,
            seat,
            board: IMPLEMENTATION,
            day: 20,
            ..RESIDENT
        };
        steps.extend(member.visits("We recommended it; now it has to happen.", Until::Member));
    }
    for (subject, seat) in [("official-1", "official-1"), ("official-2", "official-2")] {
        let member = Candidate {
            subject,
            seat,
            board: IMPLEMENTATION,
            nominated_by: (ADMIN, COUNCIL),
            day: 30,
            ..RESIDENT
        };
        steps.extend(member.co_opted("Sent by the council."));
    }
    steps
}
