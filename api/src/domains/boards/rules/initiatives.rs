//! What an initiative may claim (`domain.md` 1, rows 2 and 11, 2.2 and 2.5).

use chrono::NaiveDate;
use entity::boards::kinds::{LadderRung, Stage};
use entity::list::EnumList;

use crate::domains::violation::{UserErrorCode as Code, Violation, day};

/// An initiative says in which parts of the work people with lived experience share: at least in one.
///
/// # Errors
/// `REQUIRED` when it names none.
pub fn check_stages(stages: &EnumList<Stage>) -> Result<(), Violation> {
    if stages.is_empty() {
        let message = "Name at least one part of the work in which people with lived experience share: CO_DESIGN, \
                       CO_DECISION, CO_DELIVERY or CO_EVALUATION.";
        return Err(Violation::new(Code::Required, "stages", message));
    }
    Ok(())
}

/// The rung a record can claim: telling people after a decision is not co-production, so whoever could have a say only once
/// it was taken was informed and no more.
///
/// `involved_until` is the last day on which people could have a say, `decided_on` the day of the decision; without a
/// decision nothing has been decided over anybody's head yet. The same day is not before (`domain.md` 2.5).
///
/// # Errors
/// `RULE_BROKEN` for a rung above [`LadderRung::Informing`] that was claimed after the decision.
pub fn claimable_rung(
    claimed: LadderRung,
    involved_until: NaiveDate,
    decided_on: Option<NaiveDate>,
) -> Result<LadderRung, Violation> {
    match decided_on {
        Some(decided_on) if involved_until >= decided_on && claimed > LadderRung::Informing => {
            Err(Violation::new(
                Code::RuleBroken,
                "rungClaimed",
                format!(
                    "People could have a say until {}, and the decision was taken on {}. Who is told after a decision is \
                     informed: claim INFORMING at most, or let people have their say before the decision.",
                    day(involved_until),
                    day(decided_on)
                ),
            ))
        }
        _ => Ok(claimed),
    }
}

#[cfg(test)]
mod tests {
    use entity::Described;

    use super::*;

    fn july(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    #[test]
    fn an_initiative_names_at_least_one_part_of_the_work() {
        assert_eq!(
            check_stages(&EnumList::default()).unwrap_err().code,
            Code::Required
        );
        assert_eq!(check_stages(&EnumList::new([Stage::CoEvaluation])), Ok(()));
    }

    #[test]
    fn told_after_a_decision_is_informed_and_no_more() {
        for (name, _) in LadderRung::values() {
            let rung: LadderRung = name.parse().unwrap();
            let claim = |until, decided| claimable_rung(rung, until, decided);
            assert_eq!(claim(july(9), None), Ok(rung), "nothing decided yet: {rung}");
            assert_eq!(claim(july(9), Some(july(10))), Ok(rung), "heard before: {rung}");
            let modest = rung <= LadderRung::Informing;
            assert_eq!(
                claim(july(10), Some(july(10))).is_ok(),
                modest,
                "the same day: {rung}"
            );
            assert_eq!(
                claim(july(11), Some(july(10))).is_ok(),
                modest,
                "told after: {rung}"
            );
        }
    }
}
