//! One figure of an indicator: about whom, for which period, of whom among them (`domain.md` 2.8).
//!
//! A figure is never written over. A correction is another row with the next revision; the row before keeps its figures and is no
//! longer the current one.

use sea_orm::entity::prelude::*;

use super::kinds::{ObservationMarker, ObservationQuality, SubjectType};
use crate::decimal::Decimal;
use crate::id::{
    DisaggregationId, GeographyId, ImportBatchId, IndicatorId, IndicatorVersionId, ObservationId,
    OrganisationId, ServiceId, SiteId, UserId,
};

/// One row of `observation`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "observation")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ObservationId,
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
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// How many were asked, for surveys.
    pub base: Option<Decimal>,
    /// The figure; absent just when the marker is `C`, `X` or `Z`.
    pub value: Option<Decimal>,
    /// The margin of error: the true value is within so much of the figure, either way, in 95 of 100 such surveys.
    pub margin: Option<Decimal>,
    /// Why it is absent, or what has to be minded about it.
    pub marker: Option<ObservationMarker>,
    /// What it is worth.
    pub quality: ObservationQuality,
    /// Which revision of the figure this is, from 1.
    pub revision: i32,
    /// Whether no later revision has taken its place.
    pub is_current: bool,
    /// Why the revision before was corrected; absent for the first.
    pub correction_reason: Option<String>,
    /// The organisation that recorded it and answers for it; absent for what the server loaded.
    pub recorded_by_organisation_id: Option<OrganisationId>,
    /// When a second person marked it as final.
    pub finalised_at: Option<DateTimeUtc>,
    /// The user who did. No foreign key, as for `created_by`.
    pub finalised_by: Option<UserId>,
    /// The import with which it came.
    pub import_batch_id: Option<ImportBatchId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `indicator_version_id` refers to.
    #[sea_orm(belongs_to, from = "indicator_version_id", to = "id")]
    pub indicator_version: BelongsTo<super::indicator_version::Entity>,
    /// The row that `indicator_id` refers to.
    #[sea_orm(belongs_to, from = "indicator_id", to = "id")]
    pub indicator: BelongsTo<super::indicator::Entity>,
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
    pub disaggregation: BelongsTo<super::disaggregation::Entity>,
    /// The row that `recorded_by_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "RecordedByOrganisation",
        from = "recorded_by_organisation_id",
        to = "id"
    )]
    pub recorded_by_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `import_batch_id` refers to.
    #[sea_orm(belongs_to, from = "import_batch_id", to = "id")]
    pub import_batch: BelongsTo<Option<super::import_batch::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
