//! The story behind a piece of feedback, told so that nobody can be recognised (`domain.md` 2.5). It is written apart from the
//! words of the person, with their consent, and checked by somebody else than its writer. One row for each feedback at most.

use sea_orm::entity::prelude::*;

use crate::id::{FeedbackId, FeedbackStoryId, PersonId, UserId};
use crate::private::Private;

/// One row of `feedback_story`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_story")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackStoryId,
    /// The feedback.
    pub feedback_id: FeedbackId,
    /// The story.
    pub text: Private<String>,
    /// Who wrote it, or changed it last.
    pub written_by_person_id: PersonId,
    /// When that was.
    pub written_at: DateTimeUtc,
    /// Who checked that nobody can be recognised by it; absent until then.
    pub checked_by_person_id: Option<PersonId>,
    /// When that was.
    pub checked_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `feedback_id` refers to.
    #[sea_orm(belongs_to, from = "feedback_id", to = "id")]
    pub feedback: BelongsTo<super::feedback::Entity>,
    /// The row that `written_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "WrittenByPerson",
        from = "written_by_person_id",
        to = "id"
    )]
    pub written_by_person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `checked_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "CheckedByPerson",
        from = "checked_by_person_id",
        to = "id"
    )]
    pub checked_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
