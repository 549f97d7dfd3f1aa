//! A figure as a release gives it. What is withheld is not here either: whoever reads this table finds nothing that was not
//! published.

use sea_orm::entity::prelude::*;

use super::kinds::{FigureChange, PublishedAs};
use crate::decimal::Decimal;
use crate::id::{
    DisaggregationId, GeographyId, IndicatorId, IndicatorVersionId, ObservationId, OrganisationId,
    PublishedFigureId, ReleaseId, ServiceId, SiteId,
};
use crate::outcomes::kinds::SubjectType;

/// One row of `published_figure`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_figure")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublishedFigureId,
    /// The release.
    pub release_id: ReleaseId,
    /// The revision of the figure that it was made of; absent for one that was removed. Only the server looks at it.
    pub observation_id: Option<ObservationId>,
    /// The wording that was measured.
    pub indicator_version_id: IndicatorVersionId,
    /// Its indicator.
    pub indicator_id: IndicatorId,
    /// What it is about.
    pub subject_type: SubjectType,
    /// The id of what it is about: that of the one column of the next four that is filled.
    pub subject_id: Uuid,
    /// The area, for the type `GEOGRAPHY`.
    pub geography_id: Option<GeographyId>,
    /// The organisation, for the type `ORGANISATION`.
    pub organisation_id: Option<OrganisationId>,
    /// The service, for the type `SERVICE`.
    pub service_id: Option<ServiceId>,
    /// The site, for the type `SITE`.
    pub site_id: Option<SiteId>,
    /// The first day of the period.
    pub period_start: Date,
    /// The last day of the period.
    pub period_end: Date,
    /// Whom of the people there it is about.
    pub disaggregation_id: DisaggregationId,
    /// How many of the denominator.
    pub numerator: Option<Decimal>,
    /// How the numerator stands.
    pub numerator_as: PublishedAs,
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// How the denominator stands.
    pub denominator_as: PublishedAs,
    /// The figure.
    pub value: Option<Decimal>,
    /// How the figure stands.
    pub value_as: PublishedAs,
    /// What became of it since the release before.
    pub change: FigureChange,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// The row that `release_id` refers to.
    #[sea_orm(belongs_to, from = "release_id", to = "id")]
    pub release: BelongsTo<super::release::Entity>,
    /// The row that `observation_id` refers to.
    #[sea_orm(belongs_to, from = "observation_id", to = "id")]
    pub observation: BelongsTo<Option<crate::outcomes::observation::Entity>>,
    /// The row that `indicator_version_id` refers to.
    #[sea_orm(belongs_to, from = "indicator_version_id", to = "id")]
    pub indicator_version: BelongsTo<crate::outcomes::indicator_version::Entity>,
    /// The row that `indicator_id` refers to.
    #[sea_orm(belongs_to, from = "indicator_id", to = "id")]
    pub indicator: BelongsTo<crate::outcomes::indicator::Entity>,
    /// The row that `geography_id` refers to.
    #[sea_orm(belongs_to, from = "geography_id", to = "id")]
    pub geography: BelongsTo<Option<crate::parties::geography::Entity>>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `service_id` refers to.
    #[sea_orm(belongs_to, from = "service_id", to = "id")]
    pub service: BelongsTo<Option<crate::parties::service::Entity>>,
    /// The row that `site_id` refers to.
    #[sea_orm(belongs_to, from = "site_id", to = "id")]
    pub site: BelongsTo<Option<crate::parties::site::Entity>>,
    /// The row that `disaggregation_id` refers to.
    #[sea_orm(belongs_to, from = "disaggregation_id", to = "id")]
    pub disaggregation: BelongsTo<crate::outcomes::disaggregation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
