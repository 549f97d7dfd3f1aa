//! The end of a membership: for a reason, given by somebody who can give it.

use entity::boards::kinds::{MembershipEndReason, MembershipStage};

use super::{Actor, MoveFacts, StagePlan};
use crate::domains::violation::{UserErrorCode as Code, Violations, is_blank};

/// Who can end a membership for a reason (`domain.md` 2.10: the system expires terms). Members without an account tell the
/// chair that they step down.
#[must_use]
pub const fn enders(reason: MembershipEndReason) -> &'static [Actor] {
    match reason {
        MembershipEndReason::TermExpired => &[Actor::System],
        MembershipEndReason::SteppedDown => &[Actor::Chair, Actor::Person],
        MembershipEndReason::NoLongerEligible
        | MembershipEndReason::Removed
        | MembershipEndReason::SeatClosed
        | MembershipEndReason::BoardClosed
        | MembershipEndReason::Other => &[Actor::Chair],
    }
}

/// Sets and checks the reason and the last day.
pub(super) fn set(violations: &mut Violations, plan: &mut StagePlan, facts: &MoveFacts) {
    let given = facts.request.end_reason;
    if plan.stage != MembershipStage::Ended {
        violations.check(given.is_none(), Code::RuleBroken, "endReason", || {
            format!(
                "A reason for the end is given only when a membership ends, and this one becomes {}. Leave it out.",
                plan.stage
            )
        });
        return;
    }
    let Some(reason) = given else {
        violations.check(false, Code::Required, "endReason", || {
            "A membership ends for a reason. Say which.".to_owned()
        });
        return;
    };
    check(violations, plan, facts, reason);
    plan.end_reason = Some(reason);
    // A membership that ends early lasted to this day; one that never began lasted no longer than its first day.
    let ended_on = plan.to_on.map_or(facts.today, |to| to.min(facts.today));
    plan.to_on = Some(plan.from_on.map_or(ended_on, |from| ended_on.max(from)));
}

fn check(violations: &mut Violations, plan: &StagePlan, facts: &MoveFacts, reason: MembershipEndReason) {
    violations.check(enders(reason).contains(&facts.actor), Code::Forbidden, "endReason", || {
        match facts.actor {
            Actor::Person => "You can leave by stepping down: choose STEPPED_DOWN. Other reasons are the chair's to give.",
            Actor::Chair => "Terms end by themselves on their last day. Choose the reason for which the membership ends early.",
            Actor::System => "Only terms that are over end by themselves: TERM_EXPIRED.",
        }
        .to_owned()
    });
    let is_over = plan.to_on.is_some_and(|to| to < facts.today);
    violations.check(
        reason != MembershipEndReason::TermExpired || is_over,
        Code::RuleBroken,
        "endReason",
        || "The last day of this term is not over yet, so the term has not expired.".to_owned(),
    );
    let explained = facts.request.reason.as_ref().is_some_and(|text| !is_blank(text));
    violations.check(
        reason != MembershipEndReason::Other || explained,
        Code::Required,
        "reason",
        || "For OTHER, say in plain words why the membership ends.".to_owned(),
    );
}
