//! Interview panels, panellists and questions.

use entity::panels::kinds::{PanelCapacity, PanelStatus};
use entity::panels::{
    conflict_declaration, interview_panel, moderated_score, panel_decision, panel_question, panellist, score,
    training_course, vacancy,
};
use entity::parties::person;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::conflicts::may_declare_conflict;
use crate::policy::areas::panels::{may_change_panellist, may_form_panel, may_lead_panel};
use crate::policy::areas::scores::may_enter_scores;

impl Declared for interview_panel::Entity {
    const NAME: &'static str = "InterviewPanel";
    const PREFIX: &'static str = "interview_panel";

    fn declare() -> ObjectType {
        use interview_panel::Column as C;
        ObjectType::of::<Self>(
            "The people who interview the candidates of a vacancy, score and decide: one round of it. Read by its panellists and \
             who supports them, by the administrator of the organisation that recruits, and by the chair of the board whose \
             seat it is about; by nobody who has applied.",
        )
        .column("round", C::Round, "Which round of the vacancy it is, from 1.")
        .one_of::<PanelStatus>("status", C::Status, "How far it has got.")
        .column(
            "moderationThreshold",
            C::ModerationThreshold,
            "How far the scores for one answer may lie apart before the panel must agree on one.",
        )
        .to_one::<vacancy::Entity>("vacancy", C::VacancyId, "The vacancy.")
        .to_one::<training_course::Entity>(
            "requiredCourse",
            C::RequiredCourseId,
            "The course that every panellist needs.",
        )
        .to_many::<panellist::Entity>("panellists", panellist::Column::PanelId, "Who sits on it, and who stood down.")
        .to_many::<panel_question::Entity>(
            "questions",
            panel_question::Column::PanelId,
            "What every candidate is asked. Fixed once the panel begins to score.",
        )
        .to_many::<conflict_declaration::Entity>(
            "declarations",
            conflict_declaration::Column::PanelId,
            "What panellists declared about their interests, as far as you may read it.",
        )
        .to_many::<score::Entity>(
            "scores",
            score::Column::PanelId,
            "The scores, as far as you may read them: sealed until everybody has handed in theirs.",
        )
        .to_many::<moderated_score::Entity>(
            "moderatedScores",
            moderated_score::Column::PanelId,
            "The scores that the panel agreed on, as far as you may read them.",
        )
        .to_many::<panel_decision::Entity>(
            "decisions",
            panel_decision::Column::PanelId,
            "What it decided, as far as you may read it.",
        )
        .viewer_can(
            "InterviewPanelViewerCan",
            vec![
                Ability::when("form", "Choose its panellists and its questions.", may_form_panel),
                Ability::when("lead", "Lead it on, as its chair.", may_lead_panel),
                Ability::when("declare", "Declare your interests to it.", may_declare_conflict),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<PanelStatus>("status", C::Status, "Only in these states.")
        .filter("vacancy", FilterTest::Is("vacancy_id", vacancy::Entity::PREFIX), "Only for this vacancy.")
    }
}

impl Declared for panellist::Entity {
    const NAME: &'static str = "Panellist";
    const PREFIX: &'static str = "panellist";

    fn declare() -> ObjectType {
        use panellist::Column as C;
        ObjectType::of::<Self>("Somebody on an interview panel. Read by whoever may read the panel.")
            .one_of::<PanelCapacity>("capacity", C::Capacity, "As whom they sit there.")
            .column("chair", C::Chair, "Whether they lead the panel.")
            .column(
                "stoodDownAt",
                C::StoodDownAt,
                "When they stood down; null while they take part.",
            )
            .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel.")
            .to_one::<person::Entity>("person", C::PersonId, "The person.")
            .to_one::<person::Entity>(
                "supporter",
                C::SupporterPersonId,
                "Who supports them, and may enter scores for them.",
            )
            .viewer_can(
                "PanellistViewerCan",
                vec![
                    Ability::when(
                        "update",
                        "Change who leads, who supports whom, and as whom they sit there.",
                        may_change_panellist,
                    ),
                    Ability::new(
                        "score",
                        &[C::PersonId, C::SupporterPersonId],
                        "Hand in their scores: yours, or those of somebody whom you support.",
                        |row, viewer| Ok(may_enter_scores(viewer, row.id(0)?, row.optional_id(1)?).into()),
                    ),
                ],
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("CREATED_AT", C::CreatedAt, "By when they were added.")
            .filter(
                "person",
                FilterTest::Is("person_id", person::Entity::PREFIX),
                "Only this person: the panels they sit on.",
            )
            .filter(
                "panel",
                FilterTest::Is("panel_id", interview_panel::Entity::PREFIX),
                "Only of this panel.",
            )
    }
}

impl Declared for panel_question::Entity {
    const NAME: &'static str = "PanelQuestion";
    const PREFIX: &'static str = "panel_question";

    fn declare() -> ObjectType {
        use panel_question::Column as C;
        ObjectType::of::<Self>(
            "A question that a panel asks every candidate alike. Read by whoever may read the panel.",
        )
        .column("ordinal", C::Ordinal, "Its place in the interview, from 1.")
        .column("text", C::Text, "What is asked.")
        .column("easyRead", C::EasyRead, "The same in Easy Read.")
        .column(
            "weightBp",
            C::WeightBp,
            "Its share of the result, in basis points: 10,000 is all.",
        )
        .column("maxScore", C::MaxScore, "The highest score; the lowest is 0.")
        .column("lookFor", C::LookFor, "What a good answer holds.")
        .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel.")
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("ORDINAL", C::Ordinal, "In the order of the interview.")
    }
}
