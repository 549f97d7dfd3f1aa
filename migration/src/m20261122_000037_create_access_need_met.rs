//! What is arranged at meetings for access needs, once for each need and meeting.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `access_need_met`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("access_need_met")
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .reference("access_need_id", "access_need")
            .reference("person_id", "person")
            .text("arrangement")
            .optional("confirmed_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .unique(&["meeting_id", "access_need_id"])
            .index(&["meeting_id", "board_id"])
            .index(&["access_need_id", "id"])
            .index(&["person_id", "id"])
            .index(&["board_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "access_need_met").await
    }
}
