//! What a "you said, we did" goes back to. A story is shown with the feedback that it tells of, and with no other.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `you_said_we_did_source`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That the column of its kind is filled, and no other.
const ONE_SOURCE: &str = "(kind = 'FEEDBACK') = (feedback_id IS NOT NULL) \
    AND (kind = 'BOARD_DECISION') = (board_decision_id IS NOT NULL) \
    AND (kind = 'ACTION') = (board_action_id IS NOT NULL) \
    AND (kind = 'RESOURCE_REVIEW') = (resource_review_id IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("you_said_we_did_source")
            .reference("you_said_we_did_id", "you_said_we_did")
            .one_of(
                "kind",
                &["FEEDBACK", "BOARD_DECISION", "ACTION", "RESOURCE_REVIEW"],
            )
            .optional_reference("feedback_id", "feedback")
            .optional("story_id", ColumnDef::uuid)
            .foreign_key(
                &["story_id", "feedback_id"],
                "feedback_story",
                &["id", "feedback_id"],
            )
            .optional_reference("board_decision_id", "board_decision")
            .optional_reference("board_action_id", "board_action")
            .optional_reference("resource_review_id", "resource_review")
            .check("one_source", ONE_SOURCE)
            .check(
                "story_of_the_feedback",
                "story_id IS NULL OR feedback_id IS NOT NULL",
            )
            .versioned()
            .unique(&["you_said_we_did_id", "feedback_id"])
            .unique(&["you_said_we_did_id", "board_decision_id"])
            .unique(&["you_said_we_did_id", "board_action_id"])
            .unique(&["you_said_we_did_id", "resource_review_id"])
            .index(&["feedback_id", "id"])
            .index(&["story_id", "feedback_id"])
            .index(&["board_decision_id", "id"])
            .index(&["board_action_id", "id"])
            .index(&["resource_review_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "you_said_we_did_source").await
    }
}
