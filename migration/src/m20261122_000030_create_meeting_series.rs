//! Series of meetings, by a recurrence rule.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `meeting_series`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("meeting_series")
            .reference("board_id", "board")
            .text("recurrence_rule")
            .versioned()
            .index(&["board_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "meeting_series").await
    }
}
