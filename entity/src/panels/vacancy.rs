//! A place that an organisation seeks somebody for (`domain.md` 2.3).

use sea_orm::entity::prelude::*;

use super::kinds::{VacancyKind, VacancyStatus};
use crate::id::{BoardId, BoardSeatId, OrganisationId, UserId, VacancyId};

/// One row of `vacancy`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VacancyId,
    /// The organisation that recruits.
    pub organisation_id: OrganisationId,
    /// What somebody is sought for.
    pub kind: VacancyKind,
    /// What the place is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// The board of the seat.
    pub board_id: Option<BoardId>,
    /// The seat, for a vacancy of the kind `BOARD_SEAT`.
    pub seat_id: Option<BoardSeatId>,
    /// From when applications are taken.
    pub opens_at: DateTimeUtc,
    /// Until when applications are taken.
    pub closes_at: DateTimeUtc,
    /// How far it has got.
    pub status: VacancyStatus,
    /// When it was opened; absent for a draft.
    pub announced_at: Option<DateTimeUtc>,
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
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<Option<crate::boards::board::Entity>>,
    /// The row that `seat_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Seat", from = "seat_id", to = "id")]
    pub seat: BelongsTo<Option<crate::boards::board_seat::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
