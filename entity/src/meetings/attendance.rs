//! Who was asked to a meeting, and who came (`domain.md` 2.2). One row for each person and meeting.

use sea_orm::entity::prelude::*;

use super::kinds::{AttendanceCapacity, AttendanceStatus};
use crate::id::{AttendanceId, BoardId, MeetingId, PersonId, UserId};

/// One row of `attendance`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttendanceId,
    /// The board of the meeting.
    pub board_id: BoardId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The person.
    pub person_id: PersonId,
    /// In what capacity they attend.
    pub capacity: AttendanceCapacity,
    /// Whether they came.
    pub status: AttendanceStatus,
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
    /// The row that `meeting_id` refers to.
    #[sea_orm(belongs_to, from = "meeting_id", to = "id")]
    pub meeting: BelongsTo<super::meeting::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
