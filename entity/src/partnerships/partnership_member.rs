//! The membership of an organisation in a partnership. An organisation has at most one that it has not left
//! (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::{PartnershipMemberStatus, PartnershipRole};
use crate::id::{OrganisationId, PartnershipId, PartnershipMemberId, UserId};

/// One row of `partnership_member`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_member")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnershipMemberId,
    /// The partnership.
    pub partnership_id: PartnershipId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The part it plays.
    pub role: PartnershipRole,
    /// How far the membership has got.
    pub status: PartnershipMemberStatus,
    /// When it was invited.
    pub invited_at: DateTimeUtc,
    /// The day it accepted.
    pub joined_on: Option<Date>,
    /// The day it left.
    pub left_on: Option<Date>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<super::partnership::Entity>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
