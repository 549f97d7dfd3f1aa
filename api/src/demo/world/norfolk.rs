//! Norfolk: a board of disabled people, unpaid carers and co-opted councillors (`domain.md` 1, row 3).
//!
//! It is not published: only its own people and its partners see it.

mod resources;
mod showcase;

use serde_json::json;

use super::build::{Board, Organisation, Partnership, Someone, board_role, day, marked, people};
use super::way::{Candidate, Until};
use crate::demo::step::Step;

const COUNCIL: &str = "organisation.norfolk-council";
const FORUM: &str = "organisation.wensum-forum";
const CARE_SUPPORT: &str = "organisation.waveney-care-support";
const PARTNERSHIP: &str = "partnership.norfolk";
const BOARD: &str = "board.making-it-together";

pub(super) fn steps() -> Vec<Step> {
    let mut steps: Vec<Step> = organisations().iter().flat_map(Organisation::steps).collect();
    let member = |subject, called| Someone {
        subject,
        called,
        tie: "USER_LED_MEMBER",
    };
    let forum = [
        member("norfolk-chair", "Philippa Rudd"),
        member("norfolk-member", "Aled Sparrow"),
        member("norfolk-carer", "Chidi Marsh"),
    ];
    steps.extend(people("norfolk-user-led-admin", FORUM, &forum));
    let councillors = [Someone {
        subject: "norfolk-councillor",
        called: "Edith Rowan",
        tie: "COUNCILLOR",
    }];
    steps.extend(people("norfolk-council-admin", COUNCIL, &councillors));
    steps.extend(partnership().steps());
    steps.push(Step::make(
        day::INITIATIVES,
        "norfolk-council-admin",
        "initiativeCreate",
        "initiative.norfolk",
        json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "title": "Involving the people who are asked least",
            "summary": marked("Members lead a set of resources for care providers."),
            "stages": ["CO_DESIGN", "CO_DELIVERY"],
            "rungClaimed": "CO_DESIGN",
            "principles": ["DIVERSITY", "ACCESSIBILITY"],
        }),
    ));
    steps.extend(board().steps());
    steps.extend(members());
    steps.extend(resources::steps());
    steps.extend(showcase::steps());
    steps
}

fn organisations() -> [Organisation; 3] {
    [
        Organisation {
            name: COUNCIL,
            called: "Norfolk County Council",
            kind: "COUNCIL",
            code: ("GSS", "E10000020"),
            summary: "The council for adult social care in the county.",
            administrator: ("norfolk-council-admin", "Rosalind Thrower", "EMPLOYEE"),
        },
        Organisation {
            name: FORUM,
            called: "Wensum Disabled People's Forum",
            kind: "USER_LED",
            code: ("ODS", "ZZ201"),
            summary: "Disabled people and carers in Norfolk.",
            administrator: ("norfolk-user-led-admin", "Kofi Larkham", "USER_LED_MEMBER"),
        },
        Organisation {
            name: CARE_SUPPORT,
            called: "Waveney Care Support",
            kind: "WORKFORCE_BODY",
            code: ("ODS", "ZZ202"),
            summary: "Supports care providers in Norfolk and Suffolk with training and advice.",
            administrator: ("stranger", "Owen Fairweather", "EMPLOYEE"),
        },
    ]
}

const fn partnership() -> Partnership {
    Partnership {
        name: PARTNERSHIP,
        called: "Making it Together in Norfolk",
        purpose: "Disabled people, unpaid carers and councillors start ideas and lead them.",
        lead: (COUNCIL, "norfolk-council-admin"),
        partners: &[
            (FORUM, "norfolk-user-led-admin", "USER_LED"),
            (CARE_SUPPORT, "stranger", "ADVISOR"),
        ],
    }
}

fn board() -> Board {
    Board {
        name: BOARD,
        host_admin: "norfolk-council-admin",
        input: json!({
            "partnershipId": format!("@{PARTNERSHIP}"),
            "hostOrganisationId": format!("@{COUNCIL}"),
            "initiativeId": "@initiative.norfolk",
            "name": "Norfolk Making it Together Board",
            "kind": "COPRODUCTION_BOARD",
            "purpose": marked("Ideas come from members, and members lead them."),
            "quorum": 3,
            "quorumLived": 2,
            "minLivedBp": 6_000,
            "termMonths": 48,
        }),
        seats: &[
            (
                "lived-1",
                "Disabled person 1",
                "LIVED_EXPERIENCE",
                Some("constituency.PHYSICAL_DISABILITY"),
                true,
            ),
            (
                "lived-2",
                "Disabled person 2",
                "LIVED_EXPERIENCE",
                Some("constituency.LEARNING_DISABILITY"),
                true,
            ),
            (
                "lived-3",
                "Disabled person 3",
                "LIVED_EXPERIENCE",
                Some("constituency.MENTAL_HEALTH"),
                true,
            ),
            (
                "carer-1",
                "Unpaid carer",
                "CARER",
                Some("constituency.UNPAID_CARERS"),
                true,
            ),
            (
                "councillor-1",
                "Co-opted councillor 1",
                "COUNCILLOR_COOPTED",
                None,
                true,
            ),
            (
                "councillor-2",
                "Co-opted councillor 2",
                "COUNCILLOR_COOPTED",
                None,
                true,
            ),
        ],
        at_work: true,
        published: false,
    }
}

fn members() -> Vec<Step> {
    let chair = Candidate {
        subject: "norfolk-chair",
        board: BOARD,
        seat: "lived-1",
        mover: "norfolk-council-admin",
        host_admin: "norfolk-council-admin",
        nominated_by: ("norfolk-user-led-admin", FORUM),
        day: -325,
        panel: false,
        term: None,
    };
    let mut steps = chair.visits("Nothing about us without us.", Until::Member);
    steps.push(board_role(
        -286,
        "norfolk-council-admin",
        BOARD,
        "norfolk-chair",
        "CHAIR",
    ));
    let chaired = |subject, seat, day| Candidate {
        subject,
        seat,
        day,
        mover: "norfolk-chair",
        ..chair
    };
    let member = chaired("norfolk-member", "lived-2", -260);
    steps.extend(member.visits("I have an idea for a showcase.", Until::Member));
    let carer = chaired("norfolk-carer", "carer-1", -255);
    steps.extend(carer.visits("Carers see what nobody else sees.", Until::Member));
    let councillor = Candidate {
        nominated_by: ("norfolk-council-admin", COUNCIL),
        ..chaired("norfolk-councillor", "councillor-1", -250)
    };
    steps.extend(councillor.co_opted("Co-opted by the council."));
    steps
}
