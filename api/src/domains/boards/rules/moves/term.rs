//! The term of a membership: set with the offer, or by the board's own rule on acceptance.

use chrono::{Datelike, Months, NaiveDate};
use entity::boards::kinds::MembershipStage;

use super::{MoveFacts, StagePlan};
use crate::domains::violation::{UserErrorCode as Code, Violations, day, days_in_order};

/// The last day of a term of `months` that begins on `from`: a year from 5 July lasts to 4 July.
///
/// A term that would begin on a day that its last month does not have lasts to the end of that month. Nothing for less than
/// one month, and beyond the end of the calendar.
#[must_use]
pub fn last_day(from: NaiveDate, months: i32) -> Option<NaiveDate> {
    let months = u32::try_from(months).ok().filter(|months| *months > 0)?;
    let end = from.checked_add_months(Months::new(months))?;
    if end.day() == from.day() {
        end.pred_opt()
    } else {
        Some(end)
    }
}

/// Sets and checks the term with the offer, on acceptance and on the return from leave.
pub(super) fn set(violations: &mut Violations, plan: &mut StagePlan, facts: &MoveFacts) {
    let request = &facts.request;
    let offers = plan.stage == MembershipStage::Offered;
    violations.check(
        offers || (request.from_on.is_none() && request.to_on.is_none()),
        Code::RuleBroken,
        if request.from_on.is_some() { "fromOn" } else { "toOn" },
        || {
            "The chair sets the days of a term when offering the seat, and only then. Leave the days out of this step."
                .to_owned()
        },
    );
    match (plan.from_stage, plan.stage) {
        (_, MembershipStage::Offered) => {
            plan.from_on = request.from_on.or(plan.from_on);
            plan.to_on = request.to_on.or(plan.to_on);
            check_length(violations, plan, facts);
        }
        (MembershipStage::Offered, MembershipStage::Active) => {
            let from = plan.from_on.unwrap_or(facts.today);
            plan.from_on = Some(from);
            plan.to_on = plan
                .to_on
                .or_else(|| facts.term_months.and_then(|months| last_day(from, months)));
            check_length(violations, plan, facts);
            check_not_over(violations, plan, facts.today);
        }
        (MembershipStage::OnLeave, MembershipStage::Active) => check_not_over(violations, plan, facts.today),
        _ => {}
    }
}

fn check_length(violations: &mut Violations, plan: &StagePlan, facts: &MoveFacts) {
    violations.keep(days_in_order(("fromOn", plan.from_on), ("toOn", plan.to_on)));
    let from = plan.from_on.unwrap_or(facts.today);
    let (Some(months), Some(to)) = (facts.term_months, plan.to_on) else {
        return;
    };
    let Some(longest) = last_day(from, months) else {
        return;
    };
    violations.check(to <= longest, Code::OutOfRange, "toOn", || {
        format!(
            "A term on this board lasts {months} months at most. One that begins on {} ends on {} or before.",
            day(from),
            day(longest)
        )
    });
}

fn check_not_over(violations: &mut Violations, plan: &StagePlan, today: NaiveDate) {
    let Some(to) = plan.to_on.filter(|to| *to < today) else {
        return;
    };
    violations.check(false, Code::Expired, "toOn", || {
        format!(
            "The term ended on {}. Somebody can only sit on the board during their term.",
            day(to)
        )
    });
}
