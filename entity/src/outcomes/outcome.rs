//! An outcome of a framework: what people want to be true (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::OutcomeVoice;
use crate::id::{OutcomeFrameworkId, OutcomeId, UserId};

/// One row of `outcome`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutcomeId,
    /// The framework it belongs to.
    pub framework_id: OutcomeFrameworkId,
    /// Its code within the framework.
    pub code: String,
    /// What is to be true.
    pub statement: String,
    /// Who speaks in it.
    pub voice: OutcomeVoice,
    /// What it is about, to find it by.
    pub theme: Option<String>,
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
}

impl ActiveModelBehavior for ActiveModel {}
