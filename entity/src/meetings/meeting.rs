//! A meeting of a board (`domain.md` 2.2). Its minutes are approved by the next one.

use sea_orm::entity::prelude::*;

use super::kinds::MeetingStatus;
use crate::id::{BoardId, MeetingId, MeetingSeriesId, UserId};

/// One row of `meeting`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingId,
    /// The board.
    pub board_id: BoardId,
    /// The series it belongs to.
    pub series_id: Option<MeetingSeriesId>,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTimeUtc,
    /// When it ends.
    pub ends_at: DateTimeUtc,
    /// When its papers are due in an accessible format.
    pub papers_due_at: DateTimeUtc,
    /// Where people meet.
    pub venue: Option<String>,
    /// Where people join from afar.
    pub online_url: Option<String>,
    /// How far it has got.
    pub status: MeetingStatus,
    /// When it was announced.
    pub published_at: Option<DateTimeUtc>,
    /// Why it does not take place.
    pub cancellation_reason: Option<String>,
    /// What was said and done.
    pub minutes: Option<String>,
    /// When the minutes were approved.
    pub minutes_approved_at: Option<DateTimeUtc>,
    /// The later meeting of the same board that approved the minutes.
    pub minutes_approved_by_meeting_id: Option<MeetingId>,
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
    /// The row that `series_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Series", from = "series_id", to = "id")]
    pub series: BelongsTo<Option<super::meeting_series::Entity>>,
    /// The row that `minutes_approved_by_meeting_id` refers to.
    #[sea_orm(
        self_ref,
        relation_enum = "MinutesApprovedByMeeting",
        from = "minutes_approved_by_meeting_id",
        to = "id"
    )]
    pub minutes_approved_by_meeting: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
