//! The rules of terms and of the end, as sentences.

use super::super::ending::enders;
use super::super::term::last_day;
use super::*;

#[test]
fn a_term_lasts_as_long_as_the_terms_of_the_board() {
    assert_eq!(last_day(july(5), 12), july(4).with_year(2027));
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    assert_eq!(last_day(day(2026, 8, 31).unwrap(), 6), day(2027, 2, 28));
    assert_eq!(last_day(day(2027, 2, 28).unwrap(), 12), day(2028, 2, 27));
    assert_eq!(last_day(july(5), 0), None);
    assert_eq!(last_day(july(5), -1), None);
    assert_eq!(last_day(NaiveDate::MAX, 1), None);
}

#[test]
fn a_board_without_terms_has_members_without_an_end() {
    let mut facts = carer(Offered, Active);
    facts.term_months = None;
    let plan = plan_move(&ready(Offered), Active, &facts).unwrap();
    assert_eq!((plan.from_on, plan.to_on), (Some(july(10)), None));
}

#[test]
fn the_offer_can_set_the_days_of_the_term_within_the_rule_of_the_board() {
    let mut facts = carer(Interview, Offered);
    (facts.request.from_on, facts.request.to_on) = (Some(july(20)), Some(july(25)));
    let plan = plan_move(&ready(Interview), Offered, &facts).unwrap();
    assert_eq!((plan.from_on, plan.to_on), (Some(july(20)), Some(july(25))));
    facts.request.to_on = july(20).with_year(2027);
    assert_eq!(
        broken(plan_move(&ready(Interview), Offered, &facts)),
        breaks(Code::OutOfRange, "toOn")
    );
    facts.request.to_on = Some(july(19));
    assert_eq!(
        broken(plan_move(&ready(Interview), Offered, &facts)),
        breaks(Code::OutOfRange, "toOn")
    );
}

#[test]
fn nobody_sets_their_own_term() {
    let mut facts = carer(Offered, Active);
    facts.request.to_on = Some(july(30));
    assert_eq!(
        broken(plan_move(&ready(Offered), Active, &facts)),
        breaks(Code::RuleBroken, "toOn")
    );
}

#[test]
fn nobody_sits_on_a_board_after_their_term() {
    for from in [Offered, OnLeave] {
        let mut state = ready(from);
        (state.from_on, state.to_on) = (Some(july(1)), Some(july(9)));
        assert_eq!(
            broken(plan_move(&state, Active, &carer(from, Active))),
            breaks(Code::Expired, "toOn"),
            "{from}"
        );
        state.to_on = Some(july(10));
        assert!(
            plan_move(&state, Active, &carer(from, Active)).is_ok(),
            "{from}: the last day counts"
        );
    }
}

#[test]
fn leave_changes_neither_seat_nor_term() {
    let mut state = ready(Active);
    (state.from_on, state.to_on) = (Some(july(1)), Some(july(31)));
    for (from, to) in [(Active, OnLeave), (OnLeave, Active)] {
        state.stage = from;
        let mut facts = carer(from, to);
        (facts.visited, facts.appointed) = (false, false);
        let plan = plan_move(&state, to, &facts).unwrap();
        assert_eq!(
            (plan.seat_id, plan.from_on, plan.to_on),
            (state.seat_id, state.from_on, state.to_on)
        );
    }
}

#[test]
fn a_membership_ends_for_a_reason() {
    let mut facts = carer(Active, Ended);
    facts.request.end_reason = None;
    assert_eq!(
        broken(plan_move(&ready(Active), Ended, &facts)),
        breaks(Code::Required, "endReason")
    );
    let mut facts = carer(Offered, Declined);
    facts.request.end_reason = Some(Reason::Removed);
    assert_eq!(
        broken(plan_move(&ready(Offered), Declined, &facts)),
        breaks(Code::RuleBroken, "endReason")
    );
}

#[test]
fn only_some_can_give_some_reasons() {
    for (name, _) in Reason::values() {
        let reason: Reason = name.parse().unwrap();
        for actor in [Actor::Chair, Actor::Person, Actor::System] {
            let mut state = ready(Active);
            (state.from_on, state.to_on) = (Some(july(1)), Some(july(9)));
            let mut facts = carer(Active, Ended);
            facts.actor = actor;
            (facts.request.end_reason, facts.request.reason) = (Some(reason), Some("Moved away".into()));
            let found = broken(plan_move(&state, Ended, &facts));
            let may = enders(reason).contains(&actor);
            assert_eq!(found.is_empty(), may, "{actor:?}: {reason}");
        }
    }
    assert_eq!(enders(Reason::TermExpired), [Actor::System]);
    assert!(enders(Reason::SteppedDown).contains(&Actor::Person));
    assert!(!enders(Reason::Removed).contains(&Actor::Person));
}

#[test]
fn a_term_expires_on_the_day_after_its_last_and_not_before() {
    let mut facts = carer(Active, Ended);
    facts.actor = Actor::System;
    facts.request.end_reason = Some(Reason::TermExpired);
    let mut state = ready(Active);
    for (to_on, expected) in [
        (Some(july(9)), vec![]),
        (Some(july(10)), breaks(Code::RuleBroken, "endReason")),
        (None, breaks(Code::RuleBroken, "endReason")),
    ] {
        state.to_on = to_on;
        assert_eq!(broken(plan_move(&state, Ended, &facts)), expected, "{to_on:?}");
    }
}

#[test]
fn an_early_end_shortens_the_term_and_a_late_one_does_not_lengthen_it() {
    let ended = |from_on, to_on| {
        let mut state = ready(Active);
        (state.from_on, state.to_on) = (from_on, to_on);
        let plan = plan_move(&state, Ended, &carer(Active, Ended)).unwrap();
        (plan.from_on, plan.to_on)
    };
    assert_eq!(ended(Some(july(1)), Some(july(31))).1, Some(july(10)));
    assert_eq!(ended(Some(july(1)), Some(july(5))).1, Some(july(5)));
    assert_eq!(ended(Some(july(1)), None).1, Some(july(10)));
    assert_eq!(
        ended(Some(july(20)), Some(july(31))),
        (Some(july(20)), Some(july(20))),
        "never began"
    );
}

#[test]
fn another_reason_is_explained() {
    let mut facts = carer(Active, Ended);
    facts.request.end_reason = Some(Reason::Other);
    assert_eq!(
        broken(plan_move(&ready(Active), Ended, &facts)),
        breaks(Code::Required, "reason")
    );
    facts.request.reason = Some("Moved to Leeds".into());
    let plan = plan_move(&ready(Active), Ended, &facts).unwrap();
    assert_eq!(
        (plan.end_reason, plan.reason),
        (Some(Reason::Other), facts.request.reason.clone())
    );
}
