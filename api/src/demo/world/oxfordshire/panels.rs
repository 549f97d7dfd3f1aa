//! Vacancies and interview panels: one that has decided about a seat, one that scores for a post, and a vacancy that is open.

use serde_json::{Value as Json, json};

use super::super::build::seat_name;
use super::training::INTERVIEWING;
use super::{BOARD, COUNCIL, NOT_OVER, marked};
use crate::demo::step::{Sheet, Step, Waits, What, nothing, with};

const ADMIN: &str = "council-admin";
const CHAIR: &str = "board-chair";
const OFFICER: &str = "oxfordshire-officer";
const MEMBER: &str = "board-member";
const PROVIDER: &str = "provider-user";

pub(super) fn steps() -> Vec<Step> {
    let mut steps = SEAT.steps();
    steps.extend(POST.steps());
    steps.extend(announced(
        "carer-2",
        "A young carer on the Team-Up Board",
        Some("carer-2"),
        (145, NOT_OVER),
    ));
    steps
}

/// A vacancy is drafted and announced, and takes applications between two days.
fn announced(name: &str, title: &str, seat: Option<&str>, (from, to): (i64, i64)) -> Vec<Step> {
    let input = json!({
        "organisationId": format!("@{COUNCIL}"),
        "kind": if seat.is_some() { "BOARD_SEAT" } else { "STAFF_POST" },
        "title": title,
        "description": marked("You can apply in writing or by a recording, and ask for any format."),
        "opensAt": { "day": from, "time": "09:00:00Z" },
        "closesAt": { "day": to, "time": "18:00:00Z" },
    });
    let input = match seat {
        Some(seat) => with(input, "seatId", format!("@{}", seat_name(BOARD, seat))),
        None => input,
    };
    let (name, draft) = (format!("vacancy.{name}"), Waits::With("status", "DRAFT"));
    vec![
        Step::make(from - 1, ADMIN, "vacancyCreate", &name, input),
        Step::act(from - 1, ADMIN, "vacancyOpen", name, draft, nothing()),
    ]
}

/// A vacancy with its panel, in one round.
struct Round {
    name: &'static str,
    title: &'static str,
    seat: Option<&'static str>,
    course: Option<&'static str>,
    /// The day on which it opens; the others are counted from it.
    day: i64,
    /// Subject, and what they wrote.
    applicants: &'static [(&'static str, &'static str)],
    /// Subject, capacity, whom they are recused from. The first leads the panel.
    panellists: &'static [(&'static str, &'static str, Option<&'static str>)],
    questions: &'static [(&'static str, i32)],
    /// Who scores whom with what.
    sheets: &'static [(&'static str, &'static str, [i32; 2])],
    /// About whom, with which outcome, and what they are told.
    decisions: &'static [(&'static str, &'static str, &'static str)],
}

/// The seat of a member whose term had ended: the panel has decided, and the offer waits for an answer.
const SEAT: Round = Round {
    name: "lived-3",
    title: "A voice for people with mental health needs",
    seat: Some("lived-3"),
    course: None,
    day: 63,
    applicants: &[
        (
            "oxfordshire-candidate",
            "People with mental health needs are seldom in the room.",
        ),
        ("former-member", "I would be glad to come back."),
    ],
    panellists: &[
        (CHAIR, "LIVED_EXPERIENCE", None),
        (MEMBER, "LIVED_EXPERIENCE", None),
        (OFFICER, "STAFF", Some("former-member")),
    ],
    questions: &[
        ("Tell us about a time when somebody listened to you.", 6_000),
        ("How would you find out what others think?", 4_000),
    ],
    sheets: &[
        (CHAIR, "oxfordshire-candidate", [5, 4]),
        (CHAIR, "former-member", [4, 3]),
        (OFFICER, "oxfordshire-candidate", [4, 4]),
        (MEMBER, "oxfordshire-candidate", [5, 5]),
        (MEMBER, "former-member", [4, 4]),
    ],
    decisions: &[
        (
            "oxfordshire-candidate",
            "APPOINT",
            "You told us what nobody else had. We would like you to join.",
        ),
        (
            "former-member",
            "RESERVE",
            "You know the board well. We will ring you when a seat becomes free.",
        ),
    ],
};

/// A post at the council: one panellist has handed in, another is recused from a candidate, and the member has yet to score.
const POST: Round = Round {
    name: "connector",
    title: "Community connector",
    seat: None,
    course: Some(INTERVIEWING),
    day: 115,
    applicants: &[
        ("visitor", "I know half of the county by its first name."),
        ("former-member", "I have sat on the other side."),
    ],
    panellists: &[
        (OFFICER, "STAFF", None),
        (MEMBER, "LIVED_EXPERIENCE", None),
        (PROVIDER, "PROFESSIONAL", Some("former-member")),
    ],
    questions: &[
        (
            "Somebody has not left the house for a year. What do you do first?",
            5_000,
        ),
        ("When did you last change your mind, and why?", 5_000),
    ],
    sheets: &[
        (OFFICER, "visitor", [5, 4]),
        (OFFICER, "former-member", [3, 4]),
        (PROVIDER, "visitor", [4, 4]),
    ],
    decisions: &[],
};

impl Round {
    fn of(&self, kind: &str, who: &str) -> String {
        format!("{kind}.{}.{who}", self.name)
    }

    fn panel(&self) -> String {
        format!("interview_panel.{}", self.name)
    }

    fn leader(&self) -> &'static str {
        self.panellists.first().map_or(ADMIN, |(subject, ..)| subject)
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = announced(self.name, self.title, self.seat, (self.day, self.day + 13));
        steps.extend(self.applications());
        steps.extend(self.formed());
        steps.extend(self.declarations());
        steps.extend(self.prepared());
        steps.extend(self.scored());
        steps.extend(self.decided());
        steps
    }

    fn applications(&self) -> Vec<Step> {
        let apply = |(subject, statement): &(&'static str, &'static str)| Step {
            day: self.day + 7,
            actor: subject,
            what: What::Apply {
                name: self.of("application", subject),
                vacancy: format!("vacancy.{}", self.name),
                statement,
            },
        };
        let mut steps: Vec<_> = self.applicants.iter().map(apply).collect();
        let (vacancy, open) = (format!("vacancy.{}", self.name), Waits::With("status", "OPEN"));
        steps.push(Step::act(
            self.day + 14,
            ADMIN,
            "vacancyClose",
            vacancy,
            open,
            nothing(),
        ));
        steps
    }

    fn formed(&self) -> Vec<Step> {
        let day = self.day + 14;
        let panel = json!({ "vacancyId": format!("@vacancy.{}", self.name), "moderationThreshold": 2 });
        let panel = match self.course {
            Some(course) => with(panel, "requiredCourseId", format!("@{course}")),
            None => panel,
        };
        let mut steps = vec![Step::make(
            day,
            ADMIN,
            "interviewPanelCreate",
            self.panel(),
            panel,
        )];
        for (subject, capacity, _) in self.panellists {
            let input = json!({
                "panelId": format!("@{}", self.panel()),
                "personId": format!("@person.{subject}"),
                "capacity": capacity,
                "chair": *subject == self.leader(),
            });
            let name = self.of("panellist", subject);
            steps.push(Step::make(day, ADMIN, "panellistAdd", name, input));
        }
        steps
    }

    fn declarations(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (subject, _, recused) in self.panellists {
            let panel = format!("@{}", self.panel());
            let input = match recused {
                None => json!({ "panelId": panel, "nature": "NONE" }),
                Some(_) => json!({
                    "panelId": panel,
                    "nature": "PERSONAL",
                    "level": "PERCEIVED",
                    "detail": "We have worked side by side for years.",
                }),
            };
            let name = self.of("conflict", subject);
            steps.push(Step::make(
                self.day + 15,
                subject,
                "conflictDeclare",
                &name,
                input,
            ));
            if let Some(candidate) = recused {
                let assessed = json!({
                    "assessment": "RECUSE",
                    "applicationId": format!("@{}", self.of("application", candidate)),
                });
                let pending = Waits::With("assessment", "PENDING");
                steps.push(Step::act(
                    self.day + 16,
                    self.leader(),
                    "conflictAssess",
                    name,
                    pending,
                    assessed,
                ));
            }
        }
        steps
    }

    /// The questions are set on a new panel, which has the version 1.
    fn prepared(&self) -> Vec<Step> {
        let question = |(text, weight): &(&str, i32)| -> Json {
            json!({ "text": text, "weightBp": weight, "maxScore": 5 })
        };
        let questions: Vec<_> = self.questions.iter().map(question).collect();
        let input = json!({
            "id": format!("@{}", self.panel()),
            "expectedVersion": 1,
            "questions": questions,
        });
        let (day, by) = (self.day + 17, self.leader());
        let questions = format!("questions.{}", self.name);
        let mut steps = vec![Step::make(
            day,
            by,
            "interviewPanelSetQuestions",
            questions,
            input,
        )];
        let on_the_panel = |mutation, status| {
            let waits = Waits::With("status", status);
            Step::act(day + 1, by, mutation, self.panel(), waits, nothing())
        };
        steps.push(on_the_panel("interviewPanelMarkReady", "FORMING"));
        steps.extend(self.applicants.iter().map(|(subject, _)| {
            let submitted = Waits::With("status", "SUBMITTED");
            let application = self.of("application", subject);
            Step::act(
                day + 1,
                by,
                "applicationShortlist",
                application,
                submitted,
                nothing(),
            )
        }));
        steps.push(on_the_panel("interviewPanelStartScoring", "READY"));
        steps
    }

    fn scored(&self) -> Vec<Step> {
        let sheet = |(subject, about, scores): &(&'static str, &str, [i32; 2])| Step {
            day: self.day + 21,
            actor: subject,
            what: What::HandIn(Sheet {
                name: self.of(&format!("score_sheet.{subject}"), about),
                panel: self.panel(),
                panellist: self.of("panellist", subject),
                application: self.of("application", about),
                scores: *scores,
            }),
        };
        self.sheets.iter().map(sheet).collect()
    }

    fn decided(&self) -> Vec<Step> {
        let decide = |(about, outcome, feedback): &(&str, &str, &str)| {
            let input = json!({
                "applicationId": format!("@{}", self.of("application", about)),
                "outcome": outcome,
                "reason": marked("What was said for and against stands with the scores."),
                "feedback": feedback,
            });
            let name = self.of("panel_decision", about);
            Step::make(self.day + 25, self.leader(), "panelDecisionRecord", name, input)
        };
        self.decisions.iter().map(decide).collect()
    }
}
