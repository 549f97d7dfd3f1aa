//! Outcomes, how they are measured, and the figures (`domain.md` 2.8).
//!
//! A framework has outcomes, an outcome has indicators and says what good, ok and not good look like. An indicator is worded in
//! versions; each figure, an observation, is of one wording, about an area, an organisation, a service or a site, for a period
//! and for some of the people there. Figures as they are recorded are read by those whom they are about, and by nobody else:
//! see [`observations`](crate::policy::areas::observations).
//!
//! - [`types`]: how they look to clients.
//! - [`framework`], [`outcome`], [`indicator`], [`observation`], [`target`]: what clients can do to them.
//! - [`export`]: figures as files.
//! - [`import`]: files of partners, as figures.
//! - [`questions`]: what commissioners ask about figures.
//! - [`rules`]: what must be true.
//! - [`mod@reference`]: what comes with the server.

pub mod export;
pub mod framework;
pub mod import;
pub mod indicator;
pub mod observation;
pub mod outcome;
pub mod questions;
pub mod reference;
pub mod rules;
pub mod settings;
pub mod target;
pub mod types;

use async_graphql::{Context, Result};

use self::settings::OutcomeSettings;
use crate::domains::settings::area_settings;

/// An input, with the limits of this server.
#[derive(Debug)]
pub(in crate::domains) struct Written<I> {
    pub(in crate::domains) input: I,
    pub(in crate::domains) limits: OutcomeSettings,
}

impl<I> Written<I> {
    pub(in crate::domains) fn of(ctx: &Context<'_>, input: I) -> Result<Self> {
        let limits = area_settings(ctx)?.outcomes.clone();
        Ok(Self { input, limits })
    }
}

/// Everything that can be changed in this area.
#[derive(async_graphql::MergedObject, Default)]
pub struct OutcomesMutation(
    framework::mutation::FrameworkMutation,
    outcome::mutation::OutcomeMutation,
    indicator::mutation::IndicatorMutation,
    observation::mutation::ObservationMutation,
    import::mutation::ImportMutation,
    target::mutation::TargetMutation,
);
