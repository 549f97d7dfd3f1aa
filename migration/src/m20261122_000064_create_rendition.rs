//! The formats and languages of a version of a resource.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `rendition`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// That a check says who, when and of what, or that there is none.
const CHECKED: &str = "(checked_at IS NULL AND checked_by_organisation_id IS NULL AND checked_by_person_id IS NULL \
        AND checked_content_revision IS NULL) \
    OR (checked_at IS NOT NULL AND checked_by_organisation_id IS NOT NULL AND checked_by_person_id IS NOT NULL \
        AND checked_content_revision IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("rendition")
            .reference("resource_id", "resource")
            .required("resource_version_id", ColumnDef::uuid)
            .foreign_key(
                &["resource_version_id", "resource_id"],
                "resource_version",
                &["id", "resource_id"],
            )
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
            .text("language")
            .optional_reference("media_id", "media")
            .optional_text("body")
            .optional_reference("checked_by_organisation_id", "organisation")
            .optional_reference("checked_by_person_id", "person")
            .optional("checked_at", ColumnDef::timestamp_with_time_zone)
            .optional("checked_content_revision", ColumnDef::integer)
            .check("a_file_or_a_text", "(media_id IS NULL) <> (body IS NULL)")
            .check("a_check_is_whole", CHECKED)
            .versioned()
            .index(&["resource_version_id", "resource_id"])
            .unique(&["resource_version_id", "format", "language"])
            .index(&["resource_version_id", "created_at", "id"])
            .index(&["resource_id", "id"])
            .index(&["media_id", "id"])
            .index(&["checked_by_organisation_id", "id"])
            .index(&["checked_by_person_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "rendition").await
    }
}
