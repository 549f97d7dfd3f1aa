//! Outcome frameworks, their outcomes and their indicators: who may see and do what (`domain.md` 2.8 and 3).
//!
//! | | administrator or commissioner of the publisher | platform administrator | everybody else |
//! |---|---|---|---|
//! | draft | write | – | – |
//! | live | indicators and their wordings: write; retire | read; retire those without a publisher | read |
//! | retired | read | read | read |
//! | how people are told apart | read | read | read |
//!
//! Frameworks without a publisher come with the server: nobody words them here. What outcomes, descriptors, indicators and their
//! versions say is read by whoever reads their framework.

use entity::outcomes::{
    disaggregation, indicator, indicator_version, outcome, outcome_descriptor, outcome_framework,
};
use entity::parties::kinds::Role;
use entity::parties::organisation;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::policy::{Denied, GrantScope, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

impl Scoped for outcome_framework::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use outcome_framework::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.column(C::Status).ne("DRAFT"))
                .add(rows.among(C::PublisherOrganisationId, ViewerFact::AdministeredOrganisations))
                .add(rows.among(C::PublisherOrganisationId, ViewerFact::CommissionerOrganisations)),
        )
    }
}

impl Scoped for outcome::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, outcome_framework::Entity>(rows, outcome::Column::FrameworkId)
    }
}

impl Scoped for outcome_descriptor::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, outcome::Entity>(rows, outcome_descriptor::Column::OutcomeId)
    }
}

impl Scoped for indicator::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, outcome_framework::Entity>(rows, indicator::Column::FrameworkId)
    }
}

impl Scoped for indicator_version::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, indicator::Entity>(rows, indicator_version::Column::IndicatorId)
    }
}

impl Scoped for disaggregation::Entity {
    fn scope(_: &Rows<Self>) -> Scope {
        Scope::everyone()
    }
}

/// Leave to word a framework, its outcomes and its indicators.
#[derive(Debug)]
pub struct WordFramework;

/// Leave to take a framework out of use.
#[derive(Debug)]
pub struct RetireFramework;

/// Whether the viewer may word the frameworks of an organisation: its administrator, its commissioners.
#[must_use]
pub fn may_word(viewer: &Viewer, publisher: Uuid) -> bool {
    viewer.administers(publisher) || viewer.holds(Role::Commissioner, GrantScope::Organisation(publisher))
}

/// Leave to begin a framework.
///
/// # Errors
/// [`Denied`] unless [`may_word`].
pub fn create_framework(
    viewer: &Viewer,
    publisher: organisation::Model,
) -> Result<Permit<WordFramework, organisation::Model>, Denied> {
    Permit::when(may_word(viewer, publisher.id.0), publisher)
}

/// Leave to word a framework and what belongs to it.
///
/// # Errors
/// [`Denied`] unless [`may_word`]; for frameworks that came with the server.
pub fn word_framework(
    viewer: &Viewer,
    framework: outcome_framework::Model,
) -> Result<Permit<WordFramework, outcome_framework::Model>, Denied> {
    let publisher = framework.publisher_organisation_id;
    Permit::when(publisher.is_some_and(|of| may_word(viewer, of.0)), framework)
}

/// Whether the viewer may take a framework out of use: whoever [`may_word`] it; the platform's administrator, where it has no
/// publisher.
#[must_use]
pub fn may_retire(viewer: &Viewer, publisher: Option<Uuid>) -> bool {
    publisher.map_or_else(|| viewer.is_platform_administrator(), |of| may_word(viewer, of))
}

/// Leave to take a framework out of use.
///
/// # Errors
/// [`Denied`] unless [`may_retire`].
pub fn retire_framework(
    viewer: &Viewer,
    framework: outcome_framework::Model,
) -> Result<Permit<RetireFramework, outcome_framework::Model>, Denied> {
    let publisher = framework.publisher_organisation_id.map(|of| of.0);
    Permit::when(may_retire(viewer, publisher), framework)
}

/// Leave to word a framework reaches its outcomes.
///
/// # Errors
/// [`Denied`] for the outcome of another framework.
pub fn word_outcome(
    of: &Permit<WordFramework, outcome_framework::Model>,
    outcome: outcome::Model,
) -> Result<Permit<WordFramework, outcome::Model>, Denied> {
    Permit::when(outcome.framework_id == of.model().id, outcome)
}

/// Leave to word an outcome reaches its descriptors.
///
/// # Errors
/// [`Denied`] for the descriptor of another outcome.
pub fn word_descriptor(
    of: &Permit<WordFramework, outcome::Model>,
    descriptor: outcome_descriptor::Model,
) -> Result<Permit<WordFramework, outcome_descriptor::Model>, Denied> {
    Permit::when(descriptor.outcome_id == of.model().id, descriptor)
}

/// Leave to word a framework reaches its indicators.
///
/// # Errors
/// [`Denied`] for the indicator of another framework.
pub fn word_indicator(
    of: &Permit<WordFramework, outcome_framework::Model>,
    indicator: indicator::Model,
) -> Result<Permit<WordFramework, indicator::Model>, Denied> {
    Permit::when(indicator.framework_id == of.model().id, indicator)
}

/// Leave to word an indicator reaches its versions.
///
/// # Errors
/// [`Denied`] for the version of another indicator.
pub fn word_version(
    of: &Permit<WordFramework, indicator::Model>,
    version: indicator_version::Model,
) -> Result<Permit<WordFramework, indicator_version::Model>, Denied> {
    Permit::when(version.indicator_id == of.model().id, version)
}
