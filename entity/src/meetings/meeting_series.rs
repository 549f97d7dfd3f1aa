//! A series of meetings of a board, made by a recurrence rule.

use sea_orm::entity::prelude::*;

use crate::id::{BoardId, MeetingSeriesId, UserId};

/// One row of `meeting_series`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_series")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingSeriesId,
    /// The board.
    pub board_id: BoardId,
    /// How meetings follow each other: an RRULE (RFC 5545, 3.3.10), read in the time of the United Kingdom.
    pub recurrence_rule: String,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<crate::boards::board::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
