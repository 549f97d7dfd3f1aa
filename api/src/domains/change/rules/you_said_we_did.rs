//! "You said, we did" (`domain.md` 1, row 5, and 2.5): what was done or why not, where it comes from, and figures that claim no
//! more than is known.
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `PUBLISHED` |
//! | `PUBLISHED` | `WITHDRAWN`, for a reason |

use entity::change::kinds::YouSaidWeDidStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, text, transition};

/// The longest figure, in characters.
pub const LONGEST_FIGURE: usize = 60;
/// The longest name of what is measured, in characters.
pub const LONGEST_MEASURE: usize = 200;

/// The states that a "you said, we did" can reach in one step.
#[must_use]
pub const fn legal_moves(status: YouSaidWeDidStatus) -> &'static [YouSaidWeDidStatus] {
    use YouSaidWeDidStatus::{Draft, Published, Withdrawn};
    match status {
        Draft => &[Published],
        Published => &[Withdrawn],
        Withdrawn => &[],
    }
}

/// Whether a "you said, we did" can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: YouSaidWeDidStatus, to: YouSaidWeDidStatus) -> Result<(), Violation> {
    transition("status", "“you said, we did”", (from, to), legal_moves(from))
}

/// What everybody has read stays as it was.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_draft(status: YouSaidWeDidStatus, field: &str) -> Result<(), Violation> {
    if status == YouSaidWeDidStatus::Draft {
        return Ok(());
    }
    let message = format!(
        "This is {status}: what people may have read stays as it was. Withdraw it if it is wrong, and write another."
    );
    Err(Violation::new(Code::Inactive, field, message))
}

/// Something was done, or it says why not.
///
/// # Errors
/// `REQUIRED` at `whyNot`.
pub fn check_answer(did: Option<&str>, why_not: Option<&str>) -> Result<(), Violation> {
    if did.is_some() || why_not.is_some() {
        return Ok(());
    }
    let message = "Say what was done. Where nothing was done, say why not.";
    Err(Violation::new(Code::Required, "whyNot", message))
}

/// A reported estimate as it was told, such as `about 60%`: it has a digit, and says of how many only where somebody has counted,
/// which is not an estimate.
///
/// # Errors
/// As [`text`]; `INVALID_FORMAT` without a digit, `RULE_BROKEN` for a figure with a denominator.
pub fn figure(field: &str, raw: &str) -> Result<String, Violation> {
    let told = text(field, raw, 1..=LONGEST_FIGURE)?;
    if !told.chars().any(|character| character.is_ascii_digit()) {
        let message =
            "A figure has a number in it, such as “about 60%”. Say in words what cannot be put into one.";
        return Err(Violation::new(Code::InvalidFormat, field, message));
    }
    let words = told.to_lowercase();
    let has_denominator = words.contains('/')
        || words
            .split_whitespace()
            .any(|word| matches!(word, "of" | "from" | "in" | "per"));
    if has_denominator {
        let message = "A reported estimate has no denominator that somebody counted: write “about 60%”, not “60 of 100”.";
        return Err(Violation::new(Code::RuleBroken, field, message));
    }
    Ok(told)
}

/// What is known of what a "you said, we did" goes back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceFacts {
    /// How many sources it names.
    pub sources: usize,
    /// How many of their stories nobody has checked in their present wording.
    pub unchecked_stories: usize,
    /// How many of their stories the person does not let everybody read now.
    pub stories_without_consent: usize,
}

/// Whether it can be published: it goes back to something, and what it tells was checked and may be told.
///
/// # Errors
/// `ILLEGAL_TRANSITION`; `RULE_BROKEN` at the id without a source, with a story that nobody has checked, or without consent.
pub fn check_publication(status: YouSaidWeDidStatus, facts: SourceFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(check_move(status, YouSaidWeDidStatus::Published));
    violations.check(facts.sources > 0, Code::RuleBroken, "id", || {
        "Say first what it goes back to: feedback, a decision of a board, something done for one, or a review.".to_owned()
    });
    violations.check(facts.unchecked_stories == 0, Code::RuleBroken, "id", || {
        "Somebody else than its writer checks first that nobody can be recognised by the story.".to_owned()
    });
    violations.check(facts.stories_without_consent == 0, Code::RuleBroken, "id", || {
        "Somebody does not agree that everybody reads their story. Take the source away, or name it without the story.".to_owned()
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use YouSaidWeDidStatus::*;

    use super::*;

    #[test]
    fn it_is_published_once_and_withdrawn_for_good() {
        let legal = [(Draft, Published), (Published, Withdrawn)];
        for from in [Draft, Published, Withdrawn] {
            for to in [Draft, Published, Withdrawn] {
                let outcome = check_move(from, to);
                assert_eq!(outcome.is_ok(), legal.contains(&(from, to)), "{from} to {to}");
            }
            assert_eq!(check_draft(from, "id").is_ok(), from == Draft);
        }
    }

    #[test]
    fn where_nothing_was_done_it_says_why_not() {
        assert_eq!(check_answer(Some("We did."), None), Ok(()));
        assert_eq!(check_answer(None, Some("No money.")), Ok(()));
        assert_eq!(
            check_answer(Some("A part."), Some("The rest costs more.")),
            Ok(())
        );
        let wrong = check_answer(None, None).unwrap_err();
        assert_eq!(
            (wrong.code, wrong.path.as_slice()),
            (Code::Required, &["whyNot".to_owned()][..])
        );
    }

    #[test]
    fn a_reported_estimate_gets_no_denominator() {
        for told in ["about 60%", "99%", "roughly 4.5", "over 1,000"] {
            assert_eq!(figure("before", told).as_deref(), Ok(told));
        }
        for counted in ["60/100", "60 of 100", "6 out of 10", "6 in 10", "60 per 100"] {
            assert_eq!(
                figure("before", counted).unwrap_err().code,
                Code::RuleBroken,
                "{counted}"
            );
        }
        assert_eq!(
            figure("before", "most people").unwrap_err().code,
            Code::InvalidFormat
        );
        assert_eq!(figure("before", " ").unwrap_err().code, Code::Required);
        let long = "9".repeat(LONGEST_FIGURE + 1);
        assert_eq!(figure("before", &long).unwrap_err().code, Code::TooLong);
    }

    #[test]
    fn nothing_is_published_without_a_source_or_with_a_story_that_may_not_be_told() {
        let codes = |status, facts| {
            let found = check_publication(status, facts).err().unwrap_or_default();
            found.into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };
        let good = SourceFacts {
            sources: 1,
            ..SourceFacts::default()
        };
        assert_eq!(codes(Draft, good), []);
        assert_eq!(codes(Published, good), [Code::IllegalTransition]);
        assert_eq!(codes(Draft, SourceFacts::default()), [Code::RuleBroken]);
        let told_too_early = SourceFacts {
            unchecked_stories: 1,
            stories_without_consent: 1,
            ..good
        };
        assert_eq!(codes(Draft, told_too_early), [Code::RuleBroken, Code::RuleBroken]);
    }
}
