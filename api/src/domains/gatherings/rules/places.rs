//! The places at an event: who gets one, who waits, who came (`domain.md` 2.6).

use chrono::{DateTime, Utc};
use entity::gatherings::kinds::{EventAttendanceStatus as Status, EventStatus, WhenFull};
use entity::gatherings::{event, event_attendance};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, transition};

/// Whether somebody with this status takes a place.
#[must_use]
pub const fn takes_a_place(status: Status) -> bool {
    matches!(status, Status::Registered | Status::Came)
}

/// How many places are free; more than anybody could fill where there is room for everybody.
#[must_use]
pub fn free_places(capacity: Option<i32>, taken: usize) -> usize {
    match capacity.map(usize::try_from) {
        None => usize::MAX,
        Some(Ok(capacity)) => capacity.saturating_sub(taken),
        Some(Err(_)) => 0,
    }
}

/// What asking for a place depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationFacts {
    /// How far the event has got.
    pub status: EventStatus,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How many can come.
    pub capacity: Option<i32>,
    /// What happens to those who come too late.
    pub when_full: WhenFull,
    /// How many places are taken.
    pub taken: usize,
    /// How many people have asked for one.
    pub asked: usize,
    /// The most people who can.
    pub most: u32,
    /// How the person stands already.
    pub present: Option<Status>,
    /// Whether a host notes it for them: also somebody who turns up.
    pub by_host: bool,
    /// Now, by the server's clock.
    pub now: DateTime<Utc>,
}

/// Whether somebody can ask for a place, and what they get: the place, or one on the waiting list.
///
/// # Errors
/// `INACTIVE` unless the event was announced, `EXPIRED` once it has begun, `ALREADY_EXISTS` for a second place,
/// `LIMIT_EXCEEDED` when it is full and nobody waits.
pub fn plan_place(facts: &RegistrationFacts) -> Result<Status, Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        facts.status == EventStatus::Published,
        Code::Inactive,
        "eventId",
        || {
            format!(
                "This event is {}. People come to one that was announced.",
                facts.status
            )
        },
    );
    let is_in_time = facts.by_host || facts.now < facts.starts_at;
    violations.check(is_in_time, Code::Expired, "eventId", || {
        format!(
            "This event began on {}. Whoever turns up is noted by a host.",
            day(facts.starts_at.date_naive())
        )
    });
    let is_new = matches!(facts.present, None | Some(Status::Apologies));
    violations.check(is_new, Code::AlreadyExists, "eventId", || {
        "This person has a place already, or waits for one.".to_owned()
    });
    let is_room = u32::try_from(facts.asked).is_ok_and(|asked| asked < facts.most);
    violations.check(
        is_room || facts.present.is_some(),
        Code::LimitExceeded,
        "eventId",
        || {
            format!(
                "{} people have asked for a place, which is the most.",
                facts.asked
            )
        },
    );
    let is_free = free_places(facts.capacity, facts.taken) > 0;
    let is_refused = !is_free && facts.when_full == WhenFull::Refuse;
    violations.check(!is_refused, Code::LimitExceeded, "eventId", || {
        "This event is full.".to_owned()
    });
    violations.into_result_with(if is_free {
        Status::Registered
    } else {
        Status::Waiting
    })
}

/// The room for an event is not made smaller than those who have a place in it.
///
/// # Errors
/// `RULE_BROKEN` at `capacity`.
pub fn check_capacity(capacity: Option<i32>, taken: usize) -> Result<(), Violation> {
    let is_enough = capacity.is_none_or(|capacity| usize::try_from(capacity).is_ok_and(|all| taken <= all));
    if is_enough {
        return Ok(());
    }
    let message = format!("{taken} people have a place already. Choose a capacity of at least {taken}.");
    Err(Violation::new(Code::RuleBroken, "capacity", message))
}

/// The statuses that a record can reach in one step. Who waited, or sent apologies, may have come after all.
#[must_use]
pub const fn legal_records(status: Status) -> &'static [Status] {
    use Status::{Absent, Apologies, Came, Registered, Waiting};
    match status {
        Registered => &[Came, Absent, Apologies],
        Waiting | Apologies => &[Came],
        Came => &[Absent],
        Absent => &[Came, Apologies],
    }
}

/// Whether attendance can be recorded so, once the event has begun.
///
/// # Errors
/// `RULE_BROKEN` for a status that is not recorded, `ILLEGAL_TRANSITION` with those that could be reached.
pub fn check_record(from: Status, to: Status) -> Result<(), Violation> {
    if matches!(to, Status::Registered | Status::Waiting) {
        let message =
            "People get a place, or wait for one, by eventRegister. Record CAME, ABSENT or APOLOGIES.";
        return Err(Violation::new(Code::RuleBroken, "status", message));
    }
    transition("status", "attendance", (from, to), legal_records(from))
}

/// Whether somebody can give up their place, or stop waiting: before the event begins.
///
/// # Errors
/// `INACTIVE` for an event that is not to come, `ILLEGAL_TRANSITION` for somebody without a place.
pub fn check_apologies(event: &event::Model, from: Status, now: DateTime<Utc>) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_to_come = event.status == EventStatus::Published && now < event.starts_at;
    violations.check(is_to_come, Code::Inactive, "id", || {
        "Apologies are for an event that is still to come. Afterwards the hosts record who came.".to_owned()
    });
    let legal: &[Status] = match from {
        Status::Registered | Status::Waiting => &[Status::Apologies],
        _ => &[],
    };
    violations.keep(transition("id", "attendance", (from, Status::Apologies), legal));
    violations.into_result()
}

/// Whether somebody can confirm their place: it is there, not confirmed yet, and the event is to come.
///
/// # Errors
/// `INACTIVE` for an event that does not take place or is over, `ILLEGAL_TRANSITION` for what was given up or confirmed already.
pub fn check_confirmation(
    event: &event::Model,
    place: &event_attendance::Model,
    now: DateTime<Utc>,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_to_come = event.status == EventStatus::Published && now < event.ends_at;
    violations.check(is_to_come, Code::Inactive, "id", || {
        "This event does not take place, or is over. There is nothing to confirm.".to_owned()
    });
    let is_theirs = !matches!(place.status, Status::Apologies | Status::Absent);
    violations.check(is_theirs, Code::IllegalTransition, "id", || {
        format!("This place is {}. There is nothing to confirm.", place.status)
    });
    violations.check(
        place.confirmed_at.is_none(),
        Code::IllegalTransition,
        "id",
        || "You asked for this place yourself, or have confirmed it already.".to_owned(),
    );
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::events::tests::{event, noon};
    use super::*;

    fn facts() -> RegistrationFacts {
        RegistrationFacts {
            status: EventStatus::Published,
            starts_at: noon(),
            capacity: Some(2),
            when_full: WhenFull::WaitingList,
            taken: 1,
            asked: 1,
            most: 10,
            present: None,
            by_host: false,
            now: noon() - TimeDelta::hours(1),
        }
    }

    fn plan(facts: RegistrationFacts) -> Result<Status, Vec<Code>> {
        plan_place(&facts).map_err(|wrong| wrong.into_iter().map(|wrong| wrong.code).collect())
    }

    #[test]
    fn the_last_place_is_followed_by_the_waiting_list_or_a_refusal() {
        assert_eq!(plan(facts()), Ok(Status::Registered));
        let full = RegistrationFacts { taken: 2, ..facts() };
        assert_eq!(plan(full), Ok(Status::Waiting));
        let closed = RegistrationFacts {
            when_full: WhenFull::Refuse,
            ..full
        };
        assert_eq!(plan(closed), Err(vec![Code::LimitExceeded]));
        let endless = RegistrationFacts {
            capacity: None,
            ..closed
        };
        assert_eq!(plan(endless), Ok(Status::Registered));
    }

    #[test]
    fn a_place_is_asked_for_once_and_in_time() {
        let late = RegistrationFacts {
            now: noon(),
            ..facts()
        };
        assert_eq!(plan(late), Err(vec![Code::Expired]));
        assert_eq!(
            plan(RegistrationFacts {
                by_host: true,
                ..late
            }),
            Ok(Status::Registered)
        );
        for (present, is_possible) in [
            (Status::Apologies, true),
            (Status::Registered, false),
            (Status::Waiting, false),
            (Status::Came, false),
        ] {
            let again = RegistrationFacts {
                present: Some(present),
                ..facts()
            };
            assert_eq!(plan(again).is_ok(), is_possible, "{present}");
        }
        for status in [EventStatus::Draft, EventStatus::Cancelled] {
            assert_eq!(
                plan(RegistrationFacts { status, ..facts() }),
                Err(vec![Code::Inactive])
            );
        }
        let crowded = RegistrationFacts { asked: 10, ..facts() };
        assert_eq!(plan(crowded), Err(vec![Code::LimitExceeded]));
    }

    #[test]
    fn no_room_is_made_smaller_than_those_in_it() {
        assert_eq!(check_capacity(None, 5), Ok(()));
        assert_eq!(check_capacity(Some(5), 5), Ok(()));
        assert_eq!(check_capacity(Some(4), 5).unwrap_err().code, Code::RuleBroken);
        assert_eq!(free_places(Some(4), 5), 0);
    }

    #[test]
    fn records_say_who_came_and_who_did_not() {
        use Status::{Absent, Apologies, Came, Registered, Waiting};
        for (from, legal) in [
            (Registered, &[Came, Absent, Apologies][..]),
            (Waiting, &[Came]),
            (Apologies, &[Came]),
            (Came, &[Absent]),
            (Absent, &[Came, Apologies]),
        ] {
            for to in [Came, Absent, Apologies] {
                assert_eq!(
                    check_record(from, to).is_ok(),
                    legal.contains(&to),
                    "{from} to {to}"
                );
            }
            for to in [Registered, Waiting] {
                assert_eq!(check_record(from, to).unwrap_err().code, Code::RuleBroken);
            }
        }
    }

    #[test]
    fn a_place_is_given_up_before_the_event_begins() {
        let before = noon() - TimeDelta::seconds(1);
        let published = event(EventStatus::Published);
        for from in [Status::Registered, Status::Waiting] {
            assert_eq!(check_apologies(&published, from, before), Ok(()));
        }
        let code = |event: &event::Model, from, now| check_apologies(event, from, now).unwrap_err()[0].code;
        assert_eq!(code(&published, Status::Registered, noon()), Code::Inactive);
        assert_eq!(code(&published, Status::Came, before), Code::IllegalTransition);
        assert_eq!(
            code(&event(EventStatus::Cancelled), Status::Registered, before),
            Code::Inactive
        );
    }
}
