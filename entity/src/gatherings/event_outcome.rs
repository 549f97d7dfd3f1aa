//! What came of an event (`domain.md` 2.6).

use sea_orm::entity::prelude::*;

use crate::id::{EventId, EventOutcomeId, ResourceId, UserId, YouSaidWeDidId};

/// One row of `event_outcome`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_outcome")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventOutcomeId,
    /// The event.
    pub event_id: EventId,
    /// What came of it.
    pub text: String,
    /// What was said there and done about it.
    pub you_said_we_did_id: Option<YouSaidWeDidId>,
    /// The resource that came of it, or was shown there.
    pub resource_id: Option<ResourceId>,
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
    /// The row that `you_said_we_did_id` refers to.
    #[sea_orm(belongs_to, from = "you_said_we_did_id", to = "id")]
    pub you_said_we_did: BelongsTo<Option<crate::change::you_said_we_did::Entity>>,
    /// The row that `resource_id` refers to.
    #[sea_orm(belongs_to, from = "resource_id", to = "id")]
    pub resource: BelongsTo<Option<crate::resources::resource::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
