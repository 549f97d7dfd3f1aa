//! Boards at work: meetings, what follows from them, and a member who sits on some of the boards.

use uuid::Uuid;

use super::parties::own_account;
use super::rows::{Cell, Rows, at, on};
use super::{ACTIONS_OF_MEETING, BOARDS, HELD_MEETINGS, MEMBER, OWN_BOARDS};

/// Minutes after the beginning of the first meeting of every board, and from one to the next: four weeks.
const FIRST: usize = 260_000;
const APART: usize = 40_320;
/// Days after the beginning of the meetings to come: far enough ahead that the world does not age.
const TO_COME: [usize; 2] = [36_000, 36_028];

/// Meetings and actions of every board, and the member.
pub fn work(rows: &mut Rows) {
    for number in 0..BOARDS {
        let board = rows.boards[number];
        for meeting in 0..HELD_MEETINGS {
            // No two meetings of a board, and no two actions of a meeting, have the same place in their orders.
            let starts = FIRST + meeting * APART + number * 15;
            let id = add_meeting(rows, board, ("HELD", meeting + 1), starts);
            for action in 0..ACTIONS_OF_MEETING {
                add_action(rows, (board, id), (number, starts / 1_440 + 20 + action), action);
            }
        }
        for (place, day) in TO_COME.into_iter().enumerate() {
            let starts = day * 1_440 + 600 + number * 15;
            add_meeting(rows, board, ("PUBLISHED", HELD_MEETINGS + place + 1), starts);
        }
    }
    let person = own_account(rows, MEMBER);
    for place in 0..OWN_BOARDS {
        sit(rows, rows.boards[own_board(place)], person, place);
    }
}

/// The boards on which the member sits: large ones that are not published.
const fn own_board(place: usize) -> usize {
    place * 2
}

fn add_meeting(rows: &mut Rows, board: Uuid, (status, number): (&'static str, usize), starts: usize) -> Uuid {
    let id = rows.key();
    rows.add_versioned(
        "meeting",
        at(starts - 60_000),
        vec![
            ("id", Cell::Id(id)),
            ("board_id", Cell::Id(board)),
            ("title", Cell::Text(format!("Meeting {number}"))),
            ("starts_at", Cell::Instant(at(starts))),
            ("ends_at", Cell::Instant(at(starts + 120))),
            ("papers_due_at", Cell::Instant(at(starts - 10_080))),
            ("venue", Cell::Text("Town Hall, Room 2".to_owned())),
            ("status", Cell::Text(status.to_owned())),
            ("published_at", Cell::Instant(at(starts - 50_000))),
        ],
    );
    id
}

fn add_action(rows: &mut Rows, (board, meeting): (Uuid, Uuid), (number, due): (usize, usize), place: usize) {
    let id = rows.key();
    let owner = rows.people[(number * 31 + place) % rows.people.len()];
    let status = rows.one_of(&["OPEN", "DONE", "DONE", "DONE", "BLOCKED", "DONE"]);
    let closed = if status == "DONE" {
        Cell::Instant(at(due * 1_440))
    } else {
        Cell::Null
    };
    rows.add_versioned(
        "board_action",
        at(due * 1_440 - 20_000),
        vec![
            ("id", Cell::Id(id)),
            ("board_id", Cell::Id(board)),
            ("meeting_id", Cell::Id(meeting)),
            (
                "title",
                Cell::Text(format!("Write to those concerned, part {}", place + 1)),
            ),
            ("owner_person_id", Cell::Id(owner)),
            ("due_on", Cell::Date(on(due))),
            ("status", Cell::Text(status.to_owned())),
            ("closed_at", closed),
        ],
    );
}

fn sit(rows: &mut Rows, board: Uuid, person: Uuid, place: usize) {
    let seat = rows.key();
    rows.add_versioned(
        "board_seat",
        at(FIRST),
        vec![
            ("id", Cell::Id(seat)),
            ("board_id", Cell::Id(board)),
            ("label", Cell::Text("Seat of the member".to_owned())),
            ("kind", Cell::Text("LIVED_EXPERIENCE".to_owned())),
            ("voting", Cell::Boolean(true)),
        ],
    );
    let id = rows.key();
    rows.add_versioned(
        "board_membership",
        at(FIRST + place),
        vec![
            ("id", Cell::Id(id)),
            ("board_id", Cell::Id(board)),
            ("person_id", Cell::Id(person)),
            ("seat_id", Cell::Id(seat)),
            ("nominated_by_organisation_id", Cell::Null),
            ("stage", Cell::Text("ACTIVE".to_owned())),
            ("from_on", Cell::Date(on(150))),
            ("to_on", Cell::Date(on(36_500))),
            ("end_reason", Cell::Null),
            ("conflict_declared_at", Cell::Instant(at(FIRST))),
        ],
    );
}
