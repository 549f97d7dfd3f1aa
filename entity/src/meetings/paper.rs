//! A document for an agenda item, in one format (`domain.md` 2.2 and 4). The same document in another format points to the
//! first. Where it lies is a link; a short one is kept as text.

use sea_orm::entity::prelude::*;

use crate::id::{AgendaItemId, BoardId, MeetingId, PaperId, UserId};
use crate::parties::kinds::InformationFormat;

/// One row of `paper`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaperId,
    /// The board of the meeting.
    pub board_id: BoardId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The agenda item.
    pub agenda_item_id: AgendaItemId,
    /// The paper that this is another format of; absent for the first.
    pub original_id: Option<PaperId>,
    /// What it is called.
    pub title: String,
    /// The format it is in.
    pub format: InformationFormat,
    /// The media type of the document, such as `application/pdf` (RFC 6838).
    pub media_type: String,
    /// Where it lies.
    pub url: Option<String>,
    /// Its text, when it is short.
    pub body: Option<String>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTimeUtc>,
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
    /// The row that `agenda_item_id` refers to.
    #[sea_orm(belongs_to, from = "agenda_item_id", to = "id")]
    pub agenda_item: BelongsTo<super::agenda_item::Entity>,
    /// The row that `original_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Original", from = "original_id", to = "id")]
    pub original: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
