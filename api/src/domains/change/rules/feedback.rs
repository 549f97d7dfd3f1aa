//! Feedback: its states, who gives it, what it is about (`domain.md` 2.5).
//!
//! | from | to |
//! |---|---|
//! | `RECEIVED` | `ACKNOWLEDGED` |
//! | `ACKNOWLEDGED` | `INVESTIGATING` |
//! | `INVESTIGATING` | `ACTED`, with what was done; `NO_ACTION`, with the reason |
//! | `ACTED`, `NO_ACTION` | `CLOSED` |

use chrono::{DateTime, TimeDelta, Utc};
use entity::change::kinds::FeedbackStatus;
use entity::id::{OrganisationId, PersonId};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, not_in_future, transition};

/// The states that feedback can reach in one step.
#[must_use]
pub const fn legal_moves(status: FeedbackStatus) -> &'static [FeedbackStatus] {
    use FeedbackStatus::{Acknowledged, Acted, Closed, Investigating, NoAction, Received};
    match status {
        Received => &[Acknowledged],
        Acknowledged => &[Investigating],
        Investigating => &[Acted, NoAction],
        Acted | NoAction => &[Closed],
        Closed => &[],
    }
}

/// Whether feedback can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: FeedbackStatus, to: FeedbackStatus) -> Result<(), Violation> {
    transition("status", "feedback", (from, to), legal_moves(from))
}

/// When feedback is to be acknowledged at the latest.
#[must_use]
pub fn acknowledge_by(received_at: DateTime<Utc>, within_days: u32) -> DateTime<Utc> {
    received_at
        .checked_add_signed(TimeDelta::days(i64::from(within_days)))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Who gives feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// Whoever sends it.
    Oneself(PersonId),
    /// Somebody else, whose words the sender writes down.
    Another(PersonId),
    /// Nobody by name.
    Nobody,
}

impl Teller {
    /// Their person, if they gave their name.
    #[must_use]
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Oneself(person) | Self::Another(person) => Some(person),
            Self::Nobody => None,
        }
    }
}

/// Who gives feedback, from what the sender says about it.
///
/// # Errors
/// `RULE_BROKEN` for feedback that is anonymous and names somebody, `REQUIRED` when a system sends it and says neither.
pub fn teller(
    sender: Option<PersonId>,
    named: Option<PersonId>,
    anonymous: bool,
) -> Result<Teller, Violation> {
    match (anonymous, named, sender) {
        (true, Some(_), _) => Err(Violation::new(
            Code::RuleBroken,
            "personId",
            "Anonymous feedback names nobody. Leave the person out, or leave out that it is anonymous.",
        )),
        (true, None, _) => Ok(Teller::Nobody),
        (false, Some(named), sender) if sender == Some(named) => Ok(Teller::Oneself(named)),
        (false, Some(named), _) => Ok(Teller::Another(named)),
        (false, None, Some(sender)) => Ok(Teller::Oneself(sender)),
        (false, None, None) => Err(Violation::new(
            Code::Required,
            "personId",
            "Say who gave the feedback, or that it is anonymous.",
        )),
    }
}

/// What is known of feedback that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionFacts {
    /// Who gives it.
    pub teller: Teller,
    /// Whether they say how to reach them.
    pub has_contact: bool,
    /// Whether whoever sends it does so for the organisation.
    pub for_organisation: bool,
    /// When it came in, where the sender says so.
    pub received_at: Option<DateTime<Utc>>,
    /// Now, by the server's clock.
    pub now: DateTime<Utc>,
}

/// Whether feedback is whole: whoever gives no name leaves no other trace, and only the organisation says when something came
/// in before it was recorded.
///
/// # Errors
/// `RULE_BROKEN` for a contact without a name, and at the time for everybody else; `OUT_OF_RANGE` for a time to come.
pub fn check_submission(facts: &SubmissionFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_traceable = facts.teller == Teller::Nobody && facts.has_contact;
    violations.check(!is_traceable, Code::RuleBroken, "contact", || {
        "How to reach somebody tells who they are. Leave it out, or give the feedback by name.".to_owned()
    });
    if let Some(received_at) = facts.received_at {
        violations.check(facts.for_organisation, Code::RuleBroken, "receivedAt", || {
            "Only the organisation says when something came in before. Yours comes in now: leave the time out."
                .to_owned()
        });
        violations.keep(not_in_future("receivedAt", received_at, facts.now));
    }
    violations.into_result()
}

/// Feedback about a service goes to the organisation that provides it or pays for it.
///
/// # Errors
/// `RULE_BROKEN` at the service.
pub fn check_service(
    organisation: OrganisationId,
    (provider, commissioner): (OrganisationId, Option<OrganisationId>),
) -> Result<(), Violation> {
    if provider == organisation || commissioner == Some(organisation) {
        return Ok(());
    }
    let message = "This organisation neither provides nor pays for the service. Choose one of its services, or the \
                   organisation that does.";
    Err(Violation::new(Code::RuleBroken, "serviceId", message))
}

#[cfg(test)]
mod tests {
    use FeedbackStatus::*;
    use entity::Described;

    use super::*;

    const STATES: [FeedbackStatus; 6] = [Received, Acknowledged, Investigating, Acted, NoAction, Closed];

    fn noon() -> DateTime<Utc> {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_move_that_is_not_in_the_table_is_illegal_and_answered_with_the_legal_ones() {
        assert_eq!(STATES.len(), FeedbackStatus::values().len());
        let table: [&[FeedbackStatus]; 6] = [
            &[Acknowledged],
            &[Investigating],
            &[Acted, NoAction],
            &[Closed],
            &[Closed],
            &[],
        ];
        for (from, legal) in STATES.into_iter().zip(table) {
            for to in STATES {
                let outcome = check_move(from, to);
                assert_eq!(outcome.is_ok(), legal.contains(&to), "{from} to {to}");
                let Err(violation) = outcome else { continue };
                assert_eq!(violation.code, Code::IllegalTransition);
                for way in legal {
                    assert!(violation.message.contains(&way.to_string()), "{violation}");
                }
            }
        }
    }

    #[test]
    fn feedback_is_late_so_many_days_after_it_came_in() {
        assert_eq!(acknowledge_by(noon(), 3), noon() + TimeDelta::days(3));
        assert_eq!(
            acknowledge_by(DateTime::<Utc>::MAX_UTC, 3),
            DateTime::<Utc>::MAX_UTC
        );
    }

    #[test]
    fn a_teller_is_whoever_sends_it_unless_they_say_otherwise() {
        let (me, other) = (PersonId::new(), PersonId::new());
        let code = |sender, named, anonymous| teller(sender, named, anonymous).map_err(|wrong| wrong.code);
        assert_eq!(code(Some(me), None, false), Ok(Teller::Oneself(me)));
        assert_eq!(code(Some(me), Some(me), false), Ok(Teller::Oneself(me)));
        assert_eq!(code(Some(me), Some(other), false), Ok(Teller::Another(other)));
        assert_eq!(code(Some(me), None, true), Ok(Teller::Nobody));
        assert_eq!(code(None, None, true), Ok(Teller::Nobody));
        assert_eq!(code(None, Some(other), false), Ok(Teller::Another(other)));
        assert_eq!(code(Some(me), Some(me), true), Err(Code::RuleBroken));
        assert_eq!(code(None, None, false), Err(Code::Required));
    }

    #[test]
    fn who_gives_no_name_leaves_no_other_trace_and_only_the_organisation_looks_back() {
        let facts = SubmissionFacts {
            teller: Teller::Nobody,
            has_contact: false,
            for_organisation: false,
            received_at: None,
            now: noon(),
        };
        let codes = |facts: &SubmissionFacts| {
            let found = check_submission(facts).err().unwrap_or_default();
            found.into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&facts), []);
        let traceable = SubmissionFacts {
            has_contact: true,
            ..facts
        };
        assert_eq!(codes(&traceable), [Code::RuleBroken]);
        let before = SubmissionFacts {
            received_at: Some(noon()),
            ..facts
        };
        assert_eq!(codes(&before), [Code::RuleBroken]);
        let recorded = SubmissionFacts {
            for_organisation: true,
            ..before
        };
        assert_eq!(codes(&recorded), []);
        let to_come = SubmissionFacts {
            received_at: Some(noon() + TimeDelta::seconds(1)),
            ..recorded
        };
        assert_eq!(codes(&to_come), [Code::OutOfRange]);
    }

    #[test]
    fn feedback_about_a_service_goes_to_who_provides_it_or_pays_for_it() {
        let (provider, payer, other) = (
            OrganisationId::new(),
            OrganisationId::new(),
            OrganisationId::new(),
        );
        let check = |organisation| check_service(organisation, (provider, Some(payer))).is_ok();
        assert!(check(provider) && check(payer) && !check(other));
        assert!(check_service(payer, (provider, None)).is_err());
    }
}
