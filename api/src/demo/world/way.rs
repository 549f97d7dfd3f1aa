//! The way on to a board (`domain.md` 1, row 4, and 2.2).

use serde_json::{Value as Json, json};

use super::build::seat_name;
use super::gathering::Gathering;
use crate::demo::step::{Step, Waits, nothing, with};

/// How far somebody gets on the way on to a board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    Visitor,
    Interview,
    Offered,
    Member,
}

/// Somebody on their way on to a board.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub subject: &'static str,
    pub board: &'static str,
    pub seat: &'static str,
    /// Who moves them on: the chair or the host's administrator.
    pub mover: &'static str,
    /// The administrator of the board's host, who runs the meeting they visit.
    pub host_admin: &'static str,
    /// The administrator and the organisation that put them forward.
    pub nominated_by: (&'static str, &'static str),
    /// The day of the visit or, for councillors and officers, of the nomination.
    pub day: i64,
    /// Whether a panel decided about them; otherwise the chair says why none did.
    pub panel: bool,
    /// The days of the term, where they differ from the board's own.
    pub term: Option<(i64, i64)>,
}

impl Candidate {
    fn membership(&self) -> String {
        format!("membership.{}.{}", self.board, self.subject)
    }

    fn nominate(&self, day: i64, motivation: &str) -> Step {
        let (administrator, organisation) = self.nominated_by;
        let input = json!({
            "boardId": format!("@{}", self.board),
            "personId": format!("@person.{}", self.subject),
            "nominatedByOrganisationId": format!("@{organisation}"),
            "motivation": motivation,
        });
        Step::make(
            day,
            administrator,
            "boardMembershipNominate",
            self.membership(),
            input,
        )
    }

    fn at(&self, stage: &'static str, day: i64, mutation: &'static str, input: Json) -> Step {
        let waits = Waits::With("stage", stage);
        Step::act(day, self.mover, mutation, self.membership(), waits, input)
    }

    fn offer(&self, stage: &'static str, day: i64, waiver: Option<&str>) -> Step {
        let seat = format!("@{}", seat_name(self.board, self.seat));
        let mut input = json!({ "seatId": seat });
        if let Some(waiver) = waiver {
            input = with(input, "waiverReason", waiver);
        }
        if let Some((from, to)) = self.term {
            input = with(with(input, "fromOn", from), "toOn", to);
        }
        self.at(stage, day, "boardMembershipOffer", input)
    }

    fn accept(&self, day: i64) -> Step {
        let accepting = Self {
            mover: self.subject,
            ..*self
        };
        accepting.at(
            "OFFERED",
            day,
            "boardMembershipAccept",
            json!({ "conflictsDeclared": true }),
        )
    }

    /// The way of most people: nomination, visit of a meeting, invitation, interview, offer, acceptance.
    pub fn visits(&self, motivation: &str, until: Until) -> Vec<Step> {
        let visit = self.day;
        let meeting = Gathering {
            board: self.board,
            host_admin: self.host_admin,
            day: visit,
        };
        let visited = json!({ "visitedOn": visit, "reason": "Watched a meeting, and asked good questions." });
        let interviewed =
            "The chair and two members interviewed them and agreed. Panels were recorded on paper then.";
        let way = [
            (
                Until::Visitor,
                self.at("NOMINATED", visit + 1, "boardMembershipRecordVisit", visited),
            ),
            (
                Until::Interview,
                self.at("VISITOR", visit + 10, "boardMembershipInvite", nothing()),
            ),
            (
                Until::Interview,
                self.at("INVITED", visit + 24, "boardMembershipInterview", nothing()),
            ),
            (
                Until::Offered,
                self.offer("INTERVIEW", visit + 31, (!self.panel).then_some(interviewed)),
            ),
            (Until::Member, self.accept(visit + 38)),
        ];
        std::iter::once(self.nominate(visit - 14, motivation))
            .chain(meeting.announced())
            .chain(std::iter::once(meeting.visited_by(self.subject)))
            .chain(meeting.held())
            .chain(
                way.into_iter()
                    .filter(|(stage, _)| *stage <= until)
                    .map(|(_, step)| step),
            )
            .collect()
    }

    /// The way of councillors and officers: nomination, offer, acceptance.
    pub fn co_opted(&self, motivation: &str) -> Vec<Step> {
        vec![
            self.nominate(self.day, motivation),
            self.offer("NOMINATED", self.day + 7, None),
            self.accept(self.day + 14),
        ]
    }
}
