//! Agendas (`domain.md` 2.2): members put items forward, the chair accepts and orders them.
//!
//! An agenda has two parts, each numbered from 1: what is open, and what is confidential. Were they numbered together, a gap
//! would tell outsiders that there is something they may not know.

use entity::id::AgendaItemId;
use entity::meetings::agenda_item;
use entity::meetings::kinds::AgendaItemStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The statuses an item can reach in one step.
#[must_use]
pub const fn legal_statuses(status: AgendaItemStatus) -> &'static [AgendaItemStatus] {
    use AgendaItemStatus::{Accepted, Declined, Proposed, Withdrawn};
    match status {
        Proposed => &[Accepted, Declined, Withdrawn],
        Accepted => &[Withdrawn],
        Declined | Withdrawn => &[],
    }
}

/// Whether an item can take this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the statuses that could be reached.
pub fn check_step(from: AgendaItemStatus, to: AgendaItemStatus) -> Result<(), Violation> {
    transition("status", "agenda item", (from, to), legal_statuses(from))
}

/// What happens to something put forward: whoever runs the meeting puts it on the agenda at once.
#[must_use]
pub const fn first_status(runs_the_meeting: bool) -> AgendaItemStatus {
    if runs_the_meeting {
        AgendaItemStatus::Accepted
    } else {
        AgendaItemStatus::Proposed
    }
}

/// Whether an item can still be changed. Whoever put it forward changes it until the chair has answered; the chair until the
/// meeting.
///
/// # Errors
/// `INACTIVE` once the item was declined or withdrawn, or accepted when its proposer would change it.
pub fn check_change(status: AgendaItemStatus, runs_the_meeting: bool) -> Result<(), Violation> {
    let can_change = match status {
        AgendaItemStatus::Proposed => true,
        AgendaItemStatus::Accepted => runs_the_meeting,
        AgendaItemStatus::Declined | AgendaItemStatus::Withdrawn => false,
    };
    if can_change {
        return Ok(());
    }
    let message = match status {
        AgendaItemStatus::Accepted => {
            "This item is on the agenda, so the chair changes it. Ask the chair, or withdraw it.".to_owned()
        }
        _ => format!("This item is {status}, so it stays as it is. Put a new one forward instead."),
    };
    Err(Violation::new(Code::Inactive, "id", message))
}

/// Whether one more item can be put forward.
///
/// # Errors
/// `LIMIT_EXCEEDED`.
pub fn check_room(items: usize, most: u32) -> Result<(), Violation> {
    if u32::try_from(items).is_ok_and(|items| items < most) {
        return Ok(());
    }
    let message = format!("A meeting has {most} agenda items at most. Use another meeting.");
    Err(Violation::new(Code::LimitExceeded, "meetingId", message))
}

/// The next free place in a part of an agenda; accepted items have places of their own, those that are not have theirs.
#[must_use]
pub fn next_place(items: &[agenda_item::Model], confidential: bool, status: AgendaItemStatus) -> i32 {
    let on_the_agenda = |status| status == AgendaItemStatus::Accepted;
    let beside = items.iter().filter(|item| {
        item.confidential == confidential && on_the_agenda(item.status) == on_the_agenda(status)
    });
    beside.map(|item| item.ordinal).max().unwrap_or_default() + 1
}

/// The place of each accepted item in the order wanted, which names each of them just once.
///
/// # Errors
/// `RULE_BROKEN` at `agendaItemIds` when one is missing, or named twice; `NOT_FOUND` for one that is not among them.
pub fn places(
    accepted: &[agenda_item::Model],
    wanted: &[AgendaItemId],
) -> Result<Vec<(AgendaItemId, i32)>, Vec<Violation>> {
    let mut violations = Violations::default();
    let field = "agendaItemIds";
    let mut places = Vec::with_capacity(wanted.len());
    let mut next = [1, 1];
    for id in wanted {
        let Some(item) = accepted.iter().find(|item| item.id == *id) else {
            let message =
                "One of these is not an item on the agenda of this meeting. Name its accepted items only.";
            violations.push(Violation::new(Code::NotFound, field, message));
            continue;
        };
        violations.check(
            !places.iter().any(|(named, _)| named == id),
            Code::RuleBroken,
            field,
            || format!("“{}” is named twice. Name each item once.", item.title),
        );
        let part = &mut next[usize::from(item.confidential)];
        places.push((*id, *part));
        *part += 1;
    }
    for item in accepted.iter().filter(|item| !wanted.contains(&item.id)) {
        let message = format!(
            "“{}” is missing. Name every item that is on the agenda.",
            item.title
        );
        violations.push(Violation::new(Code::RuleBroken, field, message));
    }
    violations.into_result_with(places)
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{DateTime, Utc};
    use entity::id::{BoardId, MeetingId};
    use entity::meetings::kinds::{AgendaItemKind, MeetingStatus};
    use entity::meetings::meeting;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn march(day: u32) -> DateTime<Utc> {
        format!("2026-03-{day:02}T10:00:00Z").parse().unwrap()
    }

    /// A meeting on a day of March 2026.
    pub(in super::super) fn meeting(day: u32, status: MeetingStatus) -> meeting::Model {
        meeting::Model {
            id: MeetingId(Uuid::from_u128(day.into())),
            board_id: BoardId(Uuid::from_u128(1)),
            series_id: None,
            title: "Meeting".to_owned(),
            starts_at: march(day),
            ends_at: march(day) + chrono::TimeDelta::hours(2),
            papers_due_at: march(day),
            venue: None,
            online_url: None,
            status,
            published_at: None,
            cancellation_reason: None,
            minutes: None,
            minutes_approved_at: None,
            minutes_approved_by_meeting_id: None,
            version: 1,
            created_at: march(1),
            updated_at: march(1),
            created_by: None,
        }
    }

    pub(in super::super) fn item(number: u128, confidential: bool, ordinal: i32) -> agenda_item::Model {
        agenda_item::Model {
            id: AgendaItemId(Uuid::from_u128(number)),
            board_id: BoardId(Uuid::from_u128(1)),
            meeting_id: MeetingId(Uuid::from_u128(1)),
            ordinal,
            title: format!("Item {number}"),
            summary: None,
            kind: AgendaItemKind::Decision,
            confidential,
            status: AgendaItemStatus::Accepted,
            proposed_by_person_id: None,
            decline_reason: None,
            version: 1,
            created_at: march(1),
            updated_at: march(1),
            created_by: None,
        }
    }

    fn id(number: u128) -> AgendaItemId {
        AgendaItemId(Uuid::from_u128(number))
    }

    #[test]
    fn a_proposal_is_accepted_declined_or_withdrawn_and_what_is_accepted_can_be_withdrawn() {
        use AgendaItemStatus::{Accepted, Declined, Proposed, Withdrawn};
        for (from, legal) in [
            (Proposed, &[Accepted, Declined, Withdrawn][..]),
            (Accepted, &[Withdrawn]),
            (Declined, &[]),
            (Withdrawn, &[]),
        ] {
            for to in [Proposed, Accepted, Declined, Withdrawn] {
                assert_eq!(
                    check_step(from, to).is_ok(),
                    legal.contains(&to),
                    "{from} to {to}"
                );
            }
        }
    }

    #[test]
    fn the_chair_puts_an_item_on_the_agenda_and_a_member_puts_it_forward() {
        assert_eq!(first_status(true), AgendaItemStatus::Accepted);
        assert_eq!(first_status(false), AgendaItemStatus::Proposed);
    }

    #[test]
    fn a_member_changes_what_they_proposed_until_the_chair_has_answered() {
        use AgendaItemStatus::{Accepted, Declined, Proposed, Withdrawn};
        assert_eq!(check_change(Proposed, false), Ok(()));
        assert_eq!(check_change(Accepted, true), Ok(()));
        assert!(check_change(Accepted, false).is_err());
        for gone in [Declined, Withdrawn] {
            assert!(check_change(gone, true).is_err(), "{gone}");
        }
    }

    #[test]
    fn each_part_of_the_agenda_is_numbered_from_one() {
        let items = [item(1, false, 1), item(2, false, 2), item(3, true, 1)];
        let order = [id(3), id(2), id(1)];
        assert_eq!(
            places(&items, &order),
            Ok(vec![(id(3), 1), (id(2), 1), (id(1), 2)])
        );
        assert_eq!(next_place(&items, false, AgendaItemStatus::Accepted), 3);
        assert_eq!(next_place(&items, true, AgendaItemStatus::Accepted), 2);
        assert_eq!(next_place(&items, true, AgendaItemStatus::Proposed), 1);
    }

    #[test]
    fn an_order_names_every_item_once() {
        let items = [item(1, false, 1), item(2, false, 2)];
        let codes = |wanted: &[AgendaItemId]| {
            let wrong = places(&items, wanted).err().unwrap_or_default();
            wrong.iter().map(|violation| violation.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&[id(1), id(2)]), []);
        assert_eq!(codes(&[id(1)]), [Code::RuleBroken]);
        assert_eq!(codes(&[id(1), id(2), id(2)]), [Code::RuleBroken]);
        assert_eq!(codes(&[id(1), id(2), id(9)]), [Code::NotFound]);
    }

    #[test]
    fn an_agenda_does_not_grow_for_ever() {
        assert_eq!(check_room(99, 100), Ok(()));
        assert_eq!(check_room(100, 100).unwrap_err().code, Code::LimitExceeded);
    }
}
