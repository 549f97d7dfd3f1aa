//! The people the platform knows. An anonymised person keeps no contact details.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `person`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("person")
            .text("display_name")
            .optional_text("legal_name")
            .optional_text("email")
            .optional_text("phone")
            .one_of(
                "preferred_format",
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
            .one_of(
                "preferred_channel",
                &[
                    "EMAIL",
                    "TELEPHONE",
                    "TEXT_MESSAGE",
                    "TEXT_RELAY",
                    "VIDEO_RELAY",
                    "POST",
                    "IN_PERSON",
                    "THROUGH_SUPPORTER",
                ],
            )
            .text("language")
            .optional("anonymised_at", ColumnDef::timestamp_with_time_zone)
            .check(
                "anonymised_keeps_no_details",
                "anonymised_at IS NULL OR (legal_name IS NULL AND email IS NULL AND phone IS NULL)",
            )
            .versioned()
            .index(&["display_name", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "person").await
    }
}
