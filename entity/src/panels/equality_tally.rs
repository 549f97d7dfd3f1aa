//! How many of those who applied for a vacancy said something about themselves (`domain.md` 2.3).
//!
//! Only numbers are kept, and every row is there before the first application comes: no row belongs to a person, and no order
//! or time of rows tells who answered what.

use sea_orm::entity::prelude::*;

use super::kinds::EqualityAnswer;
use crate::id::{EqualityTallyId, VacancyId};

/// One row of `equality_tally`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "equality_tally")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EqualityTallyId,
    /// The vacancy.
    pub vacancy_id: VacancyId,
    /// The answer.
    pub answer: EqualityAnswer,
    /// How many gave it.
    pub people: i32,
    /// The row that `vacancy_id` refers to.
    #[sea_orm(belongs_to, from = "vacancy_id", to = "id")]
    pub vacancy: BelongsTo<super::vacancy::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
