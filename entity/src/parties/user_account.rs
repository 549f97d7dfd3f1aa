//! An account with which a person signs in. Identity comes from an OpenID Connect provider: its issuer and
//! the subject it assigned (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::UserStatus;
use crate::id::{PersonId, UserId};

/// One row of `user_account`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The person; each has at most one account.
    pub person_id: PersonId,
    /// The `iss` of the tokens.
    pub issuer: String,
    /// The `sub` of the tokens.
    pub subject: String,
    /// Whether the user can sign in.
    pub status: UserStatus,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<super::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
