//! That somebody completed a course (`domain.md` 2.9). It counts until it expires.

use sea_orm::entity::prelude::*;

use crate::id::{PersonId, TrainingCourseId, TrainingRecordId, UserId};

/// One row of `training_record`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_record")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TrainingRecordId,
    /// The person.
    pub person_id: PersonId,
    /// The course.
    pub course_id: TrainingCourseId,
    /// The day of completion.
    pub completed_on: Date,
    /// The last day on which it counts; absent when it counts for good.
    pub expires_on: Option<Date>,
    /// Whether the person has become a champion, who passes on what they learned.
    pub champion: bool,
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
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `course_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Course", from = "course_id", to = "id")]
    pub course: BelongsTo<super::training_course::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
