//! What the Team-Up Board agreed to do: done, dropped, blocked, overdue, and still open.

use serde_json::{Value as Json, json};

use super::{BOARD, NOT_OVER};
use crate::demo::step::{Step, Waits, nothing};

const CHAIR: &str = "board-chair";
/// Facilitates the board.
const OFFICER: &str = "oxfordshire-officer";

fn action(
    (day, item): (i64, &str),
    name: &'static str,
    (title, owner, due_on): (&str, &'static str, i64),
) -> Step {
    let input = json!({
        "boardId": format!("@{BOARD}"),
        "agendaItemId": format!("@agenda_item.{item}"),
        "title": title,
        "ownerPersonId": format!("@person.{owner}"),
        "dueOn": due_on,
    });
    Step::make(day, CHAIR, "actionCreate", name, input)
}

/// What was agreed to be done.
pub(super) fn steps() -> Vec<Step> {
    let act = |day, by, mutation, name, more: Json| {
        Step::act(day, by, mutation, name, Waits::With("status", "OPEN"), more)
    };
    let (rounds, letter, questions) = ("action.rounds", "action.letter", "action.questions");
    let (hall, bus, film) = ("action.hall", "action.bus", "action.film");
    vec![
        action(
            (-153, "-155.same-worker"),
            rounds,
            (
                "Ask Windrush Homecare how it plans its rounds",
                "provider-user",
                -100,
            ),
        ),
        act(
            -105,
            "provider-user",
            "actionComplete",
            rounds,
            json!({ "note": "Rounds are planned by area from now on." }),
        ),
        action(
            (-98, "-100.plain-words"),
            letter,
            ("Rewrite the welcome letter in plain English", CHAIR, -60),
        ),
        act(-62, CHAIR, "actionComplete", letter, nothing()),
        action(
            (2, "0.panels"),
            questions,
            ("Write questions for the staff interview panel", OFFICER, 30),
        ),
        act(28, OFFICER, "actionComplete", questions, nothing()),
        action(
            (2, "0.panels"),
            film,
            ("Film a mock interview", "oxfordshire-councillor", 50),
        ),
        act(
            40,
            CHAIR,
            "actionDrop",
            film,
            json!({ "reason": "Members would rather rehearse together." }),
        ),
        action(
            (62, "60.quiet-room"),
            hall,
            ("Find a hall with a quiet room", OFFICER, 120),
        ),
        action(
            (62, "60.quiet-room"),
            bus,
            (
                "Ask the bus company for a stop at the hall",
                "oxfordshire-councillor",
                140,
            ),
        ),
        act(
            130,
            "oxfordshire-councillor",
            "actionBlock",
            bus,
            json!({ "reason": "The company answers in autumn." }),
        ),
        action(
            (112, "110.festival"),
            "action.stall",
            ("Plan the festival stall", "board-member", NOT_OVER),
        ),
    ]
}
