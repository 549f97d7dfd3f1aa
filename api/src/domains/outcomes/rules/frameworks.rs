//! Frameworks (`domain.md` 2.8).
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `LIVE`, once there is something to measure |
//! | `LIVE` | `RETIRED` |
//!
//! What an outcome says, and what good, ok and not good look like, stays as it is from `LIVE` on: people measure by it. A
//! new wording is a new version of the framework.

use entity::outcomes::kinds::FrameworkStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The longest code, in characters.
pub const LONGEST_CODE: usize = 40;
/// The longest title, theme and label, in characters.
pub const LONGEST_TITLE: usize = 200;

/// The states that a framework can reach in one step.
#[must_use]
pub const fn legal_moves(status: FrameworkStatus) -> &'static [FrameworkStatus] {
    use FrameworkStatus::{Draft, Live, Retired};
    match status {
        Draft => &[Live],
        Live => &[Retired],
        Retired => &[],
    }
}

/// Whether a framework can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: FrameworkStatus, to: FrameworkStatus) -> Result<(), Violation> {
    transition("id", "framework", (from, to), legal_moves(from))
}

/// What people measure by stays as it is worded.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_draft(status: FrameworkStatus, field: &str) -> Result<(), Violation> {
    if status == FrameworkStatus::Draft {
        return Ok(());
    }
    let message = format!(
        "This framework is {status}: people measure by it as it is worded. Begin another version of it."
    );
    Err(Violation::new(Code::Inactive, field, message))
}

/// Indicators can be added while a framework is written and while it is in use.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_not_retired(status: FrameworkStatus, field: &str) -> Result<(), Violation> {
    if status != FrameworkStatus::Retired {
        return Ok(());
    }
    let message = "This framework is RETIRED: it is no longer measured by.";
    Err(Violation::new(Code::Inactive, field, message))
}

/// Figures are recorded of what is in use.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_live(status: FrameworkStatus, field: &str) -> Result<(), Violation> {
    if status == FrameworkStatus::Live {
        return Ok(());
    }
    let message =
        format!("The framework of this indicator is {status}. Figures are recorded while it is LIVE.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// Services are rated by what is in use.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_rated_by(status: FrameworkStatus, field: &str) -> Result<(), Violation> {
    if status == FrameworkStatus::Live {
        return Ok(());
    }
    let message = format!("This framework is {status}. Visits are planned by one that is LIVE.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// What is known of a framework that is to be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameworkFacts {
    /// How many outcomes it has.
    pub outcomes: usize,
    /// The codes of those that say what one or two of good, ok and not good look like, and not all three.
    pub half_described: Vec<String>,
    /// The codes of indicators that nobody has defined.
    pub undefined: Vec<String>,
}

/// Whether a framework can come into use: it has outcomes, each of them says all or none of what good, ok and not good look
/// like, and each of its indicators is defined.
///
/// # Errors
/// `ILLEGAL_TRANSITION` and `RULE_BROKEN` at the id.
pub fn check_publication(status: FrameworkStatus, facts: &FrameworkFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(check_move(status, FrameworkStatus::Live));
    violations.check(facts.outcomes > 0, Code::RuleBroken, "id", || {
        "A framework has at least one outcome.".to_owned()
    });
    violations.check(facts.half_described.is_empty(), Code::RuleBroken, "id", || {
        format!(
            "These outcomes do not say what all three of GOOD, OK and NOT_GOOD look like: {}. Say all three, or none.",
            facts.half_described.join(", ")
        )
    });
    violations.check(facts.undefined.is_empty(), Code::RuleBroken, "id", || {
        format!(
            "These indicators have no version that says how they are worked out: {}.",
            facts.undefined.join(", ")
        )
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use FrameworkStatus::*;

    use super::*;

    #[test]
    fn a_framework_comes_into_use_once_and_out_of_it_for_good() {
        let legal = [(Draft, Live), (Live, Retired)];
        for from in [Draft, Live, Retired] {
            for to in [Draft, Live, Retired] {
                assert_eq!(
                    check_move(from, to).is_ok(),
                    legal.contains(&(from, to)),
                    "{from} to {to}"
                );
            }
            assert_eq!(check_draft(from, "id").is_ok(), from == Draft);
            assert_eq!(check_live(from, "id").is_ok(), from == Live);
            assert_eq!(check_rated_by(from, "id").is_ok(), from == Live);
            assert_eq!(check_not_retired(from, "id").is_ok(), from != Retired);
        }
    }

    #[test]
    fn a_framework_in_use_has_outcomes_whole_descriptors_and_defined_indicators() {
        let whole = FrameworkFacts {
            outcomes: 1,
            ..FrameworkFacts::default()
        };
        assert_eq!(check_publication(Draft, &whole), Ok(()));
        let bad = FrameworkFacts {
            outcomes: 0,
            half_described: vec!["1".to_owned()],
            undefined: vec!["1A".to_owned(), "1B".to_owned()],
        };
        let found = check_publication(Retired, &bad).unwrap_err();
        let codes: Vec<_> = found.iter().map(|wrong| wrong.code).collect();
        assert_eq!(
            codes,
            [
                Code::IllegalTransition,
                Code::RuleBroken,
                Code::RuleBroken,
                Code::RuleBroken
            ]
        );
        assert!(found[3].message.contains("1A, 1B"));
    }
}
