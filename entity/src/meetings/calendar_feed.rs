//! A secret address under which a person subscribes to their meetings and events with a calendar program. Only the hash of the secret is
//! kept.

use sea_orm::entity::prelude::*;

use crate::id::{CalendarFeedId, PersonId, UserId};

/// One row of `calendar_feed`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CalendarFeedId,
    /// Whose meetings it shows.
    pub person_id: PersonId,
    /// What the person calls it.
    pub name: String,
    /// The hash of the secret in its address.
    pub secret_hash: String,
    /// When it was stopped.
    pub revoked_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
