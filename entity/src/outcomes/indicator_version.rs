//! How an indicator is worded and worked out for a time. Where a wording is not comparable with the one before, the series breaks
//! (`domain.md` 1, row 6, and 2.8).

use sea_orm::entity::prelude::*;

use crate::id::{IndicatorId, IndicatorVersionId, UserId};

/// One row of `indicator_version`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_version")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorVersionId,
    /// The indicator.
    pub indicator_id: IndicatorId,
    /// Its place among the versions, from 1.
    pub number: i32,
    /// How it is worded and worked out.
    pub definition: String,
    /// The first day it counts for.
    pub valid_from: Date,
    /// The last day it counts for.
    pub valid_to: Option<Date>,
    /// Whether its figures can be compared with those of the version before. False for the first.
    pub comparable_with_previous: bool,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `indicator_id` refers to.
    #[sea_orm(belongs_to, from = "indicator_id", to = "id")]
    pub indicator: BelongsTo<super::indicator::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
