//! Something that somebody does for a board, by a day (`domain.md` 2.2).

use sea_orm::entity::prelude::*;

use super::kinds::ActionStatus;
use crate::id::{ActionId, AgendaItemId, BoardId, MeetingId, PersonId, UserId};

/// One row of `board_action`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_action")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActionId,
    /// The board.
    pub board_id: BoardId,
    /// The meeting at which it was agreed.
    pub meeting_id: Option<MeetingId>,
    /// The agenda item of that meeting that it follows from.
    pub agenda_item_id: Option<AgendaItemId>,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who does it.
    pub owner_person_id: PersonId,
    /// By which day.
    pub due_on: Date,
    /// How far it has got.
    pub status: ActionStatus,
    /// What stands in its way, why it was dropped, or what came of it.
    pub status_note: Option<String>,
    /// When it was done or dropped.
    pub closed_at: Option<DateTimeUtc>,
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
    pub meeting: BelongsTo<Option<super::meeting::Entity>>,
    /// The row that `agenda_item_id` refers to.
    #[sea_orm(belongs_to, from = "agenda_item_id", to = "id")]
    pub agenda_item: BelongsTo<Option<super::agenda_item::Entity>>,
    /// The row that `owner_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "OwnerPerson",
        from = "owner_person_id",
        to = "id"
    )]
    pub owner_person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
