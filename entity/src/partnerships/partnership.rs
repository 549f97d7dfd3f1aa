//! Organisations that work together, without one of them having to be the host for ever. An active
//! partnership has at least two organisations, one of them user-led (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::PartnershipStatus;
use crate::id::{OrganisationId, PartnershipId, UserId};

/// One row of `partnership`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnershipId,
    /// The name it is known by.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// How far it has got.
    pub status: PartnershipStatus,
    /// The first day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Option<Date>,
    /// The organisation that answers for it at present.
    pub lead_organisation_id: OrganisationId,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `lead_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "LeadOrganisation",
        from = "lead_organisation_id",
        to = "id"
    )]
    pub lead_organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
