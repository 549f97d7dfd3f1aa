//! An area: a country, a region, a local authority, or all councils of one type. Codes change when
//! boundaries do, so an area has dates and may have a successor (`domain.md` 2.1 and 4).

use sea_orm::entity::prelude::*;

use super::kinds::GeographyLevel;
use crate::id::{GeographyId, OrganisationId, UserId};

/// One row of `geography`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "geography")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GeographyId,
    /// Its code of the Government Statistical Service.
    pub gss: Option<String>,
    /// The number of the council with adult social services responsibilities.
    pub cassr: Option<String>,
    /// A code of the product for areas that have no official one, such as council types.
    pub local_code: Option<String>,
    /// The name it is known by.
    pub name: String,
    /// The level it sits at.
    pub level: GeographyLevel,
    /// The area it lies in.
    pub parent_id: Option<GeographyId>,
    /// The first day it existed.
    pub valid_from: Option<Date>,
    /// The last day it existed.
    pub valid_to: Option<Date>,
    /// The area that took its place.
    pub successor_id: Option<GeographyId>,
    /// The council that answers for it: whose figures those about the area are.
    pub organisation_id: Option<OrganisationId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `parent_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    /// The row that `successor_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Successor", from = "successor_id", to = "id")]
    pub successor: BelongsTo<Option<Entity>>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<super::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
