//! What reviewers say about a service: a rating for each outcome by what good, ok and not good look like, with evidence, a text for
//! the provider and one for everybody (`domain.md` 2.8; 1, row 10: "no score without evidence").

use std::collections::BTreeSet;

use entity::id::OutcomeId;
use entity::outcomes::kinds::DescriptorLevel;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// An outcome of the framework, as the reviewers rate by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Its code.
    pub code: String,
    /// The levels that are described.
    pub described: Vec<DescriptorLevel>,
    /// How it is rated, where it is.
    pub level: Option<DescriptorLevel>,
}

/// Services are rated by outcomes of which the framework says what good, ok and not good look like.
///
/// # Errors
/// `RULE_BROKEN` at `frameworkId`, with the codes of the others.
pub fn check_described(outcomes: &[Rated]) -> Result<(), Violation> {
    let all = [
        DescriptorLevel::Good,
        DescriptorLevel::Ok,
        DescriptorLevel::NotGood,
    ];
    let bare = |of: &&Rated| all.iter().any(|level| !of.described.contains(level));
    let bare: Vec<_> = outcomes.iter().filter(bare).map(|of| of.code.as_str()).collect();
    if bare.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Reviewers rate by what GOOD, OK and NOT_GOOD look like, and these outcomes do not say it: {}. Choose another framework.",
        bare.join(", ")
    );
    Err(Violation::new(Code::RuleBroken, "frameworkId", message))
}

/// A rating is of an outcome of the framework, by a level that it describes.
///
/// # Errors
/// `RULE_BROKEN` at `outcomeId` or at `level`.
pub fn check_rating(outcomes: &[Rated], outcome: OutcomeId, level: DescriptorLevel) -> Result<(), Violation> {
    let Some(of) = outcomes.iter().find(|of| of.outcome == outcome) else {
        let message = "This outcome is of another framework. Rate by those of the framework of the visit.";
        return Err(Violation::new(Code::RuleBroken, "outcomeId", message));
    };
    if of.described.contains(&level) {
        return Ok(());
    }
    let message = format!("The framework does not say what {level} looks like for this outcome.");
    Err(Violation::new(Code::RuleBroken, "level", message))
}

/// What there is to send to the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Whether there is a text for the provider.
    pub for_provider: bool,
    /// Whether there is a text for everybody.
    pub for_public: bool,
}

/// What the provider is sent is whole: each outcome is rated, by a level that is described, and both texts are there. That a rating has
/// evidence is asked when it is given.
///
/// # Errors
/// `RULE_BROKEN` at the id, for each thing that lacks.
pub fn check_whole(outcomes: &[Rated], texts: Texts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_rated = |of: &Rated| of.level.is_some_and(|level| of.described.contains(&level));
    let open: BTreeSet<_> = outcomes
        .iter()
        .filter(|of| !is_rated(of))
        .map(|of| of.code.as_str())
        .collect();
    violations.check(open.is_empty(), Code::RuleBroken, "id", || {
        let codes: Vec<_> = open.into_iter().collect();
        format!(
            "Each outcome of the framework is rated. Rate these: {}.",
            codes.join(", ")
        )
    });
    violations.check(texts.for_provider, Code::RuleBroken, "id", || {
        "There is no text for the provider. Write one: see monitoringVisitWrite.".to_owned()
    });
    violations.check(texts.for_public, Code::RuleBroken, "id", || {
        "There is no text for everybody. Write one: see monitoringVisitWrite.".to_owned()
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use DescriptorLevel::{Good, NotGood, Ok as Fair};

    use super::*;

    fn outcome(code: &str, described: &[DescriptorLevel], level: Option<DescriptorLevel>) -> Rated {
        Rated {
            outcome: OutcomeId::new(),
            code: code.to_owned(),
            described: described.to_vec(),
            level,
        }
    }

    const ALL: [DescriptorLevel; 3] = [Good, Fair, NotGood];
    const BOTH: Texts = Texts {
        for_provider: true,
        for_public: true,
    };

    #[test]
    fn a_framework_says_what_each_level_looks_like() {
        assert_eq!(check_described(&[outcome("1", &ALL, None)]), Ok(()));
        let found = check_described(&[
            outcome("1", &ALL, None),
            outcome("2", &[], None),
            outcome("3", &[Good], None),
        ]);
        assert!(found.unwrap_err().message.contains("2, 3"));
    }

    #[test]
    fn a_rating_is_by_a_level_that_is_described() {
        let of_it = [outcome("1", &[Good, Fair], None)];
        assert_eq!(check_rating(&of_it, of_it[0].outcome, Good), Ok(()));
        let field = |outcome, level| check_rating(&of_it, outcome, level).unwrap_err().path.join(".");
        assert_eq!(field(of_it[0].outcome, NotGood), "level");
        assert_eq!(field(OutcomeId::new(), Good), "outcomeId");
    }

    #[test]
    fn each_outcome_is_rated_before_the_provider_reads_it() {
        let rated = outcome("1", &ALL, Some(NotGood));
        assert_eq!(check_whole(std::slice::from_ref(&rated), BOTH), Ok(()));
        let open = [rated, outcome("2", &ALL, None), outcome("3", &[Good], Some(Fair))];
        let found = check_whole(&open, BOTH).unwrap_err();
        assert_eq!(found.len(), 1);
        assert!(
            found[0].message.contains("Rate these: 2, 3"),
            "{}",
            found[0].message
        );
    }

    #[test]
    fn both_texts_are_written_before_the_provider_reads_it() {
        let rated = [outcome("1", &ALL, Some(Good))];
        let lacks = |texts| check_whole(&rated, texts).err().unwrap_or_default().len();
        assert_eq!(lacks(BOTH), 0);
        assert_eq!(
            lacks(Texts {
                for_public: false,
                ..BOTH
            }),
            1
        );
        let none = Texts {
            for_provider: false,
            for_public: false,
        };
        assert_eq!(lacks(none), 2);
    }
}
