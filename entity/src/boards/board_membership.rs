//! The path of a person on to, through and off a board (`domain.md` 2.2). One person holds a seat at a
//! time, and a person has at most one path on a board that has not come to its end.

use sea_orm::entity::prelude::*;

use super::kinds::{MembershipEndReason, MembershipStage};
use crate::id::{BoardId, BoardMembershipId, BoardSeatId, OrganisationId, PersonId, UserId};
use crate::private::Private;

/// One row of `board_membership`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_membership")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BoardMembershipId,
    /// The board.
    pub board_id: BoardId,
    /// The person.
    pub person_id: PersonId,
    /// The seat of the same board that the person holds or is meant for.
    pub seat_id: Option<BoardSeatId>,
    /// The organisation that put the person forward.
    pub nominated_by_organisation_id: Option<OrganisationId>,
    /// How far the person has got.
    pub stage: MembershipStage,
    /// The first day of the term.
    pub from_on: Option<Date>,
    /// The last day of the term.
    pub to_on: Option<Date>,
    /// Why the membership ended.
    pub end_reason: Option<MembershipEndReason>,
    /// The day the person watched a meeting as a visitor.
    pub visited_on: Option<Date>,
    /// Why the person would like to join, in their own words.
    pub motivation: Option<Private<String>>,
    /// Why the person was invited without having visited a meeting.
    pub visit_waiver_reason: Option<String>,
    /// Why the person was offered a seat without the decision of an interview panel.
    pub decision_waiver_reason: Option<String>,
    /// When the person declared their interests, or that there are none.
    pub conflict_declared_at: Option<DateTimeUtc>,
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
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `seat_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Seat", from = "seat_id", to = "id")]
    pub seat: BelongsTo<Option<super::board_seat::Entity>>,
    /// The row that `nominated_by_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "NominatedByOrganisation",
        from = "nominated_by_organisation_id",
        to = "id"
    )]
    pub nominated_by_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
