//! What an indicator is to reach, or what it is compared with (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::{SubjectType, TargetKind};
use crate::decimal::Decimal;
use crate::id::{
    DisaggregationId, GeographyId, IndicatorId, IndicatorTargetId, OrganisationId, ServiceId, SiteId, UserId,
};

/// One row of `indicator_target`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_target")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorTargetId,
    /// The indicator.
    pub indicator_id: IndicatorId,
    /// Whether it is to be reached, or is where things began.
    pub kind: TargetKind,
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
    /// The value.
    pub value: Decimal,
    /// Who agreed it, and why this much.
    pub note: Option<String>,
    /// The day on which it was agreed.
    pub agreed_on: Date,
    /// The organisation that set it.
    pub set_by_organisation_id: OrganisationId,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
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
    /// The row that `set_by_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "SetByOrganisation",
        from = "set_by_organisation_id",
        to = "id"
    )]
    pub set_by_organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
