//! One recorded step of a board membership. The members of a board on any past day are rebuilt from these.
//!
//! Rows are only ever added: there is no `version` and no `updated_at`.

use sea_orm::entity::prelude::*;

use super::kinds::MembershipStage;
use crate::id::{BoardId, BoardMembershipChangeId, BoardMembershipId, BoardSeatId, PersonId, UserId};

/// One row of `board_membership_change`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_membership_change")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BoardMembershipChangeId,
    /// The membership.
    pub membership_id: BoardMembershipId,
    /// Its board.
    pub board_id: BoardId,
    /// Its person.
    pub person_id: PersonId,
    /// The seat after the step.
    pub seat_id: Option<BoardSeatId>,
    /// The stage before; absent at the first step.
    pub from_stage: Option<MembershipStage>,
    /// The stage after.
    pub to_stage: MembershipStage,
    /// When it happened.
    pub changed_at: DateTimeUtc,
    /// Why.
    pub reason: Option<String>,
    /// Whether a condition of the step was waived.
    pub waiver: bool,
    /// The user who took the step; absent when the system did.
    pub changed_by_user_id: Option<UserId>,
    /// The row that `membership_id` refers to.
    #[sea_orm(belongs_to, from = "membership_id", to = "id")]
    pub membership: BelongsTo<super::board_membership::Entity>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<super::board::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `seat_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Seat", from = "seat_id", to = "id")]
    pub seat: BelongsTo<Option<super::board_seat::Entity>>,
    /// The row that `changed_by_user_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ChangedByUser",
        from = "changed_by_user_id",
        to = "id"
    )]
    pub changed_by_user: BelongsTo<Option<crate::parties::user_account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
