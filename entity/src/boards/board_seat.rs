//! A seat on a board (`domain.md` 2.2).

use sea_orm::entity::prelude::*;

use super::kinds::SeatKind;
use crate::id::{BoardId, BoardSeatId, ConstituencyId, UserId};

/// One row of `board_seat`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_seat")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BoardSeatId,
    /// The board.
    pub board_id: BoardId,
    /// What it is called.
    pub label: String,
    /// In what capacity its holder sits.
    pub kind: SeatKind,
    /// The group of people its holder speaks for.
    pub constituency_id: Option<ConstituencyId>,
    /// Whether its holder votes.
    pub voting: bool,
    /// When it was closed; nobody can take it from then on.
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
    pub board: BelongsTo<super::board::Entity>,
    /// The row that `constituency_id` refers to.
    #[sea_orm(belongs_to, from = "constituency_id", to = "id")]
    pub constituency: BelongsTo<Option<super::constituency::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
