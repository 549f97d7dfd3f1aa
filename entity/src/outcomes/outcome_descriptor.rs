//! What good, ok and not good look like for an outcome (`domain.md` 2.4 and 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::DescriptorLevel;
use crate::id::{EventId, OutcomeDescriptorId, OutcomeId, UserId};

/// One row of `outcome_descriptor`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome_descriptor")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutcomeDescriptorId,
    /// The outcome.
    pub outcome_id: OutcomeId,
    /// How well it is met.
    pub level: DescriptorLevel,
    /// What that looks like.
    pub text: String,
    /// The workshop at which it was agreed.
    pub workshop_event_id: Option<EventId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `outcome_id` refers to.
    #[sea_orm(belongs_to, from = "outcome_id", to = "id")]
    pub outcome: BelongsTo<super::outcome::Entity>,
    /// The row that `workshop_event_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "WorkshopEvent",
        from = "workshop_event_id",
        to = "id"
    )]
    pub workshop_event: BelongsTo<Option<crate::gatherings::event::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
