//! The life of a monitoring visit (`domain.md` 2.8 and 2.10).
//!
//! | from | to |
//! |---|---|
//! | `PLANNED` | `VISITED`, on the day or later, with reviewers who may review |
//! | `VISITED` | `DRAFT`, with the first rating or text |
//! | `DRAFT` | `PROVIDER_COMMENT`, complete |
//! | `PROVIDER_COMMENT` | `PUBLISHED`, once the provider has commented or the time for it is over |
//! | any of these | `CANCELLED` |
//!
//! What the provider is sent is what is published: nobody alters it while the provider comments or after, and the comment stands
//! beside it. A provider has one comment, so that what it answers and what everybody reads is the same.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::visits::kinds::VisitStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, in_state, transition};

/// The states in which it can still come to a publication.
pub const AT_WORK: &[VisitStatus] = &[
    VisitStatus::Planned,
    VisitStatus::Visited,
    VisitStatus::Draft,
    VisitStatus::ProviderComment,
];
/// The state in which it is prepared.
pub const IN_PREPARATION: &[VisitStatus] = &[VisitStatus::Planned];
/// The states in which the reviewers write.
pub const IN_WRITING: &[VisitStatus] = &[VisitStatus::Visited, VisitStatus::Draft];

/// The states that a visit can reach in one step.
#[must_use]
pub const fn legal_moves(status: VisitStatus) -> &'static [VisitStatus] {
    use VisitStatus::{Cancelled, Draft, Planned, ProviderComment, Published, Visited};
    match status {
        Planned => &[Visited, Cancelled],
        Visited => &[Draft, Cancelled],
        Draft => &[ProviderComment, Cancelled],
        ProviderComment => &[Published, Cancelled],
        Published | Cancelled => &[],
    }
}

/// Whether a visit can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: VisitStatus, to: VisitStatus) -> Result<(), Violation> {
    transition("id", "visit", (from, to), legal_moves(from))
}

/// Whether something can still be changed in this state of the visit.
///
/// # Errors
/// `INACTIVE` at the field, with the states in which it could be.
pub fn check_state(
    field: &str,
    what: &str,
    status: VisitStatus,
    allowed: &[VisitStatus],
) -> Result<(), Violation> {
    in_state(field, ("visit", what), status, allowed)
}

/// A service is visited while it runs.
///
/// # Errors
/// `OUT_OF_RANGE` at `visitedOn`.
pub fn check_day(
    visited_on: NaiveDate,
    (starts_on, ends_on): (NaiveDate, Option<NaiveDate>),
) -> Result<(), Violation> {
    let field = "visitedOn";
    if visited_on < starts_on {
        let message = format!(
            "The service starts on {}. Choose that day or a later one.",
            day(starts_on)
        );
        return Err(Violation::new(Code::OutOfRange, field, message));
    }
    match ends_on {
        Some(last) if visited_on > last => {
            let message = format!(
                "The service ends on {}. Choose that day or an earlier one.",
                day(last)
            );
            Err(Violation::new(Code::OutOfRange, field, message))
        }
        _ => Ok(()),
    }
}

/// A visit took place today or before.
///
/// # Errors
/// `OUT_OF_RANGE` at `visitedOn`.
pub fn check_took_place(visited_on: NaiveDate, today: NaiveDate) -> Result<(), Violation> {
    if visited_on <= today {
        return Ok(());
    }
    let message = format!(
        "The visit is planned for {}, which is still to come. Say on which day it took place.",
        day(visited_on)
    );
    Err(Violation::new(Code::OutOfRange, "visitedOn", message))
}

/// Until when the provider can comment on what it is sent now.
#[must_use]
pub fn comment_due(sent_at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    sent_at + TimeDelta::days(days.into())
}

/// What a comment, and a publication, depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// How far the visit has got.
    pub status: VisitStatus,
    /// Until when the provider can comment.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether it has.
    pub is_there: bool,
    /// The time of the change.
    pub now: DateTime<Utc>,
}

impl Comment {
    fn is_overdue(&self) -> bool {
        self.due_at.is_some_and(|due| due <= self.now)
    }
}

/// A provider comments once, and in time.
///
/// # Errors
/// `INACTIVE` before and after the visit is at the provider, `ALREADY_EXISTS` for a second comment, `EXPIRED` for one too late.
pub fn check_comment(facts: &Comment) -> Result<(), Violation> {
    let at_the_provider = &[VisitStatus::ProviderComment];
    check_state("id", "The provider comments", facts.status, at_the_provider)?;
    if facts.is_there {
        let message = "The provider has commented on this visit, and does so once.";
        return Err(Violation::new(Code::AlreadyExists, "id", message));
    }
    if facts.is_overdue() {
        let message = "The time for a comment is over: see commentDueAt.";
        return Err(Violation::new(Code::Expired, "id", message));
    }
    Ok(())
}

/// A visit is published once the provider has commented or the time for it is over.
///
/// # Errors
/// `ILLEGAL_TRANSITION` and `RULE_BROKEN` at the id.
pub fn check_publication(facts: &Comment) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(check_move(facts.status, VisitStatus::Published));
    if facts.status == VisitStatus::ProviderComment {
        let is_heard = facts.is_there || facts.is_overdue();
        violations.check(is_heard, Code::RuleBroken, "id", || {
            let until = facts.due_at.map(|due| day(due.date_naive())).unwrap_or_default();
            format!(
                "The provider has not commented, and can do so until {until}. Publish it once it has, or after that."
            )
        });
    }
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use VisitStatus::*;
    use entity::Described;

    use super::*;

    const WAY: [VisitStatus; 5] = [Planned, Visited, Draft, ProviderComment, Published];

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_visit_goes_from_state_to_state_and_never_back() {
        assert_eq!(WAY.len() + 1, VisitStatus::values().len());
        for (place, from) in WAY.into_iter().enumerate() {
            for to in WAY {
                let is_next = WAY.get(place + 1) == Some(&to);
                assert_eq!(check_move(from, to).is_ok(), is_next, "{from} to {to}");
            }
            assert_eq!(check_move(from, Cancelled).is_ok(), from != Published, "{from}");
            assert!(check_move(Cancelled, from).is_err());
        }
        assert!(check_move(Cancelled, Cancelled).is_err());
    }

    #[test]
    fn what_the_provider_was_sent_is_written_no_more() {
        for (status, writing, at_work) in [
            (Planned, false, true),
            (Visited, true, true),
            (Draft, true, true),
            (ProviderComment, false, true),
            (Published, false, false),
            (Cancelled, false, false),
        ] {
            assert_eq!(
                check_state("id", "It is", status, IN_WRITING).is_ok(),
                writing,
                "{status}"
            );
            assert_eq!(
                check_state("id", "It is", status, AT_WORK).is_ok(),
                at_work,
                "{status}"
            );
        }
    }

    #[test]
    fn a_service_is_visited_while_it_runs() {
        let runs = (on("2026-03-01"), Some(on("2026-03-31")));
        for (day, fits) in [
            ("2026-02-28", false),
            ("2026-03-01", true),
            ("2026-03-31", true),
            ("2026-04-01", false),
        ] {
            assert_eq!(check_day(on(day), runs).is_ok(), fits, "{day}");
        }
        assert!(check_day(on("2036-01-01"), (on("2026-03-01"), None)).is_ok());
    }

    #[test]
    fn a_visit_that_is_still_to_come_has_not_taken_place() {
        assert!(check_took_place(on("2026-03-02"), on("2026-03-02")).is_ok());
        let refused = check_took_place(on("2026-03-03"), on("2026-03-02")).unwrap_err();
        assert_eq!(refused.code, Code::OutOfRange);
    }

    fn waiting() -> Comment {
        let sent_at = at("2026-03-02T09:00:00Z");
        Comment {
            status: ProviderComment,
            due_at: Some(comment_due(sent_at, 28)),
            is_there: false,
            now: sent_at,
        }
    }

    #[test]
    fn a_provider_comments_once_and_in_time() {
        assert_eq!(check_comment(&waiting()), Ok(()));
        let code = |facts: Comment| check_comment(&facts).unwrap_err().code;
        let status = Draft;
        assert_eq!(code(Comment { status, ..waiting() }), Code::Inactive);
        let status = Published;
        assert_eq!(code(Comment { status, ..waiting() }), Code::Inactive);
        let is_there = true;
        assert_eq!(
            code(Comment {
                is_there,
                ..waiting()
            }),
            Code::AlreadyExists
        );
        let now = at("2026-03-30T09:00:00Z");
        assert_eq!(code(Comment { now, ..waiting() }), Code::Expired);
        let now = at("2026-03-30T08:59:59Z");
        assert_eq!(check_comment(&Comment { now, ..waiting() }), Ok(()));
    }

    #[test]
    fn a_visit_is_published_after_the_comment_or_the_time_for_it() {
        let codes = |facts: Comment| -> Vec<Code> {
            let found = check_publication(&facts).err().unwrap_or_default();
            found.into_iter().map(|wrong| wrong.code).collect()
        };
        assert_eq!(codes(waiting()), [Code::RuleBroken]);
        let is_there = true;
        assert_eq!(
            codes(Comment {
                is_there,
                ..waiting()
            }),
            []
        );
        let now = at("2026-03-30T09:00:00Z");
        assert_eq!(codes(Comment { now, ..waiting() }), []);
        let status = Draft;
        assert_eq!(codes(Comment { status, ..waiting() }), [Code::IllegalTransition]);
    }
}
