//! Meetings by chance.

use entity::meetings::kinds::{
    AgendaItemStatus as Item, AttendanceCapacity, AttendanceStatus, MeetingStatus as S,
};
use entity::panels::kinds::ConflictAssessment;
use harness::{Rows, uuid, world};

use super::{BOARDS, Dice, PEOPLE};

/// Two meetings of each board, the earlier of which the later may have approved.
pub fn meetings(rows: &mut Rows, dice: &mut Dice<'_>) {
    for board in BOARDS {
        rows.meeting_series.push(world::meeting_series(board));
        let later = [S::Held, S::Published, S::Draft, S::MinutesDraft, S::Cancelled][dice.below(5)];
        rows.meeting
            .push(world::meeting(board, "later", "2026-03-16T10:00:00Z", later));
        let earlier = [
            S::MinutesApproved,
            S::MinutesDraft,
            S::Published,
            S::Draft,
            S::Held,
        ][dice.below(5)];
        let mut meeting = world::meeting(board, "earlier", "2026-02-16T10:00:00Z", earlier);
        if earlier == S::MinutesApproved {
            meeting.minutes_approved_at = Some(meeting.ends_at);
            meeting.minutes_approved_by_meeting_id = Some(uuid("meeting", &format!("{board} later")).into());
        }
        rows.meeting.push(meeting);
        for name in ["earlier", "later"] {
            agenda(rows, dice, board, name);
            for person in PEOPLE {
                if dice.below(3) == 0 {
                    let mut met = world::access_need_met((board, name), person, &format!("{person} 0"));
                    met.confirmed_at = (dice.below(2) == 0).then_some(met.created_at);
                    rows.access_need_met.push(met);
                }
            }
            for person in PEOPLE.into_iter().filter(|_| dice.below(3) == 0) {
                let (capacity, status) = (AttendanceCapacity::Observer, AttendanceStatus::Present);
                rows.attendance
                    .push(world::attendance(board, name, person, capacity, status));
            }
        }
    }
}

/// Two calendar feeds of each person.
pub fn feeds(rows: &mut Rows, dice: &mut Dice<'_>) {
    for person in PEOPLE {
        for name in ["telephone", "computer"] {
            let mut feed = world::calendar_feed(person, name);
            feed.revoked_at = (dice.below(3) == 2).then_some(feed.created_at);
            rows.calendar_feed.push(feed);
        }
    }
}

fn agenda(rows: &mut Rows, dice: &mut Dice<'_>, board: &str, meeting: &str) {
    for name in ["first", "second"] {
        let mut item = world::agenda_item(board, meeting, name, dice.below(3) == 2);
        item.status = [Item::Accepted, Item::Accepted, Item::Proposed, Item::Withdrawn][dice.below(4)];
        let proposer = [Some(PEOPLE[0]), None, Some(PEOPLE[3])][dice.below(3)];
        item.proposed_by_person_id = proposer.map(|person| uuid("person", person).into());
        rows.agenda_item.push(item);
        rows.board_decision
            .push(world::board_decision(board, meeting, name));
        let mut paper = [
            world::version_as_paper(board, (meeting, name), "song 1"),
            world::version_as_paper(board, (meeting, name), "map 2"),
            world::paper(board, (meeting, name), "other"),
        ][dice.below(3)]
        .clone();
        paper.id = uuid("paper", &format!("{board} {meeting} {name} paper")).into();
        paper.withdrawn_at = (dice.below(3) == 2).then_some(paper.created_at);
        rows.paper.push(paper);
        let mut rendition = world::paper(board, (meeting, name), "rendition");
        rendition.original_id = Some(uuid("paper", &format!("{board} {meeting} {name} paper")).into());
        rows.paper.push(rendition);
        interests(rows, dice, (board, meeting, name));
        let owner = PEOPLE[dice.below(PEOPLE.len())];
        let from = [Some((meeting, name)), None][dice.below(2)];
        let action = format!("{meeting} {name}");
        rows.board_action
            .push(world::board_action(board, from, &action, owner, "2026-03-01"));
    }
}

/// What some declare about an item; now and then they are recused.
fn interests(rows: &mut Rows, dice: &mut Dice<'_>, (board, meeting, item): (&str, &str, &str)) {
    use ConflictAssessment as A;
    for person in PEOPLE {
        let assessment = [None, Some(A::Recuse), Some(A::Pending), Some(A::Clear)][dice.below(4)];
        if assessment.is_some() {
            let mut row = world::interest(board, Some(&format!("{meeting} {item}")), person);
            row.assessment = assessment;
            rows.conflict_declaration.push(row);
        }
    }
}
