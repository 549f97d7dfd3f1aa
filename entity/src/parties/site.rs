//! A place where an organisation provides services (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::CqcRating;
use crate::id::{GeographyId, OrganisationId, SiteId, UserId};

/// One row of `site`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SiteId,
    /// The organisation that runs it.
    pub organisation_id: OrganisationId,
    /// The name it is known by.
    pub name: String,
    /// Its unique property reference number.
    pub uprn: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
    /// The local authority it lies in.
    pub local_authority_id: Option<GeographyId>,
    /// How many beds it is registered for.
    pub beds: Option<i32>,
    /// Its latest overall rating by the Care Quality Commission.
    pub cqc_rating: Option<CqcRating>,
    /// The day the rating was published.
    pub rating_on: Option<Date>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<super::organisation::Entity>,
    /// The row that `local_authority_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "LocalAuthority",
        from = "local_authority_id",
        to = "id"
    )]
    pub local_authority: BelongsTo<Option<super::geography::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
