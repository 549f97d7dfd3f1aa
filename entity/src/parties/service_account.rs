//! An account with which a computer system of an organisation signs in (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, ServiceAccountId, UserId};
use crate::list::TextList;

/// One row of `service_account`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_account")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceAccountId,
    /// The organisation that answers for it.
    pub organisation_id: OrganisationId,
    /// What it is for.
    pub name: String,
    /// The name it signs in with.
    pub client_id: String,
    /// What it may ask for.
    pub scopes: TextList,
    /// When it stops working.
    pub expires_at: DateTimeUtc,
    /// When it was stopped early.
    pub revoked_at: Option<DateTimeUtc>,
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
