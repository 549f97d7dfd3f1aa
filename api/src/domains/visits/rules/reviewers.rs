//! Who may review a service: somebody trained and unconflicted (`domain.md` 2.8).
//!
//! A visit has at least one reviewer, and one of them leads it. Each has completed the visit's course, and it counts on the day of
//! the visit; each has declared their interests, or that there are none; somebody else has assessed what they declared, and they
//! are not recused. Whoever is tied to the provider on that day (works or volunteers for it, sits among its trustees or its councillors,
//! receives its service or has family that does) reviews only with precautions: their declaration is assessed `MITIGATE`. That
//! an assessor found such a tie to be `CLEAR` does not suffice, and no declaration at all even less.
//!
//! This is asked when the visit took place, when it is sent to the provider and when it is published: an interest can come to light
//! late. Who is found not to be able to review is taken off the visit.

use chrono::NaiveDate;
use entity::parties::kinds::AffiliationKind;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// What is known of somebody who is to review a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each of which holds or does not hold by itself"
)]
pub struct ReviewerFacts {
    /// Whether they lead the visit.
    pub lead: bool,
    /// Whether their training counts on the day of the visit.
    pub is_trained: bool,
    /// Whether they declared their interests, or that there are none.
    pub has_declared: bool,
    /// Whether something they declared waits to be assessed.
    pub is_unassessed: bool,
    /// Whether they are recused.
    pub is_recused: bool,
    /// Whether something ties them to the provider on the day of the visit.
    pub is_tied: bool,
    /// Whether they review with precautions.
    pub is_mitigated: bool,
}

/// Whether a tie to the provider of a service makes a reviewer partial. Members of a user-led organisation speak for those who use
/// services, so that alone does not.
#[must_use]
pub const fn makes_partial(kind: AffiliationKind) -> bool {
    match kind {
        AffiliationKind::Employee
        | AffiliationKind::Volunteer
        | AffiliationKind::Councillor
        | AffiliationKind::Trustee
        | AffiliationKind::ReceivesService
        | AffiliationKind::FamilyReceivesService => true,
        AffiliationKind::UserLedMember => false,
    }
}

/// Whether a tie lasts on a day, its first and last day included.
#[must_use]
pub fn lasts_on(day: NaiveDate, (from_on, to_on): (NaiveDate, Option<NaiveDate>)) -> bool {
    from_on <= day && to_on.is_none_or(|last| day <= last)
}

/// The reviewers of a visit may review the service. What is not kept is told by number: a tie can be about somebody's health.
///
/// # Errors
/// `RULE_BROKEN` at the id, for each rule that is not kept.
pub fn check_reviewers(people: &[ReviewerFacts]) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(people.iter().any(|who| who.lead), Code::RuleBroken, "id", || {
        "A visit has at least one reviewer, and one of them leads it. Add somebody who does.".to_owned()
    });
    let mut lacking = |is_lacking: fn(&ReviewerFacts) -> bool, message: fn(usize) -> String| {
        let number = people.iter().filter(|who| is_lacking(who)).count();
        violations.check(number == 0, Code::RuleBroken, "id", || message(number));
    };
    lacking(
        |who| !who.is_trained,
        |number| {
            format!(
                "Each reviewer has training that counts on the day of the visit. That of {number} is missing or had run out."
            )
        },
    );
    lacking(
        |who| !who.has_declared,
        |number| {
            format!("Each reviewer declares their interests, or that there are none. {number} have yet to.")
        },
    );
    lacking(
        |who| who.is_unassessed,
        |number| {
            format!("What reviewers declared is assessed by somebody else. That of {number} is not yet.")
        },
    );
    lacking(
        |who| who.is_recused,
        |number| {
            format!("Whoever is recused does not review the service. Take them off the visit: {number}.")
        },
    );
    lacking(
        |who| who.is_tied && !who.is_mitigated && !who.is_recused,
        |number| {
            format!(
                "Whoever is tied to the provider reviews its service only with precautions. Reviewers without an assessment of MITIGATE \
                 who are: {number}."
            )
        },
    );
    violations.into_result()
}

/// A visit that took place stays one with a lead when somebody is taken off it.
///
/// # Errors
/// `RULE_BROKEN` at the id.
pub fn check_removal(took_place: bool, lead: bool) -> Result<(), Violation> {
    if !took_place || !lead {
        return Ok(());
    }
    let message = "Somebody leads the visit, which took place. Make another reviewer its lead first.";
    Err(Violation::new(Code::RuleBroken, "id", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: ReviewerFacts = ReviewerFacts {
        lead: true,
        is_trained: true,
        has_declared: true,
        is_unassessed: false,
        is_recused: false,
        is_tied: false,
        is_mitigated: false,
    };

    fn told(people: &[ReviewerFacts]) -> String {
        let found = check_reviewers(people).err().unwrap_or_default();
        assert!(found.iter().all(|wrong| wrong.code == Code::RuleBroken));
        let messages: Vec<_> = found.into_iter().map(|wrong| wrong.message).collect();
        messages.join(" ")
    }

    #[test]
    fn reviewers_are_led_trained_and_unconflicted() {
        let other = ReviewerFacts { lead: false, ..GOOD };
        assert_eq!(told(&[GOOD, other]), "");
        assert!(told(&[]).contains("at least one reviewer"));
        assert!(told(&[other]).contains("one of them leads"));
        let with = |change: fn(&mut ReviewerFacts)| {
            let mut both = [GOOD, other];
            both.iter_mut().for_each(change);
            told(&both)
        };
        assert!(with(|who| who.is_trained = false).contains("That of 2 is missing"));
        assert!(with(|who| who.has_declared = false).contains("2 have yet to"));
        assert!(with(|who| who.is_unassessed = true).contains("That of 2 is not yet"));
        assert!(with(|who| who.is_recused = true).contains("off the visit: 2"));
        assert!(with(|who| who.is_tied = true).contains("MITIGATE who are: 2"));
    }

    #[test]
    fn whoever_is_tied_to_the_provider_reviews_with_precautions_alone() {
        let tied = ReviewerFacts {
            is_tied: true,
            ..GOOD
        };
        let careful = ReviewerFacts {
            is_mitigated: true,
            ..tied
        };
        assert_eq!(told(&[careful]), "");
        assert!(told(&[tied]).contains("tied to the provider"));
        let recused = ReviewerFacts {
            is_recused: true,
            ..tied
        };
        assert!(
            !told(&[recused]).contains("tied"),
            "one thing is told, and not twice"
        );
    }

    #[test]
    fn every_tie_but_speaking_for_users_makes_partial() {
        use AffiliationKind as K;
        for kind in [
            K::Employee,
            K::Volunteer,
            K::Councillor,
            K::Trustee,
            K::ReceivesService,
            K::FamilyReceivesService,
        ] {
            assert!(makes_partial(kind), "{kind}");
        }
        assert!(!makes_partial(K::UserLedMember));
    }

    #[test]
    fn a_tie_lasts_from_its_first_day_to_its_last() {
        let on = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let tie = (on("2026-01-10"), Some(on("2026-01-20")));
        for (day, lasts) in [
            ("2026-01-09", false),
            ("2026-01-10", true),
            ("2026-01-20", true),
            ("2026-01-21", false),
        ] {
            assert_eq!(lasts_on(on(day), tie), lasts, "{day}");
        }
        assert!(lasts_on(on("2036-01-01"), (on("2026-01-10"), None)));
    }

    #[test]
    fn a_visit_that_took_place_keeps_its_lead() {
        assert_eq!(check_removal(true, false), Ok(()));
        assert_eq!(check_removal(false, true), Ok(()));
        assert_eq!(check_removal(true, true).unwrap_err().code, Code::RuleBroken);
    }
}
