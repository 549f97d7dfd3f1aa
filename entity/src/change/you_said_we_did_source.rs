//! What a "you said, we did" goes back to: a piece of feedback, a decision of a board, something done for a board, a review of a resource. The
//! column of its
//! kind is filled, and no other.

use sea_orm::entity::prelude::*;

use super::kinds::YouSaidWeDidSourceKind;
use crate::id::{
    ActionId, BoardDecisionId, FeedbackId, FeedbackStoryId, ResourceReviewId, UserId, YouSaidWeDidId,
    YouSaidWeDidSourceId,
};

/// One row of `you_said_we_did_source`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "you_said_we_did_source")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: YouSaidWeDidSourceId,
    /// What goes back to it.
    pub you_said_we_did_id: YouSaidWeDidId,
    /// What sort of source it is.
    pub kind: YouSaidWeDidSourceKind,
    /// The feedback, for the kind `FEEDBACK`.
    pub feedback_id: Option<FeedbackId>,
    /// The story of that feedback that is shown with it.
    pub story_id: Option<FeedbackStoryId>,
    /// The decision, for the kind `BOARD_DECISION`.
    pub board_decision_id: Option<BoardDecisionId>,
    /// The action, for the kind `ACTION`.
    pub board_action_id: Option<ActionId>,
    /// The review of a resource, for the kind `RESOURCE_REVIEW`.
    pub resource_review_id: Option<ResourceReviewId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `you_said_we_did_id` refers to.
    #[sea_orm(belongs_to, from = "you_said_we_did_id", to = "id")]
    pub you_said_we_did: BelongsTo<super::you_said_we_did::Entity>,
    /// The row that `feedback_id` refers to.
    #[sea_orm(belongs_to, from = "feedback_id", to = "id")]
    pub feedback: BelongsTo<Option<super::feedback::Entity>>,
    /// The row that `story_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Story", from = "story_id", to = "id")]
    pub story: BelongsTo<Option<super::feedback_story::Entity>>,
    /// The row that `board_decision_id` refers to.
    #[sea_orm(belongs_to, from = "board_decision_id", to = "id")]
    pub board_decision: BelongsTo<Option<crate::meetings::board_decision::Entity>>,
    /// The row that `board_action_id` refers to.
    #[sea_orm(belongs_to, from = "board_action_id", to = "id")]
    pub board_action: BelongsTo<Option<crate::meetings::board_action::Entity>>,
    /// The row that `resource_review_id` refers to.
    #[sea_orm(belongs_to, from = "resource_review_id", to = "id")]
    pub resource_review: BelongsTo<Option<crate::resources::resource_review::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
