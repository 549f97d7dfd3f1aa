//! An event that organisations host together: a workshop, a showcase, a festival (`domain.md` 2.6). Its hosts stand in
//! [`event_host`](super::event_host).

use sea_orm::entity::prelude::*;

use super::kinds::{EventAudience, EventKind, EventStatus, WhenFull};
use crate::id::{EventId, PartnershipId, UserId};

/// One row of `event`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// What sort of event it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// When it begins.
    pub starts_at: DateTimeUtc,
    /// When it ends.
    pub ends_at: DateTimeUtc,
    /// Where people meet.
    pub venue: Option<String>,
    /// Where people join from afar.
    pub online_url: Option<String>,
    /// Whom it is for.
    pub audience: EventAudience,
    /// The partnership, for the audience `PARTNERSHIP`.
    pub partnership_id: Option<PartnershipId>,
    /// How many can come; absent when there is room for everybody.
    pub capacity: Option<i32>,
    /// What happens to those who come too late for a place.
    pub when_full: WhenFull,
    /// How far it has got.
    pub status: EventStatus,
    /// When it was announced.
    pub published_at: Option<DateTimeUtc>,
    /// Why it does not take place.
    pub cancellation_reason: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<Option<crate::partnerships::partnership::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
