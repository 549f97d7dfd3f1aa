//! Peer reviewers look at home care in Oxfordshire twice: what they found the first time is published, with what the provider said to
//! it; the second time the provider has it and can comment.

use serde_json::{Value as Json, json};

use super::{COUNCIL, marked};
use crate::demo::step::{Step, Waits, nothing};

const COURSE: &str = "training_course.peer-review";
const LEAD: &str = "board-chair";
/// He has help from this provider himself, and reviews with precautions.
const OTHER: &str = "board-member";

/// A visit: when it takes place, counted from the visit to the board, and what the reviewers say.
struct Looked {
    name: &'static str,
    day: i64,
    /// Level and evidence, for each outcome.
    ratings: [(&'static str, &'static str); 3],
    for_provider: &'static str,
    for_public: &'static str,
    /// What the provider says to it, where it has.
    comment: Option<&'static str>,
}

const LOOKED: [Looked; 2] = [
    Looked {
        name: "monitoring_visit.first",
        day: 85,
        ratings: [
            (
                "NOT_GOOD",
                "Seven of nine people did not know who would come on the day after our visit. Two showed us rotas without names.",
            ),
            (
                "OK",
                "Calls last as long as they are planned. Five people said that nobody has time to sit down.",
            ),
            (
                "OK",
                "Everybody had been asked in spring. Nobody could tell us what came of it.",
            ),
        ],
        for_provider: "The rota leaves the office on the evening before. Send it two days earlier, with names, and most of what people told us \
                       goes away.",
        for_public: "People like those who help them, and want to know who comes. They have been asked what they think, and are waiting \
                     to hear what came of it.",
        comment: Some(
            "Thank you for looking with us. Rotas carry names now and go out two days ahead; we tell everybody in the next newsletter what we \
             changed.",
        ),
    },
    Looked {
        name: "monitoring_visit.second",
        day: 134,
        ratings: [
            (
                "OK",
                "Six of nine people had a rota with names. Changes on the day still come without a call.",
            ),
            (
                "GOOD",
                "We sat in on four calls, and nobody hurried. Two people cooked themselves while somebody talked with them.",
            ),
            (
                "GOOD",
                "Eight of nine people could tell us one thing that changed since spring.",
            ),
        ],
        for_provider: "The rotas work. What is missing is a call when somebody is ill.",
        for_public: "People know who comes, most of the time, and could tell us what has changed since our last visit.",
        comment: None,
    },
];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = training();
    steps.extend(LOOKED.iter().flat_map(Looked::steps));
    steps
}

/// The course that reviewers need, and those who completed it.
fn training() -> Vec<Step> {
    let course = json!({
        "organisationId": format!("@{COUNCIL}"),
        "code": "PEER-REVIEW",
        "title": "Looking at services together",
        "description": marked("How to listen, what to write down and what not, and what to do when somebody is not safe. It counts for two years."),
        "validMonths": 24,
    });
    let mut steps = vec![Step::make(
        72,
        "council-admin",
        "trainingCourseCreate",
        COURSE,
        course,
    )];
    steps.extend([LEAD, OTHER].map(|who| {
        let input = json!({ "courseId": format!("@{COURSE}"), "personId": format!("@person.{who}"), "completedOn": 74 });
        let name = format!("training_record.peer-review.{who}");
        Step::make(74, "council-admin", "trainingRecordCreate", name, input)
    }));
    steps
}

impl Looked {
    fn named(&self, kind: &str, what: &str) -> String {
        let visit = self.name.rsplit('.').next().unwrap_or(self.name);
        format!("{kind}.visit-{visit}.{what}")
    }

    fn when(
        &self,
        after: i64,
        actor: &'static str,
        mutation: &'static str,
        status: &'static str,
        input: Json,
    ) -> Step {
        let waits = Waits::With("status", status);
        Step::act(self.day + after, actor, mutation, self.name, waits, input)
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = self.prepared();
        steps.push(self.when(0, LEAD, "monitoringVisitCarryOut", "PLANNED", nothing()));
        // It has the version 2 when it took place, and one more with each rating.
        for ((outcome, version), (level, evidence)) in (1..).zip(2..).zip(self.ratings) {
            let input = json!({
                "id": format!("@{}", self.name),
                "expectedVersion": version,
                "outcomeId": format!("@outcome.what-matters-{outcome}"),
                "level": level,
                "evidence": marked(evidence),
            });
            let name = self.named("visit_rating", &outcome.to_string());
            steps.push(Step::make(self.day + 1, LEAD, "visitRatingSet", name, input));
        }
        let texts =
            json!({ "textForProvider": marked(self.for_provider), "textForPublic": marked(self.for_public) });
        let unwritten = Waits::Without("textForPublic");
        steps.push(Step::act(
            self.day + 4,
            OTHER,
            "monitoringVisitWrite",
            self.name,
            unwritten,
            texts,
        ));
        steps.push(self.when(6, LEAD, "monitoringVisitSendToProvider", "DRAFT", nothing()));
        if let Some(comment) = self.comment {
            let unanswered = Waits::Without("providerComment");
            let comment = json!({ "comment": marked(comment) });
            steps.push(Step::act(
                self.day + 12,
                "provider-admin",
                "monitoringVisitComment",
                self.name,
                unanswered,
                comment,
            ));
            steps.push(self.when(14, LEAD, "monitoringVisitPublish", "PROVIDER_COMMENT", nothing()));
        }
        steps
    }

    /// The council asks two members of the board, who say what ties them to the provider.
    fn prepared(&self) -> Vec<Step> {
        let plan = json!({
            "serviceId": "@service.windrush-home-care",
            "frameworkId": "@outcome_framework.what-matters",
            "requiredCourseId": format!("@{COURSE}"),
            "visitedOn": self.day,
        });
        let mut steps = vec![Step::make(
            self.day - 9,
            "council-admin",
            "monitoringVisitPlan",
            self.name,
            plan,
        )];
        for who in [LEAD, OTHER] {
            let reviewer = json!({ "visitId": format!("@{}", self.name), "personId": format!("@person.{who}"), "lead": who == LEAD });
            let name = self.named("peer_reviewer", who);
            steps.push(Step::make(
                self.day - 9,
                "council-admin",
                "peerReviewerAdd",
                name,
                reviewer,
            ));
            let declared = if who == LEAD {
                json!({ "monitoringVisitId": format!("@{}", self.name), "nature": "NONE" })
            } else {
                json!({
                    "monitoringVisitId": format!("@{}", self.name),
                    "nature": "RECEIVES_SERVICE",
                    "level": "ACTUAL",
                    "detail": marked("They come to me on weekdays."),
                })
            };
            let name = self.named("conflict_declaration", who);
            steps.push(Step::make(self.day - 7, who, "conflictDeclare", name, declared));
        }
        let careful = json!({ "assessment": "MITIGATE", "mitigation": marked("He talks with nobody whose calls are his own, and somebody else rates who comes.") });
        steps.push(Step::act(
            self.day - 5,
            LEAD,
            "conflictAssess",
            self.named("conflict_declaration", OTHER),
            Waits::With("assessment", "PENDING"),
            careful,
        ));
        steps
    }
}
