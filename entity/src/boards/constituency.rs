//! A group of people that the holder of a seat speaks for.

use sea_orm::entity::prelude::*;

use crate::id::{ConstituencyId, UserId};

/// One row of `constituency`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "constituency")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConstituencyId,
    /// A short name for use by systems.
    pub code: String,
    /// The name people use.
    pub label: String,
    /// Who belongs to it.
    pub description: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
