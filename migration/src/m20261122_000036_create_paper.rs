//! The documents of agenda items, each a link or a short text, in a stated format.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `paper`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("paper")
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .required("agenda_item_id", ColumnDef::uuid)
            .foreign_key(
                &["agenda_item_id", "meeting_id"],
                "agenda_item",
                &["id", "meeting_id"],
            )
            .optional_reference("original_id", "paper")
            .text("title")
            .one_of(
                "format",
                &[
                    "STANDARD",
                    "PLAIN_ENGLISH",
                    "EASY_READ",
                    "LARGE_PRINT",
                    "BRAILLE",
                    "AUDIO",
                    "BSL_VIDEO",
                    "CAPTIONED_VIDEO",
                    "WELSH",
                    "TRANSLATED",
                    "SCREEN_READER_DOCUMENT",
                    "PHOTO_SYMBOLS",
                    "MAKATON",
                ],
            )
            .text("media_type")
            .optional_text("url")
            .optional_text("body")
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .check("a_link_or_a_text", "(url IS NULL) <> (body IS NULL)")
            .check(
                "another_format_of_another_paper",
                "original_id IS NULL OR original_id <> id",
            )
            .versioned()
            .index(&["meeting_id", "board_id"])
            .index(&["agenda_item_id", "meeting_id"])
            .index(&["original_id", "id"])
            .index(&["board_id", "id"])
            .index(&["title", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "paper").await
    }
}
