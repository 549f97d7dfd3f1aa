//! Hosts: an organisation is asked, and answers for itself.
//!
//! | from | to | by |
//! |---|---|---|
//! | `INVITED` | `ACCEPTED`, `DECLINED` | the organisation |
//! | `ACCEPTED` | `LEFT`, while there is another host | the organisation |
//! | `DECLINED`, `LEFT` | `INVITED` | a host that asks again |

use entity::gatherings::kinds::EventHostStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The states an organisation's part can reach by its own answer.
#[must_use]
pub const fn legal_answers(status: EventHostStatus) -> &'static [EventHostStatus] {
    use EventHostStatus::{Accepted, Declined, Invited, Left};
    match status {
        Invited => &[Accepted, Declined],
        Accepted => &[Left],
        Declined | Left => &[],
    }
}

/// Whether an organisation can answer so; `others` are the hosts beside it.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the answers that are possible, `RULE_BROKEN` when nobody would host the event any more.
pub fn check_answer(from: EventHostStatus, to: EventHostStatus, others: usize) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(transition("id", "host", (from, to), legal_answers(from)));
    let leaves_nobody = from == EventHostStatus::Accepted && to == EventHostStatus::Left && others == 0;
    violations.check(!leaves_nobody, Code::RuleBroken, "id", || {
        "Nobody else hosts this event. Let another organisation accept first, or cancel the event.".to_owned()
    });
    violations.into_result()
}

/// Whether an organisation can be asked: not while it is asked, or a host.
///
/// # Errors
/// `ALREADY_EXISTS` at `organisationId`.
pub fn check_invitation(part: Option<EventHostStatus>) -> Result<(), Violation> {
    let what = match part {
        None | Some(EventHostStatus::Declined | EventHostStatus::Left) => return Ok(()),
        Some(EventHostStatus::Invited) => "This organisation was asked already, and has not answered.",
        Some(EventHostStatus::Accepted) => "This organisation hosts the event already.",
    };
    Err(Violation::new(Code::AlreadyExists, "organisationId", what))
}

#[cfg(test)]
mod tests {
    use EventHostStatus::*;

    use super::*;

    #[test]
    fn an_organisation_answers_once_and_leaves_no_event_without_a_host() {
        let legal = [(Invited, Accepted), (Invited, Declined), (Accepted, Left)];
        for from in [Invited, Accepted, Declined, Left] {
            for to in [Invited, Accepted, Declined, Left] {
                let outcome = check_answer(from, to, 1);
                assert_eq!(outcome.is_ok(), legal.contains(&(from, to)), "{from} to {to}");
            }
        }
        let alone = check_answer(Accepted, Left, 0).unwrap_err();
        assert_eq!(alone[0].code, Code::RuleBroken);
        assert!(check_answer(Invited, Declined, 0).is_ok());
    }

    #[test]
    fn who_said_no_can_be_asked_again() {
        for (part, is_possible) in [
            (None, true),
            (Some(Declined), true),
            (Some(Left), true),
            (Some(Invited), false),
            (Some(Accepted), false),
        ] {
            assert_eq!(check_invitation(part).is_ok(), is_possible, "{part:?}");
        }
    }
}
