//! The rules of the way to a seat, and of what the chair can waive, as sentences.

use super::*;

#[test]
fn nobody_is_invited_who_has_not_visited() {
    let mut facts = carer(Visitor, Invited);
    facts.visited = false;
    assert_eq!(
        broken(plan_move(&ready(Visitor), Invited, &facts)),
        breaks(Code::RuleBroken, "waiverReason")
    );
    facts.request.waiver_reason = Some("  ".into());
    assert_eq!(
        broken(plan_move(&ready(Visitor), Invited, &facts)),
        breaks(Code::RuleBroken, "waiverReason")
    );
}

#[test]
fn nobody_goes_on_without_the_visit_however_far_they_have_come() {
    for (from, to) in [
        (Visitor, Invited),
        (Invited, Interview),
        (Interview, Offered),
        (Offered, Active),
    ] {
        let mut facts = carer(from, to);
        facts.visited = false;
        let found = broken(plan_move(&ready(from), to, &facts));
        assert_eq!(found, breaks(Code::RuleBroken, "waiverReason"), "{from} to {to}");
    }
}

#[test]
fn a_waived_visit_is_recorded_with_its_reason() {
    let mut facts = carer(Visitor, Invited);
    facts.visited = false;
    facts.request.waiver_reason = Some("In hospital on every meeting day".into());
    let plan = plan_move(&ready(Visitor), Invited, &facts).unwrap();
    assert!(plan.waiver);
    assert_eq!(plan.visit_waiver_reason, facts.request.waiver_reason);
    assert_eq!(plan.decision_waiver_reason, None);
    assert_eq!(plan.reason, facts.request.waiver_reason);
}

#[test]
fn a_waiver_that_is_not_needed_is_not_kept() {
    let mut facts = carer(Visitor, Invited);
    facts.request.waiver_reason = Some("To be safe".into());
    let plan = plan_move(&ready(Visitor), Invited, &facts).unwrap();
    assert_eq!(
        (plan.waiver, plan.visit_waiver_reason, plan.reason),
        (false, None, None)
    );
}

#[test]
fn a_recorded_waiver_holds_for_the_rest_of_the_way() {
    let mut state = ready(Invited);
    state.visit_waiver_reason = Some("In hospital".into());
    let mut facts = carer(Invited, Interview);
    facts.visited = false;
    let plan = plan_move(&state, Interview, &facts).unwrap();
    assert!(!plan.waiver, "it was waived before, not now");
    assert_eq!(plan.visit_waiver_reason, state.visit_waiver_reason);
}

#[test]
fn a_seat_is_offered_only_when_the_panel_has_decided_or_the_decision_is_waived() {
    let mut facts = carer(Interview, Offered);
    facts.appointed = false;
    assert_eq!(
        broken(plan_move(&ready(Interview), Offered, &facts)),
        breaks(Code::RuleBroken, "waiverReason")
    );
    facts.request.waiver_reason = Some("Founding member".into());
    facts.request.reason = Some("Agreed at the first meeting".into());
    let plan = plan_move(&ready(Interview), Offered, &facts).unwrap();
    assert!(plan.waiver);
    assert_eq!(plan.decision_waiver_reason, facts.request.waiver_reason);
    assert_eq!(plan.visit_waiver_reason, None);
    assert_eq!(plan.reason, facts.request.reason);
}

#[test]
fn nothing_is_waived_in_other_steps_or_by_others() {
    for (from, to) in [(Nominated, Visitor), (Offered, Active), (Active, OnLeave)] {
        let mut facts = carer(from, to);
        facts.request.waiver_reason = Some("Please".into());
        let found = broken(plan_move(&ready(from), to, &facts));
        assert_eq!(found, breaks(Code::RuleBroken, "waiverReason"), "{from} to {to}");
    }
    let mut facts = carer(Visitor, Invited);
    facts.actor = Actor::Person;
    facts.request.waiver_reason = Some("Please".into());
    facts.visited = false;
    let found = broken(plan_move(&ready(Visitor), Invited, &facts));
    let waiver = (Code::RuleBroken, "waiverReason".to_owned());
    assert_eq!(
        found,
        [(Code::Forbidden, "stage".to_owned()), waiver.clone(), waiver]
    );
}

#[test]
fn councillors_and_officers_need_no_visit_and_no_panel_but_an_organisation_behind_them() {
    for kind in [SeatKind::CouncillorCoopted, SeatKind::Officer] {
        let mut facts = allowing((Nominated, Offered), kind);
        (facts.visited, facts.appointed) = (false, false);
        let plan = plan_move(&ready(Nominated), Offered, &facts).unwrap();
        assert!(!plan.waiver);
        let mut alone = ready(Nominated);
        alone.nominated_by_organisation = false;
        let found = broken(plan_move(&alone, Offered, &facts));
        assert_eq!(found, breaks(Code::RuleBroken, "nominatedByOrganisationId"));
    }
}

#[test]
fn nobody_comes_to_one_seat_by_the_way_of_another() {
    // Offered an officer's seat without a visit; the offer was then changed to a seat for lived experience.
    let mut facts = allowing((Offered, Active), SeatKind::LivedExperience);
    (facts.visited, facts.appointed) = (false, false);
    let waiver = (Code::RuleBroken, "waiverReason".to_owned());
    assert_eq!(
        broken(plan_move(&ready(Offered), Active, &facts)),
        [waiver.clone(), waiver]
    );
}
