//! Who comes on to the Team-Up Board, and how far they get.

use serde_json::json;

use super::super::build::{board_role, consent};
use super::super::way::{Candidate, Until};
use super::{BOARD, COUNCIL, HOMECARE, VOICES};
use crate::demo::step::{Step, Waits, What};

const MEMBER: Candidate = Candidate {
    subject: "board-chair",
    board: BOARD,
    seat: "lived-1",
    mover: "council-admin",
    host_admin: "council-admin",
    nominated_by: ("user-led-admin", VOICES),
    day: -320,
    panel: false,
    term: None,
};

/// The board's first year: the chair, the member whose term was short, those whom organisations send.
pub(super) fn first_members() -> Vec<Step> {
    let mut steps = MEMBER.visits("I have chaired our own group for years.", Until::Member);
    steps.push(consent(-281, "board-chair", "PUBLISH_NAME"));
    steps.push(board_role(-281, "council-admin", BOARD, "board-chair", "CHAIR"));
    let chaired = Candidate {
        mover: "board-chair",
        ..MEMBER
    };
    let former = Candidate {
        subject: "former-member",
        seat: "lived-3",
        day: -279,
        term: Some((-245, -20)),
        ..chaired
    };
    steps.extend(former.visits("I know what a crisis team can get wrong.", Until::Member));
    let sent = |subject, seat| Candidate {
        subject,
        seat,
        nominated_by: ("council-admin", COUNCIL),
        day: -270,
        ..chaired
    };
    steps.extend(sent("oxfordshire-officer", "officer").co_opted("Co-production lead of the council."));
    steps.push(board_role(
        -250,
        "council-admin",
        BOARD,
        "oxfordshire-officer",
        "FACILITATOR",
    ));
    steps.extend(sent("oxfordshire-councillor", "councillor").co_opted("Cabinet member for care."));
    let carer = Candidate {
        subject: "oxfordshire-carer",
        seat: "carer-1",
        day: -240,
        ..chaired
    };
    steps.extend(carer.visits("I care for my brother.", Until::Member));
    let provider = Candidate {
        subject: "provider-user",
        seat: "provider",
        nominated_by: ("provider-admin", HOMECARE),
        day: -200,
        ..chaired
    };
    steps.extend(provider.visits("Our care workers want to be heard, too.", Until::Member));
    steps.push(Step {
        day: -19,
        actor: "board-chair",
        what: What::EndTerms,
    });
    steps
}

/// This year: the visit of 3 April, and those who are still on their way.
pub(super) fn later_members() -> Vec<Step> {
    let chaired = Candidate {
        mover: "board-chair",
        ..MEMBER
    };
    let member = Candidate {
        subject: "board-member",
        seat: "lived-2",
        day: 0,
        ..chaired
    };
    let mut steps = member.visits(
        "I want plain words, so that everybody can take part.",
        Until::Member,
    );
    steps.push(consent(40, "board-member", "PUBLISH_NAME"));
    let candidate = Candidate {
        subject: "oxfordshire-candidate",
        seat: "lived-3",
        day: 60,
        panel: true,
        ..chaired
    };
    steps.extend(candidate.visits(
        "People with mental health needs are seldom in the room.",
        Until::Offered,
    ));
    let visitor = Candidate {
        subject: "visitor",
        seat: "carer-2",
        day: 110,
        ..chaired
    };
    steps.extend(visitor.visits("I would like to see how it works first.", Until::Visitor));
    let away = json!({ "reason": "Away for three months." });
    let active = Waits::With("stage", "ACTIVE");
    let carer = format!("membership.{BOARD}.oxfordshire-carer");
    steps.push(Step::act(
        120,
        "board-chair",
        "boardMembershipTakeLeave",
        carer,
        active,
        away,
    ));
    steps
}
