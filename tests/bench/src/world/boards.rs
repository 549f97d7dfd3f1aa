//! Boards, seats, members and what happened to their memberships.

use uuid::Uuid;

use super::parties::{partners, place};
use super::rows::{Cell, Rows, at, on};
use super::{BOARDS, HOSTS, MEMBERS, PARTNERSHIPS, PEOPLE, VISIBLE_BOARDS};

const TOPICS: [&str; 25] = [
    "Autism",
    "Befriending",
    "Brokerage",
    "Carers",
    "Complaints",
    "Day Opportunities",
    "Dementia",
    "Direct Payments",
    "Equipment",
    "Extra Care",
    "Falls",
    "Home Care",
    "Hospital Discharge",
    "Housing",
    "Information",
    "Learning Disability",
    "Mental Health",
    "Personal Assistants",
    "Quality",
    "Reablement",
    "Respite",
    "Safeguarding",
    "Technology",
    "Transitions",
    "Transport",
];
/// The steps to a seat, which all people of a board take in the first months.
const BEFORE: [&str; 5] = ["NOMINATED", "VISITOR", "INVITED", "INTERVIEW", "OFFERED"];
/// Minutes after the beginning at which the people of every board take their seats: five months.
const SEATS_TAKEN: usize = 216_000;

/// Boards with all that hangs on them.
pub fn boards(rows: &mut Rows) {
    let mut next_person = 0;
    for number in 0..BOARDS {
        let id = rows.key();
        rows.boards.push(id);
        board(rows, number, id);
        let mut memberships = Vec::new();
        for place in 0..size(number) {
            // A step coprime to their number deals everybody once before anybody twice, and never twice to one board.
            let person = rows.people[next_person * 7_919 % PEOPLE];
            next_person += 1;
            memberships.push(membership(rows, number, id, person, place));
        }
        history(rows, id, &memberships);
    }
}

/// Members of a board: every second board is large, the others are small, and all together have [`MEMBERS`].
#[must_use]
pub fn size(number: usize) -> usize {
    let average = MEMBERS / BOARDS;
    let apart = 8 + number / 2 % 5;
    if number.is_multiple_of(2) {
        average + apart
    } else {
        average - apart
    }
}

/// In which partnership a board is: the boards that the viewer does not see come last.
#[must_use]
pub fn partnership_of(number: usize) -> usize {
    number / (BOARDS / PARTNERSHIPS)
}

fn board(rows: &mut Rows, number: usize, id: Uuid) {
    let partnership = partnership_of(number);
    let host = partners(partnership)[number % HOSTS];
    // The first letter decides what comes last in a list by name.
    let letter = if number < VISIBLE_BOARDS { "" } else { "Zeal " };
    let topic = TOPICS[number % TOPICS.len()];
    let name = format!("{letter}{} {topic} Board {number}", place(number / TOPICS.len()));
    let kind = rows.one_of(&[
        "COPRODUCTION_BOARD",
        "COMMISSION",
        "REFERENCE_GROUP",
        "STEERING_GROUP",
    ]);
    let published = if number % 10 == 3 {
        Cell::Instant(at(10_000))
    } else {
        Cell::Null
    };
    rows.add_versioned(
        "board",
        at(number * 3),
        vec![
            ("id", Cell::Id(id)),
            ("name", Cell::Text(name)),
            ("kind", Cell::Text(kind.to_owned())),
            ("partnership_id", Cell::Id(rows.partnerships[partnership])),
            ("host_organisation_id", Cell::Id(rows.organisations[host])),
            (
                "purpose",
                Cell::Text(format!(
                    "To decide together how {} works here.",
                    topic.to_lowercase()
                )),
            ),
            ("quorum", Cell::Integer(5)),
            ("quorum_lived", Cell::Integer(2)),
            ("min_lived_bp", Cell::Integer(5_000)),
            ("term_months", Cell::Integer(24)),
            ("status", Cell::Text("ACTIVE".to_owned())),
            ("published_at", published),
        ],
    );
}

struct Membership {
    id: Uuid,
    person: Uuid,
    seat: Uuid,
    stage: &'static str,
}

fn membership(rows: &mut Rows, number: usize, board: Uuid, person: Uuid, place: usize) -> Membership {
    let seat = rows.key();
    let kind = rows.one_of(&["LIVED_EXPERIENCE", "CARER", "OFFICER", "PROVIDER", "VCSE"]);
    rows.add_versioned(
        "board_seat",
        at(number * 3),
        vec![
            ("id", Cell::Id(seat)),
            ("board_id", Cell::Id(board)),
            ("label", Cell::Text(format!("Seat {}", place + 1))),
            ("kind", Cell::Text(kind.to_owned())),
            ("voting", Cell::Boolean(place % 4 != 3)),
        ],
    );
    let id = rows.key();
    let stage = match rows.below(100) {
        // On boards that the viewer does not see anyway, some are not members yet.
        0..20 if number >= VISIBLE_BOARDS => "NOMINATED",
        0..7 => "ON_LEAVE",
        7..15 => "ENDED",
        _ => "ACTIVE",
    };
    let all = partners(partnership_of(number));
    let nominated_by = match (rows.below(4), rows.below(all.len())) {
        (0, _) => Cell::Null,
        (_, partner) => Cell::Id(rows.organisations[all[partner]]),
    };
    let joined = stage != "NOMINATED";
    let when = |value: Cell| if joined { value } else { Cell::Null };
    rows.add_versioned(
        "board_membership",
        at(number * 3 + place),
        vec![
            ("id", Cell::Id(id)),
            ("board_id", Cell::Id(board)),
            ("person_id", Cell::Id(person)),
            ("seat_id", when(Cell::Id(seat))),
            ("nominated_by_organisation_id", nominated_by),
            ("stage", Cell::Text(stage.to_owned())),
            ("from_on", when(Cell::Date(on(150 + place)))),
            ("to_on", when(Cell::Date(on(880 + place)))),
            (
                "end_reason",
                if stage == "ENDED" {
                    Cell::Text("STEPPED_DOWN".to_owned())
                } else {
                    Cell::Null
                },
            ),
            ("conflict_declared_at", when(Cell::Instant(at(SEATS_TAKEN)))),
        ],
    );
    Membership {
        id,
        person,
        seat,
        stage,
    }
}

/// The steps of a board's people, one after the other, so that no two happen at once: an order by time is then the same
/// whatever breaks ties. All steps before the seats are taken come before all steps after.
fn history(rows: &mut Rows, board: Uuid, memberships: &[Membership]) {
    let mut minute = 0;
    let mut before: Option<&'static str> = None;
    for stage in BEFORE {
        for membership in memberships {
            let is_there = membership.stage != "NOMINATED" || stage == "NOMINATED";
            // Not everybody is interviewed, and not everybody comes for a visit first.
            let skipped = matches!(stage, "VISITOR" | "INTERVIEW") && rows.below(2) == 0;
            if is_there && !skipped {
                minute += 31;
                step(rows, board, membership, before, stage, minute);
            }
        }
        before = Some(stage);
    }
    minute = SEATS_TAKEN;
    for membership in memberships
        .iter()
        .filter(|membership| membership.stage != "NOMINATED")
    {
        minute += 31;
        step(rows, board, membership, before, "ACTIVE", minute);
    }
    for membership in memberships {
        if matches!(membership.stage, "ON_LEAVE" | "ENDED") {
            minute += 1_009;
            step(rows, board, membership, Some("ACTIVE"), membership.stage, minute);
        }
    }
}

fn step(
    rows: &mut Rows,
    board: Uuid,
    membership: &Membership,
    from: Option<&'static str>,
    to: &'static str,
    minute: usize,
) {
    let id = rows.key();
    let seat = if matches!(to, "ACTIVE" | "ON_LEAVE" | "ENDED") {
        Cell::Id(membership.seat)
    } else {
        Cell::Null
    };
    rows.add(
        "board_membership_change",
        vec![
            ("id", Cell::Id(id)),
            ("membership_id", Cell::Id(membership.id)),
            ("board_id", Cell::Id(board)),
            ("person_id", Cell::Id(membership.person)),
            ("seat_id", seat),
            (
                "from_stage",
                from.map_or(Cell::Null, |stage| Cell::Text(stage.to_owned())),
            ),
            ("to_stage", Cell::Text(to.to_owned())),
            ("changed_at", Cell::Instant(at(minute))),
            ("reason", Cell::Text("As agreed at the meeting.".to_owned())),
            ("waiver", Cell::Boolean(false)),
        ],
    );
}
