//! An organisation that hosts an event, or was asked to (`domain.md` 2.6). Nobody becomes a host without having accepted.

use sea_orm::entity::prelude::*;

use super::kinds::EventHostStatus;
use crate::id::{EventHostId, EventId, OrganisationId, UserId};

/// One row of `event_host`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_host")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventHostId,
    /// The event.
    pub event_id: EventId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Whether it is a host.
    pub status: EventHostStatus,
    /// When it was asked.
    pub invited_at: DateTimeUtc,
    /// When it answered last.
    pub answered_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `event_id` refers to.
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
