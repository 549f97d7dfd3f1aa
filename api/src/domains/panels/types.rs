//! How training, vacancies and interview panels look to clients.

mod panels;
mod scores;
mod training;
mod vacancies;

use entity::panels::{
    application, equality_tally, interview_panel, moderated_score, panel_decision, panel_question, panellist,
    score, training_course, training_record, vacancy,
};

use crate::planner::Catalogue;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<training_course::Entity>()
        .with::<training_record::Entity>()
        .with::<vacancy::Entity>()
        .with::<application::Entity>()
        .with::<equality_tally::Entity>()
        .with::<interview_panel::Entity>()
        .with::<panellist::Entity>()
        .with::<panel_question::Entity>()
        .with::<score::Entity>()
        .with::<moderated_score::Entity>()
        .with::<panel_decision::Entity>()
        .root_one::<panel_decision::Entity>(
            "panelDecision",
            "What a panel decided about a candidate, by its id.",
        )
        .roots::<interview_panel::Entity>(
            "interviewPanel",
            "An interview panel by its id.",
            "interviewPanels",
            "The interview panels that you may read: those that you have a part in, and those of your organisation.",
        )
        .roots::<panellist::Entity>(
            "panellist",
            "Somebody on an interview panel by the id of their place there.",
            "panellists",
            "Who sits on the interview panels that you may read.",
        )
        .roots::<vacancy::Entity>(
            "vacancy",
            "A vacancy by its id.",
            "vacancies",
            "The vacancies that were announced, and the drafts of your organisation.",
        )
        .roots::<application::Entity>(
            "application",
            "An application by its id.",
            "applications",
            "The applications that you may read: yours, and those for vacancies that you recruit for.",
        )
        .roots::<training_course::Entity>(
            "trainingCourse",
            "A course by its id.",
            "trainingCourses",
            "The courses that organisations give.",
        )
        .roots::<training_record::Entity>(
            "trainingRecord",
            "A completed course by its id.",
            "trainingRecords",
            "The completed courses that you may read: yours, and those of the courses that your organisation gives.",
        )
}
