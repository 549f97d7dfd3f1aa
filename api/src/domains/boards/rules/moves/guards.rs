//! The conditions of each move.

use entity::boards::kinds::{BoardStatus, MembershipStage};
use entity::id::BoardId;

use super::{Actor, Entry, MembershipState, MoveFacts, SeatFacts, StagePlan, movers};
use crate::domains::violation::{UserErrorCode as Code, Violations, is_blank};

/// The move is made by one of those who can make it.
pub(super) fn actor(
    violations: &mut Violations,
    (from, to): (MembershipStage, MembershipStage),
    actor: Actor,
) {
    let movers = movers(from, to);
    violations.check(movers.contains(&actor), Code::Forbidden, "stage", || {
        let who = match movers {
            [Actor::Person] if to == MembershipStage::Active => {
                "Only the person can accept the seat they were offered"
            }
            [Actor::Person] => "Only the person can step back",
            [Actor::Chair] => "Only the chair or a facilitator can make this move",
            _ => "Only the chair, a facilitator or the person can make this move",
        };
        format!("{who} (from {from} to {to}).")
    });
}

/// Nobody moves on to or along a closed board.
pub(super) fn board_is_open(violations: &mut Violations, status: BoardStatus) {
    violations.check(status != BoardStatus::Closed, Code::Inactive, "", || {
        "This board is closed, so nobody can join it or move on. Memberships can still be ended or declined.".to_owned()
    });
}

/// The seat exists, belongs to the board, is open, and is the one that was offered.
pub(super) fn seat_can_be_meant(violations: &mut Violations, current: &MembershipState, facts: &MoveFacts) {
    let Some(seat) = facts.seat else {
        violations.check(current.seat_id.is_none(), Code::NotFound, "seatId", || {
            "The seat this person is meant for cannot be found. Choose a seat of this board.".to_owned()
        });
        return;
    };
    seat_is_open(violations, seat, current.board_id);
    let keeps_seat = current.seat_id == Some(seat.id);
    let may_choose = facts.actor == Actor::Chair && !current.stage.holds_a_seat();
    violations.check(keeps_seat || may_choose, Code::RuleBroken, "seatId", || {
        "The chair chooses the seat before it is accepted. Accept the seat that was offered, or ask the chair for another."
            .to_owned()
    });
}

/// The seat belongs to the board and was not closed.
pub(super) fn seat_is_open(violations: &mut Violations, seat: SeatFacts, board_id: BoardId) {
    violations.check(seat.board_id == board_id, Code::NotFound, "seatId", || {
        "There is no such seat on this board. Choose a seat of this board.".to_owned()
    });
    violations.check(!seat.closed, Code::Inactive, "seatId", || {
        "This seat was closed, so nobody can take it. Choose another seat of this board.".to_owned()
    });
}

/// The person takes a seat, and nobody else holds it.
pub(super) fn seat_is_free(violations: &mut Violations, facts: &MoveFacts) {
    violations.check(facts.seat.is_some(), Code::Required, "seatId", || {
        "A member holds a seat, and no seat was chosen. The chair must choose a vacant seat of this board first.".to_owned()
    });
    let taken = facts.seat.is_some_and(|seat| seat.held_by_another);
    violations.check(!taken, Code::Conflict, "seatId", || {
        "Somebody else holds this seat by now, and one person holds a seat at a time. Choose a vacant seat.".to_owned()
    });
}

/// Interests were declared: that there are none is a declaration too.
pub(super) fn interests_are_declared(violations: &mut Violations, plan: &StagePlan) {
    violations.check(
        plan.conflict_declared_at.is_some(),
        Code::Required,
        "conflictsDeclared",
        || {
            "A member declares their interests before taking a seat. Declare them, or declare that there are none."
                .to_owned()
        },
    );
}

/// An organisation puts forward a councillor or an officer.
pub(super) fn organisation_nominates(violations: &mut Violations, nominated: bool) {
    violations.check(nominated, Code::RuleBroken, "nominatedByOrganisationId", || {
        "A councillor or an officer is nominated by an organisation, instead of visiting and being interviewed. Name the \
         organisation that nominates them, or choose another kind of seat."
            .to_owned()
    });
}

/// The conditions of the way to the seat hold, or are waived by the chair with a reason.
pub(super) fn way_was_kept(
    violations: &mut Violations,
    plan: &mut StagePlan,
    current: &MembershipState,
    facts: &MoveFacts,
) {
    use MembershipStage::{Active, Interview, Invited, Offered};
    let waiver = usable_waiver(violations, plan.stage, facts);
    // Who holds a seat kept the way to it when they took it.
    if current.stage.holds_a_seat() {
        return;
    }
    if facts.entry() == Entry::Nomination {
        if matches!(plan.stage, Offered | Active) {
            organisation_nominates(violations, current.nominated_by_organisation);
        }
        return;
    }
    let mut is_waived = false;
    if matches!(plan.stage, Invited | Interview | Offered | Active) && !facts.visited {
        is_waived |= waive(&mut plan.visit_waiver_reason, waiver.as_ref());
        violations.check(plan.visit_waiver_reason.is_some(), Code::RuleBroken, "waiverReason", || {
            "People visit a meeting before they are invited to join, and no visit of this person is recorded. Record their \
             attendance as a visitor, or let the chair say why the visit is waived."
                .to_owned()
        });
    }
    if matches!(plan.stage, Offered | Active) && !facts.appointed {
        is_waived |= waive(&mut plan.decision_waiver_reason, waiver.as_ref());
        violations.check(plan.decision_waiver_reason.is_some(), Code::RuleBroken, "waiverReason", || {
            "A seat is offered when the interview panel has decided to appoint the person, and no such decision is recorded. \
             Record the decision of the panel, or let the chair say why it is waived."
                .to_owned()
        });
    }
    plan.waiver = is_waived;
    if is_waived {
        plan.reason = plan.reason.take().or(waiver);
    }
}

/// Only the chair waives, and only on the way to an offer.
fn usable_waiver(violations: &mut Violations, to: MembershipStage, facts: &MoveFacts) -> Option<String> {
    use MembershipStage::{Interview, Invited, Offered};
    let waiver = facts
        .request
        .waiver_reason
        .clone()
        .filter(|reason| !is_blank(reason))?;
    let usable = facts.actor == Actor::Chair && matches!(to, Invited | Interview | Offered);
    violations.check(usable, Code::RuleBroken, "waiverReason", || {
        "The chair can waive a visit or the decision of a panel when inviting, interviewing or making an offer; nothing can \
         be waived in this step. Leave the reason for a waiver out."
            .to_owned()
    });
    usable.then_some(waiver)
}

fn waive(recorded: &mut Option<String>, waiver: Option<&String>) -> bool {
    if recorded.as_ref().is_some_and(|reason| !is_blank(reason)) {
        return false;
    }
    *recorded = waiver.cloned();
    recorded.is_some()
}
