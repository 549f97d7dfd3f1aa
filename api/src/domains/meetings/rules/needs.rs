//! Access needs at a meeting (`domain.md` 2.1 and 3): whoever runs it arranges, the person says whether it meets the need.

use entity::meetings::kinds::{AttendanceStatus, MeetingStatus};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// What an arrangement depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrangementFacts {
    /// How far the meeting has got.
    pub meeting: MeetingStatus,
    /// How the person stands to the meeting; absent when they were not asked.
    pub attendance: Option<AttendanceStatus>,
    /// Whether something was arranged for this need already.
    pub is_arranged: bool,
}

/// Whether something can be arranged.
///
/// # Errors
/// `INACTIVE` for a meeting that is not announced, or over; `RULE_BROKEN` for somebody who does not come; `ALREADY_EXISTS`.
pub fn check_arrangement(facts: &ArrangementFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_open = matches!(facts.meeting, MeetingStatus::Published | MeetingStatus::Held);
    violations.check(is_open, Code::Inactive, "meetingId", || {
        format!(
            "This meeting is {}. Arrangements are made for one that is PUBLISHED or HELD.",
            facts.meeting
        )
    });
    let comes = matches!(
        facts.attendance,
        Some(AttendanceStatus::Invited | AttendanceStatus::Present)
    );
    violations.check(comes, Code::RuleBroken, "accessNeedId", || {
        "Whose need it is was not asked to this meeting, or does not come. Ask them first.".to_owned()
    });
    violations.check(!facts.is_arranged, Code::AlreadyExists, "accessNeedId", || {
        "Something was arranged for this need at this meeting already.".to_owned()
    });
    violations.into_result()
}

/// A need is confirmed to be met once.
///
/// # Errors
/// `ILLEGAL_TRANSITION`.
pub fn check_confirmation(is_confirmed: bool) -> Result<(), Violation> {
    if is_confirmed {
        let message = "You have confirmed this already.";
        return Err(Violation::new(Code::IllegalTransition, "id", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: ArrangementFacts = ArrangementFacts {
        meeting: MeetingStatus::Published,
        attendance: Some(AttendanceStatus::Invited),
        is_arranged: false,
    };

    fn codes(facts: ArrangementFacts) -> Vec<Code> {
        let wrong = check_arrangement(&facts).err().unwrap_or_default();
        wrong.iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn arrangements_are_made_for_those_who_come() {
        assert_eq!(codes(FACTS), []);
        for attendance in [
            None,
            Some(AttendanceStatus::Apologies),
            Some(AttendanceStatus::Absent),
        ] {
            assert_eq!(
                codes(ArrangementFacts { attendance, ..FACTS }),
                [Code::RuleBroken]
            );
        }
        let draft = ArrangementFacts {
            meeting: MeetingStatus::Draft,
            ..FACTS
        };
        assert_eq!(codes(draft), [Code::Inactive]);
        let again = ArrangementFacts {
            is_arranged: true,
            ..FACTS
        };
        assert_eq!(codes(again), [Code::AlreadyExists]);
    }

    #[test]
    fn a_need_is_confirmed_once() {
        assert_eq!(check_confirmation(false), Ok(()));
        assert_eq!(
            check_confirmation(true).unwrap_err().code,
            Code::IllegalTransition
        );
    }
}
