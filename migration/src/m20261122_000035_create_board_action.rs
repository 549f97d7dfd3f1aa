//! What people do for boards, by when. What is overdue is found by an index over what is not done.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `board_action`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("board_action")
            .reference("board_id", "board")
            .optional("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .optional("agenda_item_id", ColumnDef::uuid)
            .foreign_key(
                &["agenda_item_id", "meeting_id"],
                "agenda_item",
                &["id", "meeting_id"],
            )
            .text("title")
            .optional_text("detail")
            .reference("owner_person_id", "person")
            .required("due_on", ColumnDef::date)
            .one_of("status", &["OPEN", "DONE", "BLOCKED", "DROPPED"])
            .optional_text("status_note")
            .optional("closed_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "an_item_is_of_a_meeting",
                "agenda_item_id IS NULL OR meeting_id IS NOT NULL",
            )
            .check(
                "closed_when_done_or_dropped",
                "(status IN ('DONE', 'DROPPED')) = (closed_at IS NOT NULL)",
            )
            .versioned()
            .index(&["due_on", "id"])
            .index_where(&["due_on", "id"], "status IN ('OPEN', 'BLOCKED')")
            .index(&["board_id", "due_on", "id"])
            .index(&["meeting_id", "board_id"])
            .index(&["meeting_id", "due_on", "id"])
            .index(&["agenda_item_id", "meeting_id"])
            .index(&["owner_person_id", "due_on", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "board_action").await
    }
}
