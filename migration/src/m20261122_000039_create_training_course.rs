//! Courses that organisations give.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `training_course`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("training_course")
            .reference("organisation_id", "organisation")
            .text("code")
            .text("title")
            .optional_text("description")
            .optional("valid_months", ColumnDef::integer)
            .optional("closed_at", ColumnDef::timestamp_with_time_zone)
            .check("valid_months_range", "valid_months BETWEEN 1 AND 600")
            .versioned()
            .unique(&["organisation_id", "code"])
            .index(&["title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "training_course").await
    }
}
