//! What an organisation did about a piece of feedback, step by step: who, when, and what they noted (`domain.md` 2.5).
//!
//! Rows are only ever added: there is no `version` and no `updated_at`.

use sea_orm::entity::prelude::*;

use super::kinds::FeedbackStatus;
use crate::id::{FeedbackId, FeedbackStepId, UserId};
use crate::private::Private;

/// One row of `feedback_step`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_step")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackStepId,
    /// The feedback.
    pub feedback_id: FeedbackId,
    /// The status before; absent at the first step.
    pub from_status: Option<FeedbackStatus>,
    /// The status after.
    pub to_status: FeedbackStatus,
    /// When.
    pub at: DateTimeUtc,
    /// What was noted with it: for the person, and for those who deal with it.
    pub note: Option<Private<String>>,
    /// The user who took the step; absent when a system did, and for the first step of anonymous feedback.
    pub by_user_id: Option<UserId>,
    /// The row that `feedback_id` refers to.
    #[sea_orm(belongs_to, from = "feedback_id", to = "id")]
    pub feedback: BelongsTo<super::feedback::Entity>,
    /// The row that `by_user_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "ByUser", from = "by_user_id", to = "id")]
    pub by_user: BelongsTo<Option<crate::parties::user_account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
