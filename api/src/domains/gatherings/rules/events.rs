//! The life of an event, when it is, and whom it is for (`domain.md` 2.6).
//!
//! | from | to |
//! |---|---|
//! | `DRAFT` | `PUBLISHED`, before it begins; `CANCELLED` for a reason |
//! | `PUBLISHED` | `CANCELLED` for a reason, before it begins |

use chrono::{DateTime, TimeDelta, Utc};
use entity::gatherings::event;
use entity::gatherings::kinds::{EventAudience, EventStatus};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, transition};

/// The longest event.
pub const LONGEST: TimeDelta = TimeDelta::days(31);

/// The states an event can reach in one step.
#[must_use]
pub const fn legal_statuses(status: EventStatus) -> &'static [EventStatus] {
    use EventStatus::{Cancelled, Draft, Published};
    match status {
        Draft => &[Published, Cancelled],
        Published => &[Cancelled],
        Cancelled => &[],
    }
}

/// Whether an event can take this step now.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at the id, with the states that could be reached; `EXPIRED` once it has begun.
pub fn check_step(event: &event::Model, to: EventStatus, now: DateTime<Utc>) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let legal = legal_statuses(event.status);
    violations.keep(transition("id", "event", (event.status, to), legal));
    violations.check(now < event.starts_at, Code::Expired, "id", || {
        format!(
            "This event began on {}. It is neither announced nor called off afterwards.",
            day(event.starts_at.date_naive())
        )
    });
    violations.into_result()
}

/// Whether what is said about an event can still change: until it begins, unless it was cancelled.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_to_come(event: &event::Model, now: DateTime<Utc>, field: &str) -> Result<(), Violation> {
    let is_draft = event.status == EventStatus::Draft;
    if event.status != EventStatus::Cancelled && (is_draft || now < event.starts_at) {
        return Ok(());
    }
    let message = if event.status == EventStatus::Cancelled {
        "This event was cancelled, so nothing about it changes any more.".to_owned()
    } else {
        format!(
            "This event began on {}: what was said about it stays as it was.",
            day(event.starts_at.date_naive())
        )
    };
    Err(Violation::new(Code::Inactive, field, message))
}

/// Whether an event has begun, so that it can be told who came and what came of it.
///
/// # Errors
/// `INACTIVE` at `field` for a draft and for an event that was cancelled, `RULE_BROKEN` before it begins.
pub fn check_begun(event: &event::Model, now: DateTime<Utc>, field: &str) -> Result<(), Violation> {
    if event.status != EventStatus::Published {
        let message = format!(
            "This event is {}. Only one that was announced takes place.",
            event.status
        );
        return Err(Violation::new(Code::Inactive, field, message));
    }
    if event.starts_at <= now {
        return Ok(());
    }
    let message = format!(
        "This event begins on {}. Who came, and what came of it, is recorded from then on.",
        day(event.starts_at.date_naive())
    );
    Err(Violation::new(Code::RuleBroken, field, message))
}

/// An event ends after it begins, within a month.
///
/// # Errors
/// `OUT_OF_RANGE` at `endsAt`.
pub fn check_times(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Result<(), Violation> {
    let message = if ends_at <= starts_at {
        "An event ends after it begins. Choose a later end."
    } else if ends_at - starts_at > LONGEST {
        "An event lasts no longer than 31 days. Make an event for each part."
    } else {
        return Ok(());
    };
    Err(Violation::new(Code::OutOfRange, "endsAt", message))
}

/// An event for a partnership says for which, and no other does.
///
/// # Errors
/// `REQUIRED` and `RULE_BROKEN` at `partnershipId`.
pub fn check_audience(audience: EventAudience, names_partnership: bool) -> Result<(), Violation> {
    let is_for_one = audience == EventAudience::Partnership;
    if is_for_one == names_partnership {
        return Ok(());
    }
    let (code, message) = if is_for_one {
        (
            Code::Required,
            "An event for a partnership says for which. Choose one.",
        )
    } else {
        (
            Code::RuleBroken,
            "Only an event for a partnership names one. Leave it out, or choose the audience PARTNERSHIP.",
        )
    };
    Err(Violation::new(code, "partnershipId", message))
}

#[cfg(test)]
pub(super) mod tests {
    use EventStatus::*;
    use entity::gatherings::kinds::{EventKind, WhenFull};
    use entity::id::EventId;

    use super::*;

    pub fn noon() -> DateTime<Utc> {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    /// An event at noon.
    pub fn event(status: EventStatus) -> event::Model {
        event::Model {
            id: EventId::new(),
            kind: EventKind::Showcase,
            title: "Showcase".to_owned(),
            description: None,
            starts_at: noon(),
            ends_at: noon() + TimeDelta::hours(3),
            venue: None,
            online_url: None,
            audience: EventAudience::Everybody,
            partnership_id: None,
            capacity: Some(2),
            when_full: WhenFull::WaitingList,
            status,
            published_at: None,
            cancellation_reason: None,
            version: 1,
            created_at: noon(),
            updated_at: noon(),
            created_by: None,
        }
    }

    #[test]
    fn an_event_is_announced_or_called_off_before_it_begins() {
        let (before, at_noon) = (noon() - TimeDelta::seconds(1), noon());
        for (from, legal) in [
            (Draft, &[Published, Cancelled][..]),
            (Published, &[Cancelled]),
            (Cancelled, &[]),
        ] {
            for to in [Draft, Published, Cancelled] {
                let outcome = check_step(&event(from), to, before);
                assert_eq!(outcome.is_ok(), legal.contains(&to), "{from} to {to}");
                let Err(wrong) = outcome else { continue };
                assert_eq!(wrong[0].code, Code::IllegalTransition);
                for way in legal {
                    assert!(wrong[0].message.contains(&way.to_string()), "{from} to {to}");
                }
            }
            for to in legal {
                let late = check_step(&event(from), *to, at_noon).unwrap_err();
                assert_eq!(
                    late.iter().map(|wrong| wrong.code).collect::<Vec<_>>(),
                    [Code::Expired]
                );
            }
        }
    }

    #[test]
    fn what_was_said_stays_once_it_begins_and_what_came_of_it_is_told_from_then_on() {
        let before = noon() - TimeDelta::seconds(1);
        assert!(check_to_come(&event(Draft), noon(), "id").is_ok());
        assert!(check_to_come(&event(Published), before, "id").is_ok());
        for (status, now) in [(Published, noon()), (Cancelled, before)] {
            assert_eq!(
                check_to_come(&event(status), now, "id").unwrap_err().code,
                Code::Inactive
            );
        }
        assert!(check_begun(&event(Published), noon(), "id").is_ok());
        assert_eq!(
            check_begun(&event(Published), before, "id").unwrap_err().code,
            Code::RuleBroken
        );
        for status in [Draft, Cancelled] {
            assert_eq!(
                check_begun(&event(status), noon(), "id").unwrap_err().code,
                Code::Inactive
            );
        }
    }

    #[test]
    fn an_event_ends_after_it_begins_within_a_month() {
        let check = |after: TimeDelta| check_times(noon(), noon() + after).map_err(|wrong| wrong.code);
        assert_eq!(check(TimeDelta::minutes(1)), Ok(()));
        assert_eq!(check(LONGEST), Ok(()));
        assert_eq!(check(TimeDelta::zero()), Err(Code::OutOfRange));
        assert_eq!(check(LONGEST + TimeDelta::seconds(1)), Err(Code::OutOfRange));
    }

    #[test]
    fn only_an_event_for_a_partnership_names_one() {
        let code = |audience, names| check_audience(audience, names).map_err(|wrong| wrong.code);
        assert_eq!(code(EventAudience::Partnership, true), Ok(()));
        assert_eq!(code(EventAudience::Partnership, false), Err(Code::Required));
        for audience in [EventAudience::Everybody, EventAudience::Hosts] {
            assert_eq!(code(audience, false), Ok(()));
            assert_eq!(code(audience, true), Err(Code::RuleBroken));
        }
    }
}
