//! What is measured to see whether an outcome is met (`domain.md` 2.8). Its wording stands in its versions.

use sea_orm::entity::prelude::*;

use super::kinds::{IndicatorPolarity, IndicatorUnit};
use crate::id::{IndicatorId, OutcomeFrameworkId, OutcomeId, UserId};

/// One row of `indicator`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorId,
    /// The framework it belongs to: the outcome's.
    pub framework_id: OutcomeFrameworkId,
    /// The outcome that it shows.
    pub outcome_id: OutcomeId,
    /// Its code within the framework.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What it counts in.
    pub unit: IndicatorUnit,
    /// How many decimal places its values have, 0 to 6.
    pub decimals: i32,
    /// Which way it gets better.
    pub polarity: IndicatorPolarity,
    /// Its place in the framework, from 1.
    pub ordinal: i32,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `framework_id` refers to.
    #[sea_orm(belongs_to, from = "framework_id", to = "id")]
    pub framework: BelongsTo<super::outcome_framework::Entity>,
    /// The row that `outcome_id` refers to.
    #[sea_orm(belongs_to, from = "outcome_id", to = "id")]
    pub outcome: BelongsTo<super::outcome::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
