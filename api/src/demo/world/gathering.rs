//! Meetings of boards: announced, held, and who came.

use std::collections::BTreeSet;

use serde_json::json;

use crate::demo::step::{Step, Waits, What, nothing};

/// How long before a meeting it is announced, in days.
const NOTICE: i64 = 12;

/// A meeting on a day, run by the administrator of the board's host.
#[derive(Clone, Copy)]
pub(super) struct Gathering {
    pub board: &'static str,
    pub host_admin: &'static str,
    pub day: i64,
}

impl Gathering {
    /// The meeting's name in the script.
    pub fn name(&self) -> String {
        format!("meeting.{}.{}", self.board, self.day)
    }

    /// It is announced, and everybody on the board is invited.
    pub fn announced(&self) -> Vec<Step> {
        let day = self.day - NOTICE;
        let input = json!({
            "boardId": format!("@{}", self.board),
            "title": "Meeting of the board",
            "startsAt": { "day": self.day, "time": "10:00:00Z" },
            "endsAt": { "day": self.day, "time": "12:30:00Z" },
            "venue": "The library, room with step-free access",
            "onlineUrl": "https://meet.example.org/board",
        });
        let draft = Waits::With("status", "DRAFT");
        vec![
            Step::make(day, self.host_admin, "meetingCreate", self.name(), input),
            Step::act(
                day,
                self.host_admin,
                "meetingPublish",
                self.name(),
                draft,
                nothing(),
            ),
        ]
    }

    /// Somebody is asked to come, as a visitor.
    pub fn visited_by(&self, subject: &str) -> Step {
        let input = json!({
            "meetingId": format!("@{}", self.name()),
            "personId": format!("@person.{subject}"),
            "capacity": "VISITOR",
        });
        let name = format!("attendance.{}.{}.{subject}", self.board, self.day);
        Step::make(
            self.day - NOTICE + 1,
            self.host_admin,
            "attendanceInvite",
            name,
            input,
        )
    }

    /// The day after: it was held, and everybody who was invited came.
    pub fn held(&self) -> Vec<Step> {
        self.held_without(&[])
    }

    /// The same, with the apologies of some.
    pub fn held_without(&self, apologies: &'static [&'static str]) -> Vec<Step> {
        let published = Waits::With("status", "PUBLISHED");
        let attend = What::Attend {
            meeting: self.name(),
            apologies,
        };
        vec![
            Step::act(
                self.day + 1,
                self.host_admin,
                "meetingHold",
                self.name(),
                published,
                nothing(),
            ),
            Step {
                day: self.day + 1,
                actor: self.host_admin,
                what: attend,
            },
        ]
    }
}

/// Several people visit the same meeting, which takes place once: what is told again about a meeting is left out.
pub(super) fn once(steps: Vec<Step>) -> Vec<Step> {
    let mut told = BTreeSet::new();
    let of_a_meeting = |step: &Step| match &step.what {
        What::Make { mutation, .. } | What::Act { mutation, .. } => {
            matches!(*mutation, "meetingCreate" | "meetingPublish" | "meetingHold")
        }
        What::Attend { .. } => true,
        _ => false,
    };
    steps
        .into_iter()
        .filter(|step| !of_a_meeting(step) || told.insert(step.label()))
        .collect()
}
