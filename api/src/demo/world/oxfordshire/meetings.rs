//! A year of the Team-Up Board: what it met for, decided and did.

use serde_json::json;

use super::super::gathering::Gathering;
use super::BOARD;
use crate::demo::step::{Step, Waits, nothing, with};

const CHAIR: &str = "board-chair";
/// Facilitates the board, and writes its minutes.
const OFFICER: &str = "oxfordshire-officer";
const ADMIN: &str = "council-admin";

/// Something that a meeting dealt with.
struct Item {
    name: &'static str,
    title: &'static str,
    kind: &'static str,
    confidential: bool,
    /// Text, method with votes, outcome.
    decision: Option<(&'static str, Option<[i32; 3]>, &'static str)>,
}

const fn item(name: &'static str, title: &'static str, kind: &'static str) -> Item {
    Item {
        name,
        title,
        kind,
        confidential: false,
        decision: None,
    }
}

const fn decided(
    name: &'static str,
    title: &'static str,
    decision: (&'static str, Option<[i32; 3]>, &'static str),
) -> Item {
    Item {
        decision: Some(decision),
        ..item(name, title, "DECISION")
    }
}

pub(super) fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    let mut before: Option<i64> = None;
    for (day, visited, apologies, items) in year() {
        let meeting = Gathering {
            board: BOARD,
            host_admin: ADMIN,
            day,
        };
        // A meeting that somebody visited is told with their way on to the board.
        if !visited {
            steps.extend(meeting.announced());
            steps.extend(meeting.held_without(apologies));
        }
        steps.extend(items.iter().flat_map(|item| dealt_with(&meeting, item)));
        steps.extend(minutes(&meeting, before));
        before = Some(day);
    }
    steps.extend(proposal());
    steps
}

/// The meetings of the year: the day, whether somebody visited it, who sent apologies, what it dealt with.
fn year() -> Vec<(i64, bool, &'static [&'static str], Vec<Item>)> {
    let same_worker = "Providers are asked to send the same care worker each visit, and call monitoring shows whether they do.";
    let plain_words =
        "Papers are written in plain English, with an easy-read version a week before the meeting.";
    let panels = "Members sit on the interview panels for staff who work with people.";
    let quiet = "Every meeting has a quiet room and a break each hour.";
    let stall = "The board has a stall at the summer festival, run by members.";
    vec![
        (
            -155,
            false,
            &[],
            vec![decided(
                "same-worker",
                "The same care worker each visit",
                (same_worker, None, "APPROVED"),
            )],
        ),
        (
            -100,
            false,
            &["provider-user"],
            vec![
                decided(
                    "plain-words",
                    "Papers that everybody can read",
                    (plain_words, Some([4, 0, 0]), "APPROVED"),
                ),
                item("monitoring", "What call monitoring shows", "INFORMATION"),
            ],
        ),
        (
            -45,
            false,
            &[],
            vec![decided(
                "panels-first",
                "Members on interview panels",
                (panels, Some([2, 2, 1]), "DEFERRED"),
            )],
        ),
        (
            0,
            true,
            &[],
            vec![decided(
                "panels",
                "Members on interview panels, again",
                (panels, None, "APPROVED"),
            )],
        ),
        (
            60,
            true,
            &[],
            vec![
                decided(
                    "quiet-room",
                    "A quiet room for every meeting",
                    (quiet, Some([5, 0, 0]), "APPROVED"),
                ),
                Item {
                    confidential: true,
                    ..item("complaint", "A complaint that names a person", "DISCUSSION")
                },
            ],
        ),
        (
            110,
            true,
            &[],
            vec![decided(
                "festival",
                "A stall at the festival",
                (stall, None, "APPROVED"),
            )],
        ),
    ]
}

fn item_name(meeting: &Gathering, item: &str) -> String {
    format!("agenda_item.{}.{item}", meeting.day)
}

/// The chair puts it on the agenda; what was decided is recorded the day after.
fn dealt_with(meeting: &Gathering, item: &Item) -> Vec<Step> {
    let name = item_name(meeting, item.name);
    let on_the_agenda = json!({
        "meetingId": format!("@{}", meeting.name()),
        "title": item.title,
        "kind": item.kind,
        "confidential": item.confidential,
    });
    let mut steps = vec![Step::make(
        meeting.day - 9,
        CHAIR,
        "agendaItemPropose",
        &name,
        on_the_agenda,
    )];
    if let Some((text, votes, outcome)) = item.decision {
        let decision = json!({ "agendaItemId": format!("@{name}"), "text": text, "outcome": outcome });
        let decision = match votes {
            None => with(decision, "method", "CONSENSUS"),
            Some([votes_for, against, abstain]) => {
                let counted = with(with(decision, "method", "VOTE"), "votesFor", votes_for);
                with(with(counted, "votesAgainst", against), "votesAbstain", abstain)
            }
        };
        let recorded = format!("decision.{}.{}", meeting.day, item.name);
        steps.push(Step::make(
            meeting.day + 1,
            CHAIR,
            "boardDecisionRecord",
            recorded,
            decision,
        ));
    }
    steps
}

/// The minutes are written, and the meeting approves those of the one before.
fn minutes(meeting: &Gathering, before: Option<i64>) -> Vec<Step> {
    let written = json!({
        "minutes": "Demonstration data. We met, went through the agenda, and agreed what stands under decisions and actions.",
    });
    let held = Waits::With("status", "HELD");
    let mut steps = vec![Step::act(
        meeting.day + 4,
        OFFICER,
        "meetingMinutesDraft",
        meeting.name(),
        held,
        written,
    )];
    if let Some(before) = before {
        let earlier = Gathering {
            day: before,
            ..*meeting
        };
        let approval = json!({ "approvedByMeetingId": format!("@{}", meeting.name()) });
        let draft = Waits::With("status", "MINUTES_DRAFT");
        steps.push(Step::act(
            meeting.day + 2,
            CHAIR,
            "meetingMinutesApprove",
            earlier.name(),
            draft,
            approval,
        ));
    }
    steps
}

/// A member proposes something for the meeting on day 110, and the chair accepts it.
fn proposal() -> Vec<Step> {
    let name = "agenda_item.110.plain-letters";
    let proposed = json!({
        "meetingId": format!("@meeting.{BOARD}.110"),
        "title": "Letters that say what to do next",
        "summary": "The letters I get do not say whom to ring.",
        "kind": "DISCUSSION",
    });
    let waits = Waits::With("status", "PROPOSED");
    vec![
        Step::make(102, "board-member", "agendaItemPropose", name, proposed),
        Step::act(103, CHAIR, "agendaItemAccept", name, waits, nothing()),
    ]
}
