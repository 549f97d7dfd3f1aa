//! Anonymised stories, one for each piece of feedback at most. Nobody checks their own writing.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `feedback_story`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("feedback_story")
            .reference("feedback_id", "feedback")
            .text("text")
            .reference("written_by_person_id", "person")
            .required("written_at", ColumnDef::timestamp_with_time_zone)
            .optional_reference("checked_by_person_id", "person")
            .optional("checked_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "checked_by_another",
                "checked_by_person_id <> written_by_person_id",
            )
            .check(
                "checked_by_somebody",
                "(checked_at IS NULL) = (checked_by_person_id IS NULL)",
            )
            .versioned()
            .unique(&["feedback_id"])
            .unique(&["id", "feedback_id"])
            .index(&["written_by_person_id", "id"])
            .index(&["checked_by_person_id", "id"])
            .index(&["written_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "feedback_story").await
    }
}
