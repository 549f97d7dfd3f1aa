//! What organisations did about feedback, step by step. Rows are only ever added.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `feedback_step`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// How far an organisation can get with a piece of feedback.
const STATUSES: &[&str] = &[
    "RECEIVED",
    "ACKNOWLEDGED",
    "INVESTIGATING",
    "ACTED",
    "NO_ACTION",
    "CLOSED",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("feedback_step")
            .reference("feedback_id", "feedback")
            .optional_one_of("from_status", STATUSES)
            .one_of("to_status", STATUSES)
            .required("at", ColumnDef::timestamp_with_time_zone)
            .optional_text("note")
            .optional_reference("by_user_id", "user_account")
            .index(&["feedback_id", "at", "id"])
            .index(&["by_user_id", "id"])
            .index(&["at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "feedback_step").await
    }
}
