//! The people who interview the candidates of a vacancy, score and decide (`domain.md` 2.3). What was decided is not
//! changed: the next round is another panel.

use sea_orm::entity::prelude::*;

use super::kinds::PanelStatus;
use crate::id::{InterviewPanelId, TrainingCourseId, UserId, VacancyId};

/// One row of `interview_panel`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interview_panel")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InterviewPanelId,
    /// The vacancy.
    pub vacancy_id: VacancyId,
    /// Which round it is, from 1.
    pub round: i32,
    /// How far scores for one answer may lie apart before the panel must agree on one.
    pub moderation_threshold: i32,
    /// The course that each panellist needs.
    pub required_course_id: Option<TrainingCourseId>,
    /// How far it has got.
    pub status: PanelStatus,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `vacancy_id` refers to.
    #[sea_orm(belongs_to, from = "vacancy_id", to = "id")]
    pub vacancy: BelongsTo<super::vacancy::Entity>,
    /// The row that `required_course_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "RequiredCourse",
        from = "required_course_id",
        to = "id"
    )]
    pub required_course: BelongsTo<Option<super::training_course::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
