//! A piece of co-production work of a partnership (`domain.md` 2.2).

use sea_orm::entity::prelude::*;

use super::kinds::{LadderRung, Principle, Stage};
use crate::id::{InitiativeId, PartnershipId, UserId};
use crate::list::EnumList;

/// One row of `initiative`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "initiative")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InitiativeId,
    /// The partnership whose work it is.
    pub partnership_id: PartnershipId,
    /// What it is called.
    pub title: String,
    /// What it sets out to do.
    pub summary: Option<String>,
    /// The parts of the work that people with lived experience share in.
    pub stages: EnumList<Stage>,
    /// The rung of the ladder that its owners claim.
    pub rung_claimed: LadderRung,
    /// The rung that an assessment found.
    pub rung_assessed: Option<LadderRung>,
    /// The principles it commits itself to.
    pub principles: EnumList<Principle>,
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
    pub partnership: BelongsTo<crate::partnerships::partnership::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
