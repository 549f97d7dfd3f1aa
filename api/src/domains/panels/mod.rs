//! Training, vacancies, and the interview panels that people with lived experience sit on (`domain.md` 2.3 and 2.9).
//!
//! - [`types`]: how they look to clients.
//! - [`training`], [`vacancies`], [`panel`], [`panellist`], [`scoring`]: what clients can do to them.
//! - [`rules`]: what must be true.
//!
//! Conflicts of interest are declared to boards as well: see [`conflicts`](super::conflicts).

pub(in crate::domains) mod facts;
pub mod panel;
pub mod panellist;
pub mod rules;
pub mod scoring;
pub mod settings;
pub mod training;
pub mod types;
pub mod vacancies;

/// Everything that can be changed in this area.
#[derive(async_graphql::MergedObject, Default)]
pub struct PanelsMutation(
    training::mutation::TrainingMutation,
    vacancies::mutation::VacancyMutation,
    vacancies::application::mutation::ApplicationMutation,
    panel::mutation::InterviewPanelMutation,
    panellist::mutation::PanellistMutation,
    scoring::mutation::ScoringMutation,
);
