//! A paper for an agenda item (`domain.md` 2.2 and 4): a document in one format, or a version of a resource with all its formats.
//! The same document in another format points to the first. Where it lies is a link; a short one is kept as text.

use sea_orm::entity::prelude::*;

use crate::id::{AgendaItemId, BoardId, MeetingId, PaperId, ResourceVersionId, UserId};
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
    /// The format it is in; `STANDARD` for a version, which brings its own formats.
    pub format: InformationFormat,
    /// The media type of the document, such as `application/pdf` (RFC 6838); absent for a version.
    pub media_type: Option<String>,
    /// Where it lies.
    pub url: Option<String>,
    /// Its text, when it is short.
    pub body: Option<String>,
    /// The version of a resource, in the place of a document.
    pub resource_version_id: Option<ResourceVersionId>,
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
    /// The row that `resource_version_id` refers to.
    #[sea_orm(belongs_to, from = "resource_version_id", to = "id")]
    pub resource_version: BelongsTo<Option<crate::resources::resource_version::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
