//! That an organisation, or one of its services, adopts one version of a resource (`domain.md` 2.6). A later version is another
//! adoption.

use sea_orm::entity::prelude::*;

use super::kinds::AdoptionStatus;
use crate::id::{
    AdoptionId, GeographyId, MediaId, OrganisationId, ResourceId, ResourceVersionId, ServiceId, UserId,
};

/// One row of `adoption`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adoption")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AdoptionId,
    /// The resource of the version.
    pub resource_id: ResourceId,
    /// The version that is adopted, and no other.
    pub resource_version_id: ResourceVersionId,
    /// The organisation that adopts it, or whose service does.
    pub organisation_id: OrganisationId,
    /// The service, where one service adopts it and not the whole organisation.
    pub service_id: Option<ServiceId>,
    /// The area where it is adopted.
    pub geography_id: Option<GeographyId>,
    /// How far it has got.
    pub status: AdoptionStatus,
    /// The day of the pledge.
    pub pledged_on: Date,
    /// The day from which it is worked by.
    pub adopted_on: Option<Date>,
    /// The day by which the adopter looks again at how it goes.
    pub review_due_on: Option<Date>,
    /// The day on which the adopter last did, and went on.
    pub renewed_on: Option<Date>,
    /// What came of it, in words, as it was shown last. Every showing stands in [`adoption_evidence`](super::adoption_evidence).
    pub evidence: Option<String>,
    /// What came of it, as a file: the last that was shown.
    pub evidence_media_id: Option<MediaId>,
    /// When that was last shown.
    pub evidenced_at: Option<DateTimeUtc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `resource_id` refers to.
    #[sea_orm(belongs_to, from = "resource_id", to = "id")]
    pub resource: BelongsTo<super::resource::Entity>,
    /// The row that `resource_version_id` refers to.
    #[sea_orm(belongs_to, from = "resource_version_id", to = "id")]
    pub resource_version: BelongsTo<super::resource_version::Entity>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `service_id` refers to.
    #[sea_orm(belongs_to, from = "service_id", to = "id")]
    pub service: BelongsTo<Option<crate::parties::service::Entity>>,
    /// The row that `evidence_media_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "EvidenceMedia",
        from = "evidence_media_id",
        to = "id"
    )]
    pub evidence_media: BelongsTo<Option<crate::media::media::Entity>>,
    /// The row that `geography_id` refers to.
    #[sea_orm(belongs_to, from = "geography_id", to = "id")]
    pub geography: BelongsTo<Option<crate::parties::geography::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
