//! What somebody told an organisation about it or one of its services (`domain.md` 2.5): the facts, without the words and
//! without who said them. Those stand in [`feedback_account`](super::feedback_account).

use sea_orm::entity::prelude::*;

use super::kinds::{FeedbackSource, FeedbackStatus};
use crate::id::{BoardId, FeedbackId, OrganisationId, ServiceId, UserId};

/// One row of `feedback`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackId,
    /// The organisation that deals with it.
    pub organisation_id: OrganisationId,
    /// The service it is about.
    pub service_id: Option<ServiceId>,
    /// The board it was shared with.
    pub board_id: Option<BoardId>,
    /// What sort of feedback it is.
    pub source: FeedbackSource,
    /// How far the organisation has got with it.
    pub status: FeedbackStatus,
    /// When it came in.
    pub received_at: DateTimeUtc,
    /// When it is to be acknowledged at the latest.
    pub acknowledge_by: DateTimeUtc,
    /// When it was acknowledged.
    pub acknowledged_at: Option<DateTimeUtc>,
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
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `service_id` refers to.
    #[sea_orm(belongs_to, from = "service_id", to = "id")]
    pub service: BelongsTo<Option<crate::parties::service::Entity>>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<Option<crate::boards::board::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
