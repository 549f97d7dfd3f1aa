//! How frameworks, indicators and figures look to clients.

mod frameworks;
mod imports;
mod indicators;
mod observations;

use entity::outcomes::{
    disaggregation, import_batch, import_error, indicator, indicator_target, indicator_version, observation,
    outcome, outcome_descriptor, outcome_framework,
};

pub(in crate::domains) use self::observations::{about, sifted};
use crate::planner::Catalogue;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    let catalogue = catalogue
        .with::<outcome_framework::Entity>()
        .with::<outcome::Entity>()
        .with::<outcome_descriptor::Entity>()
        .with::<indicator::Entity>()
        .with::<indicator_version::Entity>()
        .with::<disaggregation::Entity>()
        .with::<observation::Entity>()
        .with::<indicator_target::Entity>()
        .with::<import_batch::Entity>()
        .with::<import_error::Entity>();
    let catalogue = words(catalogue);
    figures(catalogue)
}

fn words(catalogue: Catalogue) -> Catalogue {
    catalogue
        .roots::<outcome_framework::Entity>(
            "outcomeFramework",
            "A version of an outcome framework by its id.",
            "outcomeFrameworks",
            "The outcome frameworks that are or were in use, and the drafts of your organisation.",
        )
        .root_one::<outcome::Entity>("outcome", "An outcome by its id.")
        .root_one::<outcome_descriptor::Entity>(
            "outcomeDescriptor",
            "What good, ok or not good looks like, by its id.",
        )
        .roots::<indicator::Entity>(
            "indicator",
            "An indicator by its id.",
            "indicators",
            "The indicators of the frameworks that you may read.",
        )
        .root_one::<indicator_version::Entity>("indicatorVersion", "A version of an indicator by its id.")
        .roots::<disaggregation::Entity>(
            "disaggregation",
            "A way to tell people apart, by its id.",
            "disaggregations",
            "By what people can be told apart in figures.",
        )
}

fn figures(catalogue: Catalogue) -> Catalogue {
    catalogue
        .roots::<observation::Entity>(
            "observation",
            "A revision of a figure by its id.",
            "observations",
            "The figures about what is yours: your organisation, the area it answers for, its services and sites, and those it \
             pays for. Each in its current revision, unless you ask for all.",
        )
        .roots::<indicator_target::Entity>(
            "indicatorTarget",
            "A target or a baseline by its id.",
            "indicatorTargets",
            "The targets and baselines of what is yours.",
        )
        .roots::<import_batch::Entity>(
            "importBatch",
            "Figures that came in together, by their id.",
            "importBatches",
            "The imports of your organisation.",
        )
        .root_one::<import_error::Entity>("importError", "What was wrong with a row of an import, by its id.")
}
