//! Something a meeting deals with, or that a member would like it to deal with (`domain.md` 2.2).

use sea_orm::entity::prelude::*;

use super::kinds::{AgendaItemKind, AgendaItemStatus};
use crate::id::{AgendaItemId, BoardId, MeetingId, PersonId, UserId};

/// One row of `agenda_item`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_item")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgendaItemId,
    /// The board of the meeting.
    pub board_id: BoardId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Its place on the agenda, from 1.
    pub ordinal: i32,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// What it is on the agenda for.
    pub kind: AgendaItemKind,
    /// Whether nobody outside the board may know of it.
    pub confidential: bool,
    /// How far it has got.
    pub status: AgendaItemStatus,
    /// The person who put it forward; absent when a computer system did.
    pub proposed_by_person_id: Option<PersonId>,
    /// Why the chair said no.
    pub decline_reason: Option<String>,
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
    /// The row that `proposed_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ProposedByPerson",
        from = "proposed_by_person_id",
        to = "id"
    )]
    pub proposed_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
