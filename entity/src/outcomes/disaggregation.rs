//! People told apart by one thing, such as by age (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::DisaggregationDimension;
use crate::id::{DisaggregationId, UserId};

/// One row of `disaggregation`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disaggregation")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DisaggregationId,
    /// By what they are told apart.
    pub dimension: DisaggregationDimension,
    /// Their code within it.
    pub code: String,
    /// What they are called.
    pub label: String,
    /// Their place in lists, from 1.
    pub ordinal: i32,
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
