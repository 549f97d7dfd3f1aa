//! The next meeting of the Team-Up Board, to which a visitor is asked again.

use serde_json::json;

use super::BOARD;
use crate::demo::step::{Step, Waits, What, nothing, with};

const CHAIR: &str = "board-chair";
const ADMIN: &str = "council-admin";
/// The meeting that is still to come.
const NEXT: &str = "meeting.board.team-up.next";

pub(super) fn steps() -> Vec<Step> {
    let propose =
        |title: &str, kind: &str| json!({ "meetingId": format!("@{NEXT}"), "title": title, "kind": kind });
    let secret = with(
        propose("Who speaks for a member who is ill", "DISCUSSION"),
        "confidential",
        true,
    );
    let visitor = json!({
        "meetingId": format!("@{NEXT}"),
        "personId": "@person.visitor",
        "capacity": "VISITOR",
    });
    let paper = |title: &str, format: &str, body: &str| {
        json!({
            "agendaItemId": "@agenda_item.next.plan",
            "title": title,
            "format": format,
            "mediaType": "text/plain",
            "body": body,
        })
    };
    let plan = paper(
        "Our plan for the year",
        "STANDARD",
        "Demonstration data. Four aims, each with a group that includes members.",
    );
    let easy = paper(
        "Our plan, easy to read",
        "EASY_READ",
        "Demonstration data. We want to do four things. We will do them together.",
    );
    vec![
        Step {
            day: 148,
            actor: ADMIN,
            what: What::MeetingToCome {
                name: NEXT,
                called: "Next meeting of the board",
                board: BOARD,
            },
        },
        Step::act(
            148,
            ADMIN,
            "meetingPublish",
            NEXT,
            Waits::With("status", "DRAFT"),
            nothing(),
        ),
        Step::make(
            148,
            CHAIR,
            "agendaItemPropose",
            "agenda_item.next.plan",
            propose("Our plan for the year", "DECISION"),
        ),
        Step::make(148, CHAIR, "agendaItemPropose", "agenda_item.next.member", secret),
        Step::make(
            148,
            "board-member",
            "agendaItemPropose",
            "agenda_item.next.photos",
            propose("Photographs in easy-read papers", "DECISION"),
        ),
        Step::make(148, CHAIR, "paperAdd", "paper.next.plan", plan),
        Step::make(
            148,
            CHAIR,
            "paperAdd",
            "paper.next.plan-easy",
            with(easy, "originalId", "@paper.next.plan"),
        ),
        Step::make(148, ADMIN, "attendanceInvite", "attendance.next.visitor", visitor),
    ]
}
