//! A code by which an organisation is known in another register. At most one organisation holds a code at a
//! time; codes change, hence the dates (`domain.md` 2.1 and 4).

use sea_orm::entity::prelude::*;

use super::kinds::IdentifierScheme;
use crate::id::{OrganisationId, OrganisationIdentifierId, UserId};

/// One row of `organisation_identifier`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_identifier")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationIdentifierId,
    /// The organisation the code stands for.
    pub organisation_id: OrganisationId,
    /// The register that issued it.
    pub scheme: IdentifierScheme,
    /// The code in its normal form: capitals, no spaces.
    pub value: String,
    /// The first day it held.
    pub valid_from: Option<Date>,
    /// The last day it held; absent while it still holds.
    pub valid_to: Option<Date>,
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
}

impl ActiveModelBehavior for ActiveModel {}
