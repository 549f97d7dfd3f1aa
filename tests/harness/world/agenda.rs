//! What is on the agendas of the boards' meetings, and what was decided and done about it.

use entity::meetings::kinds::{
    ActionStatus, AgendaItemKind, AgendaItemStatus, DecisionMethod, DecisionOutcome,
};
use entity::meetings::{agenda_item, board_action, board_decision};

use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill_items(rows: &mut Rows) {
    use AgendaItemStatus as S;
    for (board, of, name, status, confidential) in [
        ("team-up", "next", "open", S::Accepted, false),
        ("team-up", "next", "second", S::Accepted, false),
        ("team-up", "next", "secret", S::Accepted, true),
        ("team-up", "next", "proposed", S::Proposed, false),
        ("team-up", "next", "declined", S::Declined, false),
        ("team-up", "held", "open", S::Accepted, false),
        ("team-up", "held", "secret", S::Accepted, true),
        ("team-up", "first", "open", S::Accepted, false),
        ("quiet", "next", "open", S::Accepted, false),
        ("quiet", "next", "secret", S::Accepted, true),
        ("fernley-commission", "next", "open", S::Accepted, false),
        ("fernley-commission", "next", "secret", S::Accepted, true),
        ("fernley-inner", "next", "open", S::Accepted, false),
    ] {
        let mut item = agenda_item(board, of, name, confidential);
        item.status = status;
        if name == "second" {
            item.ordinal = 2;
            item.kind = AgendaItemKind::Discussion;
        }
        if status != S::Accepted {
            item.proposed_by_person_id = Some(key("person", "board-member"));
        }
        item.decline_reason = (status == S::Declined)
            .then(|| canary("agenda_item", &format!("{board} {of} {name}"), "decline_reason"));
        rows.agenda_item.push(item);
    }
}

/// An item for decision on the agenda; its name in the world is the meeting's and its own.
pub fn agenda_item(board: &str, meeting: &str, name: &str, confidential: bool) -> agenda_item::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {name}");
    agenda_item::Model {
        id: key("agenda_item", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        ordinal: 1,
        title: canary("agenda_item", &name, "title"),
        summary: Some(canary("agenda_item", &name, "summary")),
        kind: AgendaItemKind::Decision,
        confidential,
        status: AgendaItemStatus::Accepted,
        proposed_by_person_id: None,
        decline_reason: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

pub(super) fn fill_outcomes(rows: &mut Rows) {
    for (of, item) in [("first", "open"), ("held", "open"), ("held", "secret")] {
        rows.board_decision.push(board_decision("team-up", of, item));
    }
    use ActionStatus as S;
    for (board, item, name, owner, due_on, status) in [
        (
            "team-up",
            Some(("held", "open")),
            "late",
            "board-member",
            "2026-02-20",
            S::Open,
        ),
        (
            "team-up",
            Some(("held", "secret")),
            "secret",
            "board-chair",
            "2026-04-01",
            S::Open,
        ),
        (
            "team-up",
            Some(("first", "open")),
            "done",
            "board-member",
            "2026-02-01",
            S::Done,
        ),
        (
            "team-up",
            None,
            "stuck",
            "provider-user",
            "2026-05-01",
            S::Blocked,
        ),
        (
            "quiet",
            Some(("next", "open")),
            "open",
            "quiet-member",
            "2026-05-01",
            S::Open,
        ),
        (
            "fernley-commission",
            None,
            "open",
            "fernley-member",
            "2026-02-01",
            S::Open,
        ),
    ] {
        let mut action = board_action(board, item, name, owner, due_on);
        action.status = status;
        action.closed_at = (status == S::Done).then(|| at("2026-01-30T09:00:00Z"));
        rows.board_action.push(action);
    }
}

/// A consensus on an item; its name in the world is the item's.
pub fn board_decision(board: &str, meeting: &str, item: &str) -> board_decision::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {item}");
    board_decision::Model {
        id: key("board_decision", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        agenda_item_id: key("agenda_item", &name),
        text: canary("board_decision", &name, "text"),
        method: DecisionMethod::Consensus,
        outcome: DecisionOutcome::Approved,
        votes_for: None,
        votes_against: None,
        votes_abstain: None,
        voting_present: 2,
        lived_present: 2,
        decided_at: at("2026-03-01T11:00:00Z"),
    }
}

/// Something to be done; its name in the world is the board's and its own.
pub fn board_action(
    board: &str,
    item: Option<(&str, &str)>,
    name: &str,
    owner: &str,
    due_on: &str,
) -> board_action::Model {
    let name = format!("{board} {name}");
    board_action::Model {
        id: key("action", &name),
        board_id: key("board", board),
        meeting_id: item.map(|(meeting, _)| key("meeting", &format!("{board} {meeting}"))),
        agenda_item_id: item.map(|(meeting, item)| key("agenda_item", &format!("{board} {meeting} {item}"))),
        title: canary("board_action", &name, "title"),
        detail: Some(canary("board_action", &name, "detail")),
        owner_person_id: key("person", owner),
        due_on: day(due_on),
        status: ActionStatus::Open,
        status_note: Some(canary("board_action", &name, "status_note")),
        closed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
