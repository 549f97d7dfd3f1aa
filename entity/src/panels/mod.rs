//! Training, vacancies, and the interview panels that people with lived experience sit on (`domain.md` 2.3 and 2.9).

pub mod application;
pub mod conflict_declaration;
pub mod equality_tally;
pub mod interview_panel;
pub mod kinds;
pub mod moderated_score;
pub mod panel_decision;
pub mod panel_question;
pub mod panellist;
pub mod score;
pub mod training_course;
pub mod training_record;
pub mod vacancy;
