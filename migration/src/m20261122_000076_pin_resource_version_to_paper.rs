//! A paper is a document, or a version of a resource. SQLite cannot change a rule of a table, so the table is made anew and its rows
//! are taken over.

use sea_orm_migration::prelude::*;

use crate::m20261122_000036_create_paper as before;
use crate::table::{Table, drop_table};

/// Creates `paper` with the version that it pins, and takes that back.
#[derive(DeriveMigrationName)]
pub struct Migration;

const NAME: &str = "paper";
const OLD: &str = "paper_before";

/// One of the three says what there is to read.
const ONE_OF_THREE: &str = "(url IS NOT NULL AND body IS NULL AND resource_version_id IS NULL) \
    OR (url IS NULL AND body IS NOT NULL AND resource_version_id IS NULL) \
    OR (url IS NULL AND body IS NULL AND resource_version_id IS NOT NULL)";

/// The columns that both have.
const COMMON: &str = "id, board_id, meeting_id, agenda_item_id, original_id, title, format, media_type, url, body, \
    withdrawn_at, version, created_at, updated_at, created_by";

/// The indexes that both have, whose names the new table takes over.
const INDEXES: &[&str] = &[
    "ix_paper_meeting_id_board_id",
    "ix_paper_agenda_item_id_meeting_id",
    "ix_paper_original_id_id",
    "ix_paper_board_id_id",
    "ix_paper_title_id",
    "ix_paper_created_at_id",
];

/// The index that only the new one has.
const NEW_INDEX: &str = "ix_paper_resource_version_id_id";

async fn put_aside(manager: &SchemaManager<'_>, indexes: &[&'static str]) -> Result<(), DbErr> {
    for index in indexes {
        let mut drop = Index::drop();
        drop.name(*index).table(NAME);
        manager.drop_index(drop).await?;
    }
    let rename = sea_query::Table::rename().table(NAME, OLD).take();
    manager.rename_table(rename).await
}

/// SQLite empties a table before it drops it, and then papers must not hold each other.
async fn put_away(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let loosen = format!("UPDATE {OLD} SET original_id = NULL");
    manager.get_connection().execute_unprepared(&loosen).await?;
    drop_table(manager, OLD).await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too: what moves rows must not stop half-way.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, INDEXES).await?;
        Table::identified(NAME)
            .reference("board_id", "board")
            .required("meeting_id", ColumnDef::uuid)
            .foreign_key(&["meeting_id", "board_id"], "meeting", &["id", "board_id"])
            .required("agenda_item_id", ColumnDef::uuid)
            .foreign_key(
                &["agenda_item_id", "meeting_id"],
                "agenda_item",
                &["id", "meeting_id"],
            )
            .optional_reference("original_id", NAME)
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
            .optional_text("media_type")
            .optional_text("url")
            .optional_text("body")
            .optional_reference("resource_version_id", "resource_version")
            .optional("withdrawn_at", ColumnDef::timestamp_with_time_zone)
            .check("a_link_a_text_or_a_version", ONE_OF_THREE)
            .check(
                "documents_have_a_media_type",
                "(media_type IS NULL) = (resource_version_id IS NOT NULL) \
                 AND (media_type IS NULL OR length(trim(media_type)) > 0)",
            )
            .check(
                "a_version_brings_its_own_formats",
                "resource_version_id IS NULL OR (format = 'STANDARD' AND original_id IS NULL)",
            )
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
            .index(&["resource_version_id", "id"])
            .create(manager)
            .await?;
        let copy = format!("INSERT INTO {NAME} ({COMMON}) SELECT {COMMON} FROM {OLD}");
        manager.get_connection().execute_unprepared(&copy).await?;
        put_away(manager).await
    }

    /// What is a version of a resource, and other formats of such a paper, have no place in the table as it was.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, &[INDEXES, &[NEW_INDEX]].concat()).await?;
        before::Migration.up(manager).await?;
        let copy = format!(
            "INSERT INTO {NAME} ({COMMON}) SELECT {COMMON} FROM {OLD} WHERE resource_version_id IS NULL \
             AND (original_id IS NULL OR original_id IN (SELECT id FROM {OLD} WHERE resource_version_id IS NULL))"
        );
        manager.get_connection().execute_unprepared(&copy).await?;
        put_away(manager).await
    }
}
