//! A code by which a site is known in another register; the rules are those of organisation identifiers.

use sea_orm::entity::prelude::*;

use super::kinds::IdentifierScheme;
use crate::id::{SiteId, SiteIdentifierId, UserId};

/// One row of `site_identifier`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site_identifier")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SiteIdentifierId,
    /// The site the code stands for.
    pub site_id: SiteId,
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
    /// The row that `site_id` refers to.
    #[sea_orm(belongs_to, from = "site_id", to = "id")]
    pub site: BelongsTo<super::site::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
