//! How an access need of somebody who attends a meeting is met (`domain.md` 2.1). The person says whether it was.

use sea_orm::entity::prelude::*;

use crate::id::{AccessNeedId, AccessNeedMetId, BoardId, MeetingId, PersonId, UserId};
use crate::private::Private;

/// One row of `access_need_met`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_need_met")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessNeedMetId,
    /// The board of the meeting.
    pub board_id: BoardId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The need.
    pub access_need_id: AccessNeedId,
    /// Whose it is.
    pub person_id: PersonId,
    /// What was arranged.
    pub arrangement: Private<String>,
    /// When the person confirmed that it meets their need.
    pub confirmed_at: Option<DateTimeUtc>,
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
    /// The row that `access_need_id` refers to.
    #[sea_orm(belongs_to, from = "access_need_id", to = "id")]
    pub access_need: BelongsTo<crate::parties::access_need::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
