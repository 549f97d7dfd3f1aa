//! Scores, the scores that a panel agreed on, and its decisions.

use entity::panels::kinds::PanelOutcome;
use entity::panels::{
    application, interview_panel, moderated_score, panel_decision, panel_question, panellist, score,
};
use entity::parties::person;

use crate::planner::declare::{Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::scores::decision_reason_readers;

impl Declared for score::Entity {
    const NAME: &'static str = "PanelScore";
    const PREFIX: &'static str = "score";

    fn declare() -> ObjectType {
        use score::Column as C;
        ObjectType::of::<Self>(
            "What a panellist gave a candidate for an answer; nobody can alter it. Sealed: read by the panellist and by who \
             supports them; by the other panellists once everybody has handed in theirs; by nobody else, and by nobody who is \
             recused from the candidate. Whoever reads somebody else's is named in the audit.",
        )
        .column("score", C::Score, "The score, from 0 to the highest of the question.")
        .column("evidence", C::Evidence, "What it rests on.")
        .column("submittedAt", C::SubmittedAt, "When it was handed in.")
        .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel.")
        .to_one::<application::Entity>("application", C::ApplicationId, "The candidate's application.")
        .to_one::<panel_question::Entity>("question", C::QuestionId, "The question.")
        .to_one::<panellist::Entity>("panellist", C::PanellistId, "Whose score it is.")
        .to_one::<person::Entity>("person", C::PersonId, "The panellist as a person.")
        .to_one::<person::Entity>(
            "enteredBy",
            C::EnteredByPersonId,
            "Who entered it: the panellist, or who supports them.",
        )
        .order("SUBMITTED_AT", C::SubmittedAt, "By when it was handed in.")
        .filter(
            "application",
            FilterTest::Is("application_id", application::Entity::PREFIX),
            "Only of this candidate.",
        )
        .filter(
            "question",
            FilterTest::Is("question_id", panel_question::Entity::PREFIX),
            "Only for this question.",
        )
    }
}

impl Declared for moderated_score::Entity {
    const NAME: &'static str = "ModeratedScore";
    const PREFIX: &'static str = "moderated_score";

    fn declare() -> ObjectType {
        use moderated_score::Column as C;
        ObjectType::of::<Self>(
            "The score that a panel agreed on for an answer; nobody can alter it. Read by the panellists, except by those who \
             are recused from the candidate.",
        )
        .column("score", C::Score, "The score.")
        .column("rationale", C::Rationale, "Why this one.")
        .column("moderatedAt", C::ModeratedAt, "When it was recorded.")
        .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel.")
        .to_one::<application::Entity>("application", C::ApplicationId, "The candidate's application.")
        .to_one::<panel_question::Entity>("question", C::QuestionId, "The question.")
        .to_one::<person::Entity>("moderatedBy", C::ModeratedByPersonId, "Who recorded it.")
        .order("MODERATED_AT", C::ModeratedAt, "By when it was recorded.")
        .filter(
            "application",
            FilterTest::Is("application_id", application::Entity::PREFIX),
            "Only of this candidate.",
        )
    }
}

impl Declared for panel_decision::Entity {
    const NAME: &'static str = "PanelDecision";
    const PREFIX: &'static str = "panel_decision";

    fn declare() -> ObjectType {
        use panel_decision::Column as C;
        ObjectType::of::<Self>(
            "What a panel decided about a candidate; nobody can alter it. Read by the panellists, except by those who are \
             recused from the candidate; and once the panel has decided about everybody by the candidate and by the \
             administrator of the organisation that recruits.",
        )
        .one_of::<PanelOutcome>("outcome", C::Outcome, "What was decided.")
        .column("feedback", C::Feedback, "What the candidate is told.")
        .column("decidedAt", C::DecidedAt, "When it was recorded.")
        .private(
            "grounds",
            PrivateGroup::new(
                "PanelDecisionGrounds",
                "Why it was decided so. Read by the panellists and by the administrator of the organisation that recruits.",
                decision_reason_readers,
            )
            .column("reason", C::Reason, "Why, in plain words."),
        )
        .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel.")
        .to_one::<application::Entity>("application", C::ApplicationId, "The candidate's application.")
        .to_one::<person::Entity>("decidedBy", C::DecidedByPersonId, "Who recorded it.")
        .order("DECIDED_AT", C::DecidedAt, "By when it was recorded.")
        .filter_one_of::<PanelOutcome>("outcome", C::Outcome, "Only with these outcomes.")
    }
}
