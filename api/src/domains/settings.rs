//! What this server's settings say about areas: how much of something there can be, and how long it may last. Mutations find it
//! with their request.

use std::sync::Arc;

use async_graphql::{Context, Result};

use super::change::settings::FeedbackSettings;
use super::gatherings::settings::EventSettings;
use super::imports::settings::ImportSettings;
use super::media::MediaSettings;
use super::meetings::settings::MeetingSettings;
use super::outcomes::settings::OutcomeSettings;
use super::panels::settings::PanelSettings;
use super::reciprocity::rules::ContributionSettings;
use super::resources::search::settings::TextSettings;
use super::resources::settings::ResourceSettings;
use crate::config::Settings;

/// What mutations need of the settings.
#[derive(Clone, Debug, Default)]
pub struct AreaSettings {
    /// How much can be agreed for taking part.
    pub contributions: ContributionSettings,
    /// How large meetings may get.
    pub meetings: MeetingSettings,
    /// How much can be written about vacancies and interview panels.
    pub panels: PanelSettings,
    /// How much can be written about resources.
    pub resources: ResourceSettings,
    /// How much can be uploaded.
    pub media: MediaSettings,
    /// How long organisations have to answer feedback, and how much can be written about it.
    pub feedback: FeedbackSettings,
    /// How large events can be.
    pub events: EventSettings,
    /// How much can be written about outcomes, and how many figures come in at once.
    pub outcomes: OutcomeSettings,
    /// How much of a file of figures is held and written at once, and how many files are imported.
    pub imports: ImportSettings,
    /// How much can be asked of texts.
    pub texts: TextSettings,
}

impl AreaSettings {
    /// What the settings say.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            contributions: settings.contributions.clone(),
            meetings: settings.meetings.clone(),
            panels: settings.panels.clone(),
            resources: settings.resources.clone(),
            media: settings.media.clone(),
            feedback: settings.feedback.clone(),
            events: settings.events.clone(),
            outcomes: settings.outcomes.clone(),
            imports: settings.imports.clone(),
            texts: settings.texts.clone(),
        }
    }
}

/// Those of this request.
///
/// # Errors
/// When the request came without: a fault of ours.
pub(super) fn area_settings(ctx: &Context<'_>) -> Result<Arc<AreaSettings>> {
    ctx.data::<Arc<AreaSettings>>().cloned()
}
