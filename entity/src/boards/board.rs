//! A board, commission or group on which people decide together (`domain.md` 2.2).

use sea_orm::entity::prelude::*;

use super::kinds::{BoardKind, BoardStatus};
use crate::id::{BoardId, InitiativeId, OrganisationId, PartnershipId, UserId};

/// One row of `board`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BoardId,
    /// The name it is known by.
    pub name: String,
    /// What it is for.
    pub kind: BoardKind,
    /// The piece of work it belongs to.
    pub initiative_id: Option<InitiativeId>,
    /// The partnership it belongs to.
    pub partnership_id: PartnershipId,
    /// The organisation that runs it.
    pub host_organisation_id: OrganisationId,
    /// What it sets out to do.
    pub purpose: Option<String>,
    /// Its terms of reference.
    pub terms_of_reference: Option<String>,
    /// How many voting members must be present for a decision.
    pub quorum: i32,
    /// How many of them must hold a lived-experience or carer seat.
    pub quorum_lived: i32,
    /// The least share of lived-experience and carer seats among the voting seats, in basis points:
    /// 10,000 is all.
    pub min_lived_bp: i32,
    /// How many months a membership lasts.
    pub term_months: Option<i32>,
    /// How many days before a meeting its papers are due in an accessible format.
    pub papers_due_days: i32,
    /// Who can be a member, in plain words.
    pub eligibility_note: Option<String>,
    /// How far it has got.
    pub status: BoardStatus,
    /// From when the public may read it.
    pub published_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `initiative_id` refers to.
    #[sea_orm(belongs_to, from = "initiative_id", to = "id")]
    pub initiative: BelongsTo<Option<super::initiative::Entity>>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<crate::partnerships::partnership::Entity>,
    /// The row that `host_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "HostOrganisation",
        from = "host_organisation_id",
        to = "id"
    )]
    pub host_organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
