//! A course that an organisation gives, such as the training of interview panellists (`domain.md` 2.9).

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, TrainingCourseId, UserId};

/// One row of `training_course`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_course")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TrainingCourseId,
    /// The organisation that gives it.
    pub organisation_id: OrganisationId,
    /// Its short name, unique within the organisation.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// How many months a completion counts; absent when it counts for good.
    pub valid_months: Option<i32>,
    /// When it was given up; absent while it is given.
    pub closed_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
