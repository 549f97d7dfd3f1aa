//! Attendance (`domain.md` 2.2): who is asked in what capacity, and who was there. Members attend as members and nobody else
//! does, so that visitors never vote.

use entity::meetings::kinds::{AttendanceCapacity, AttendanceStatus, MeetingStatus};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The statuses an attendance can reach in one step. Somebody who sent apologies may come after all, and somebody who came
/// may leave.
#[must_use]
pub const fn legal_statuses(status: AttendanceStatus) -> &'static [AttendanceStatus] {
    use AttendanceStatus::{Absent, Apologies, Invited, Present};
    match status {
        Invited => &[Apologies, Present, Absent],
        Apologies => &[Present],
        Present => &[Absent],
        Absent => &[Apologies, Present],
    }
}

/// What an invitation depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationFacts {
    /// How far the meeting has got.
    pub meeting: MeetingStatus,
    /// Whether the person is an active member of the board.
    pub is_member: bool,
    /// Whether they are asked already.
    pub is_asked: bool,
    /// How many people are.
    pub asked: u64,
    /// How many can be.
    pub most_people: u64,
    /// In what capacity they would come.
    pub capacity: AttendanceCapacity,
}

/// Whether somebody can be asked to a meeting; at one that has begun, whoever turned up is added.
///
/// # Errors
/// `INACTIVE` unless the meeting is announced or held, `ALREADY_EXISTS` for a second invitation, `RULE_BROKEN` for a member
/// in another capacity and for anybody else as a member, `LIMIT_EXCEEDED`.
pub fn check_invitation(facts: &InvitationFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(check_open(facts.meeting, "meetingId"));
    violations.check(!facts.is_asked, Code::AlreadyExists, "personId", || {
        "This person is asked to this meeting already. Record their attendance instead.".to_owned()
    });
    let as_member = facts.capacity == AttendanceCapacity::Member;
    violations.check(
        as_member || !facts.is_member,
        Code::RuleBroken,
        "capacity",
        || "This person is a member of the board, so they attend as MEMBER.".to_owned(),
    );
    violations.check(!as_member || facts.is_member, Code::RuleBroken, "capacity", || {
        "Only active members of the board attend as MEMBER. Choose VISITOR, OFFICER, SUPPORTER or OBSERVER.".to_owned()
    });
    violations.check(
        facts.asked < facts.most_people,
        Code::LimitExceeded,
        "meetingId",
        || format!("{} people can be asked to a meeting at most.", facts.most_people),
    );
    violations.into_result()
}

/// People are asked to a meeting that was announced, and noted until its minutes are written.
fn check_open(meeting: MeetingStatus, field: &str) -> Result<(), Violation> {
    if matches!(meeting, MeetingStatus::Published | MeetingStatus::Held) {
        return Ok(());
    }
    let way = match meeting {
        MeetingStatus::Draft => "Publish it first; that invites the members, too.",
        _ => "Who attended stays as it was recorded.",
    };
    let message = format!("This meeting is {meeting}. {way}");
    Err(Violation::new(Code::Inactive, field, message))
}

/// Whether an attendance can be recorded so.
///
/// # Errors
/// `INACTIVE` before the meeting is held and once its minutes are written, `RULE_BROKEN` for a status that is not recorded,
/// `ILLEGAL_TRANSITION` with the statuses that could be reached.
pub fn check_record(
    meeting: MeetingStatus,
    from: AttendanceStatus,
    to: AttendanceStatus,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(meeting == MeetingStatus::Held, Code::Inactive, "id", || {
        format!("The meeting is {meeting}. Attendance is recorded while it is HELD, until its minutes are written.")
    });
    if to == AttendanceStatus::Invited {
        let message = "INVITED is where an attendance begins. Record PRESENT, ABSENT or APOLOGIES.";
        violations.push(Violation::new(Code::RuleBroken, "status", message));
    } else {
        violations.keep(transition(
            "status",
            "attendance",
            (from, to),
            legal_statuses(from),
        ));
    }
    violations.into_result()
}

/// Whether apologies can be sent: before the meeting is held, by somebody who was asked.
///
/// # Errors
/// `INACTIVE` for a meeting that is not to come, `ILLEGAL_TRANSITION` with the statuses that could be reached.
pub fn check_apologies(meeting: MeetingStatus, from: AttendanceStatus) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(meeting == MeetingStatus::Published, Code::Inactive, "id", || {
        format!("The meeting is {meeting}. Apologies are for a meeting that is still to come.")
    });
    let to = AttendanceStatus::Apologies;
    violations.keep(transition(
        "status",
        "attendance",
        (from, to),
        legal_statuses(from),
    ));
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: InvitationFacts = InvitationFacts {
        meeting: MeetingStatus::Published,
        is_member: false,
        is_asked: false,
        asked: 3,
        most_people: 1_000,
        capacity: AttendanceCapacity::Visitor,
    };

    fn codes(outcome: Result<(), Vec<Violation>>) -> Vec<Code> {
        let wrong = outcome.err().unwrap_or_default();
        wrong.iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn members_attend_as_members_and_nobody_else_does() {
        let member = InvitationFacts {
            is_member: true,
            capacity: AttendanceCapacity::Member,
            ..ASKED
        };
        assert_eq!(codes(check_invitation(&ASKED)), []);
        assert_eq!(codes(check_invitation(&member)), []);
        let as_visitor = InvitationFacts {
            capacity: AttendanceCapacity::Visitor,
            ..member
        };
        assert_eq!(codes(check_invitation(&as_visitor)), [Code::RuleBroken]);
        let visitor_as_member = InvitationFacts {
            capacity: AttendanceCapacity::Member,
            ..ASKED
        };
        assert_eq!(codes(check_invitation(&visitor_as_member)), [Code::RuleBroken]);
    }

    #[test]
    fn a_person_is_asked_once_to_a_meeting_that_was_announced() {
        use MeetingStatus::{Cancelled, Draft, Held, MinutesApproved, MinutesDraft, Published};
        let again = InvitationFacts {
            is_asked: true,
            ..ASKED
        };
        assert_eq!(codes(check_invitation(&again)), [Code::AlreadyExists]);
        for (meeting, is_open) in [
            (Draft, false),
            (Published, true),
            (Held, true),
            (MinutesDraft, false),
            (MinutesApproved, false),
            (Cancelled, false),
        ] {
            let facts = InvitationFacts { meeting, ..ASKED };
            assert_eq!(check_invitation(&facts).is_ok(), is_open, "{meeting}");
        }
    }

    #[test]
    fn attendance_is_recorded_while_the_meeting_is_held() {
        use AttendanceStatus::{Absent, Apologies, Invited, Present};
        for (from, legal) in [
            (Invited, &[Apologies, Present, Absent][..]),
            (Apologies, &[Present]),
            (Present, &[Absent]),
            (Absent, &[Apologies, Present]),
        ] {
            for to in [Apologies, Present, Absent] {
                let outcome = check_record(MeetingStatus::Held, from, to);
                assert_eq!(outcome.is_ok(), legal.contains(&to), "{from} to {to}");
            }
            assert_eq!(
                codes(check_record(MeetingStatus::Held, from, Invited)),
                [Code::RuleBroken]
            );
        }
        let early = check_record(MeetingStatus::Published, Invited, Present);
        assert_eq!(codes(early), [Code::Inactive]);
        let late = check_record(MeetingStatus::MinutesDraft, Invited, Present);
        assert_eq!(codes(late), [Code::Inactive]);
    }

    #[test]
    fn apologies_come_before_the_meeting() {
        use AttendanceStatus::{Apologies, Invited};
        assert_eq!(codes(check_apologies(MeetingStatus::Published, Invited)), []);
        assert_eq!(
            codes(check_apologies(MeetingStatus::Held, Invited)),
            [Code::Inactive]
        );
        assert_eq!(
            codes(check_apologies(MeetingStatus::Published, Apologies)),
            [Code::IllegalTransition]
        );
    }
}
