//! A role given to a user or to a service account, in one scope, for a time (`domain.md` 2.1).
//!
//! Exactly one of `user_id` and `service_account_id` is set, and exactly the one of `organisation_id`,
//! `partnership_id` and `board_id` that `scope_type` names; none for the platform.

use sea_orm::entity::prelude::*;

use super::kinds::{Role, ScopeType};
use crate::id::{BoardId, OrganisationId, PartnershipId, RoleGrantId, ServiceAccountId, UserId};

/// One row of `role_grant`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleGrantId,
    /// The user it was given to.
    pub user_id: Option<UserId>,
    /// The service account it was given to.
    pub service_account_id: Option<ServiceAccountId>,
    /// What the account may do.
    pub role: Role,
    /// Where it applies.
    pub scope_type: ScopeType,
    /// The organisation it applies in.
    pub organisation_id: Option<OrganisationId>,
    /// The partnership it applies in.
    pub partnership_id: Option<PartnershipId>,
    /// The board it applies on.
    pub board_id: Option<BoardId>,
    /// From when it holds.
    pub valid_from: DateTimeUtc,
    /// Until when it holds; absent while open.
    pub valid_to: Option<DateTimeUtc>,
    /// Why it was given or taken back.
    pub reason: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `user_id` refers to.
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<Option<super::user_account::Entity>>,
    /// The row that `service_account_id` refers to.
    #[sea_orm(belongs_to, from = "service_account_id", to = "id")]
    pub service_account: BelongsTo<Option<super::service_account::Entity>>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<super::organisation::Entity>>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<Option<crate::partnerships::partnership::Entity>>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<Option<crate::boards::board::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
